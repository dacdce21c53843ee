#include "core/view_thresholds.hpp"

#include "core/view_thresholds_loop.hpp"

namespace groundswell {

namespace kernels {

void thresholds_scalar(const double* visibility, double g, std::size_t first, std::size_t last, std::uint32_t* out) {
    thresholds_loop(visibility, g, first, last, out);
}

}  // namespace kernels

Thresholds candidate_thresholds(const VisibilityTable& visibility, double g, bool page, Isa isa) {
    Thresholds thresholds{};
    const std::size_t first = page ? kPersonClasses : 0;
    const std::size_t last = page ? kTieClasses : kPersonClasses;
#if defined(GROUNDSWELL_X86_KERNELS)
    if (isa == Isa::avx512) {
        kernels::thresholds_avx512(visibility.data(), g, first, last, thresholds.data());
        return thresholds;
    }
    if (isa == Isa::avx2) {
        kernels::thresholds_avx2(visibility.data(), g, first, last, thresholds.data());
        return thresholds;
    }
#else
    static_cast<void>(isa);
#endif
    kernels::thresholds_scalar(visibility.data(), g, first, last, thresholds.data());
    return thresholds;
}

}  // namespace groundswell
