// Programs and selections from the dicts by which Python describes them. Spec: docs/BOUNDARY.md.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>

#include "engine/program.hpp"

namespace groundswell::bindings {

namespace py = pybind11;

std::optional<Program> program_from(const py::object& program);
std::optional<RunningProgram> running_from(const py::object& running);
Selection selection_from(const py::dict& selection);

}  // namespace groundswell::bindings
