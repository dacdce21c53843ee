// Compiled with the instructions of its name; called only where the processor has them.
#include "core/view_thresholds.hpp"
#include "core/view_thresholds_loop.hpp"

namespace groundswell::kernels {

void thresholds_avx512(const double* visibility, double g, std::size_t first, std::size_t last, std::uint32_t* out) {
    thresholds_loop(visibility, g, first, last, out);
}

}  // namespace groundswell::kernels
