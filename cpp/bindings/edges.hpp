// Tables of ties at the boundary with Python. Spec: docs/ARCHITECTURE.md, the boundary.
#pragma once

#include <string>
#include <vector>

#include "bindings/arrays.hpp"
#include "world/world.hpp"

namespace groundswell::bindings {

// Takes u32[ties, 2], or what NumPy converts to it.
inline std::vector<Edge> edges_from(const py::handle& ties, const std::string& name) {
    std::vector<Edge> edges;
    const auto array = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>::ensure(ties);
    if (!array || array.ndim() != 2 || array.shape(1) != 2)
        throw InvalidInput(name + ": must be an array of shape (ties, 2)");
    const auto rows = array.unchecked<2>();
    edges.reserve(static_cast<std::size_t>(rows.shape(0)));
    for (py::ssize_t i = 0; i < rows.shape(0); ++i) edges.push_back({rows(i, 0), rows(i, 1)});
    return edges;
}

}  // namespace groundswell::bindings
