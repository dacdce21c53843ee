// The one table of C++ errors and their Python classes.
#include "core/errors.hpp"

#include "bindings/bind.hpp"

namespace groundswell::bindings {

void bind_exceptions(py::module_& m) {
    py::register_exception<InvalidInput>(m, "InvalidInput", PyExc_ValueError);
    py::register_exception<Cancelled>(m, "Cancelled", PyExc_RuntimeError);
    py::register_exception<InternalError>(m, "InternalError", PyExc_AssertionError);
}

}  // namespace groundswell::bindings
