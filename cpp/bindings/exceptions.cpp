// The one table of C++ errors and their Python classes.
#include "core/errors.hpp"

#include <pybind11/gil_safe_call_once.h>

#include <exception>
#include <utility>

#include "bindings/bind.hpp"

namespace groundswell::bindings {

namespace {

// Raises a C++ error as the class of this name in groundswell.errors, so that it is a GroundswellError and pickles. A
// translator is a plain function: what it needs has to be static, of which there is one for each Error.
template <class Error>
void raise_as(py::module_& m, const char* name) {
    PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> python_class;
    python_class.call_once_and_store_result(
        [&] { return py::object(py::module_::import("groundswell.errors").attr(name)); });
    m.attr(name) = python_class.get_stored();
    py::register_local_exception_translator([](std::exception_ptr raised) {
        try {
            if (raised) std::rethrow_exception(std::move(raised));
        } catch (const Error& error) {
            py::set_error(python_class.get_stored(), error.what());
        }
    });
}

}  // namespace

void bind_exceptions(py::module_& m) {
    raise_as<InvalidInput>(m, "InvalidInput");
    raise_as<Cancelled>(m, "Cancelled");
    raise_as<InternalError>(m, "InternalError");
}

}  // namespace groundswell::bindings
