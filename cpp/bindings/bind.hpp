// The functions that make up the module, one bind_<concept> for each binding file.
#pragma once

#include <pybind11/pybind11.h>

namespace groundswell::bindings {

namespace py = pybind11;

void bind_exceptions(py::module_& m);
void bind_exit(py::module_& m);
void bind_system(py::module_& m);
void bind_measures(py::module_& m);
void bind_company(py::module_& m);
void bind_world(py::module_& m);
void bind_ties(py::module_& m);
void bind_program(py::module_& m);
void bind_run(py::module_& m);
void bind_trace(py::module_& m);
void bind_spread(py::module_& m);

}  // namespace groundswell::bindings
