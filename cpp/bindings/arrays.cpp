#include "bindings/arrays.hpp"

namespace groundswell::bindings {

void require_size(const std::string& name, py::ssize_t got, std::size_t wanted) {
    if (static_cast<std::size_t>(got) != wanted)
        throw InvalidInput(name + ": has " + std::to_string(got) + " entries, needs " + std::to_string(wanted));
}

}  // namespace groundswell::bindings
