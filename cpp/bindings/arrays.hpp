// NumPy arrays at the boundary with Python: checked copies in, owned arrays or read-only views out.
// Spec: docs/ARCHITECTURE.md, the boundary.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/errors.hpp"

namespace groundswell::bindings {

namespace py = pybind11;

void require_size(const std::string& name, py::ssize_t got, std::size_t wanted);

// A copy of a one-dimensional array of exactly this element type and size.
template <class T>
std::vector<T> vector_from(const py::handle& object, const std::string& name, std::size_t size) {
    if (!py::isinstance<py::array_t<T>>(object))
        throw InvalidInput(name + ": must be an array of " + py::str(py::dtype::of<T>()).cast<std::string>());
    const auto array = py::array_t<T, py::array::c_style | py::array::forcecast>::ensure(object);
    if (array.ndim() != 1) throw InvalidInput(name + ": must have one dimension");
    require_size(name, array.size(), size);
    return std::vector<T>(array.data(), array.data() + array.size());
}

// An array that takes over the vector's memory.
template <class T>
py::array_t<T> array_from(std::vector<T>&& values, std::vector<py::ssize_t> shape = {}) {
    auto owner = std::make_unique<std::vector<T>>(std::move(values));
    const T* data = owner->data();
    if (shape.empty()) shape = {static_cast<py::ssize_t>(owner->size())};
    py::capsule capsule(owner.get(), [](void* memory) { delete static_cast<std::vector<T>*>(memory); });
    static_cast<void>(owner.release());
    return py::array_t<T>(shape, data, capsule);
}

// A read-only view into memory that `owner` keeps alive.
template <class T>
py::array_t<T> view_of(const T* data, std::vector<py::ssize_t> shape, const py::object& owner) {
    py::array_t<T> array(std::move(shape), data, owner);
    array.attr("flags").attr("writeable") = false;
    return array;
}

// One field of a list of records, as an array.
template <class T, class Record, class Get>
py::array_t<T> column(const std::vector<Record>& records, Get get) {
    std::vector<T> values;
    values.reserve(records.size());
    for (const Record& record : records) values.push_back(static_cast<T>(get(record)));
    return array_from(std::move(values));
}

}  // namespace groundswell::bindings
