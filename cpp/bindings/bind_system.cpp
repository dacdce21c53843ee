#include <pybind11/stl.h>

#include "bindings/bind.hpp"
#include "core/system.hpp"

namespace groundswell::bindings {

void bind_system(py::module_& m) {
    m.def(
        "instruction_sets",
        [] {
            std::vector<std::string> names;
            for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512})
                if (isa <= best_isa()) names.emplace_back(isa_name(isa));
            return names;
        },
        "Instruction sets this processor runs; results are the same under each.");
    m.def(
        "instruction_set", [] { return std::string(isa_name(active_isa())); }, "The instruction set in use.");
    m.def(
        "force_instruction_set", [](const std::string& name) { force_isa(isa_from_name(name)); }, py::arg("name"),
        "Use this instruction set from now on (for tests and benchmarks).");
    m.def("available_memory_bytes", &available_memory_bytes, "Bytes of memory that can still be taken; 0 if unknown.");
}

}  // namespace groundswell::bindings
