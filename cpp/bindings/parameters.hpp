// Params structs from and to nested dicts, by their list of fields. Keys must match exactly, so that no parameter is
// missed or misspelled in silence. Spec: docs/ARCHITECTURE.md, the boundary.
#pragma once

#include <pybind11/pybind11.h>

#include <set>
#include <string>
#include <string_view>

#include "core/errors.hpp"
#include "core/fields.hpp"
#include "engine/design.hpp"

namespace groundswell::bindings {

namespace py = pybind11;

template <class T>
void read_fields(T& target, const py::dict& values, const std::string& address) {
    std::set<std::string> known;
    T::fields(target, [&](std::string_view name, auto& field) {
        const std::string key(name);
        const std::string path = address.empty() ? key : address + "." + key;
        known.insert(key);
        if (!values.contains(key.c_str())) throw InvalidInput(path + ": missing");
        const py::object value = values[key.c_str()];
        if constexpr (HasFields<std::remove_reference_t<decltype(field)>>) {
            if (!py::isinstance<py::dict>(value)) throw InvalidInput(path + ": must be a dict of its fields");
            read_fields(field, py::reinterpret_borrow<py::dict>(value), path);
        } else {
            if (!PyFloat_Check(value.ptr()) && !PyLong_Check(value.ptr()))
                throw InvalidInput(path + ": must be a number");
            field = value.cast<double>();
        }
    });
    for (const auto& item : values) {
        const auto key = py::str(item.first).cast<std::string>();
        if (known.count(key) == 0)
            throw InvalidInput((address.empty() ? key : address + "." + key) + ": no such parameter");
    }
}

template <class T>
py::dict write_fields(const T& source) {
    py::dict values;
    T::fields(source, [&](std::string_view name, const auto& field) {
        if constexpr (HasFields<std::remove_cvref_t<decltype(field)>>)
            values[py::str(std::string(name))] = write_fields(field);
        else
            values[py::str(std::string(name))] = field;
    });
    return values;
}

// Platforms that are on are keys of "platforms" and of "platform_audiences"; a platform in one of them only is refused.
WorldParams world_params(const py::dict& parameters);  // reads "workforce", "audience" and "platform_audiences"
YearParams year_params(const py::dict& parameters);    // reads the other groups

// The platform of this name. Throws InvalidInput, with `address`, for a name that is none.
Platform platform_named(const std::string& name, const std::string& address);
py::dict default_parameters();  // each of the four platforms has LinkedIn's

}  // namespace groundswell::bindings
