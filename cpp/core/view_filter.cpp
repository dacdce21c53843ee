#include "core/view_filter.hpp"

#include "core/keyed_hash.hpp"

namespace groundswell {

namespace kernels {

std::size_t filter_scalar(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                          const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                          std::uint32_t* candidate_hashes) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint32_t hash = view_hash(post_key, viewers.of(ties[i] & 0xFFFFFFu));
        // The tie is written always and kept if it counts, so that there is no branch to mispredict.
        candidate_ties[count] = ties[i];
        candidate_hashes[count] = hash;
        count += hash < thresholds[ties[i] >> 24] ? 1u : 0u;
    }
    return count;
}

}  // namespace kernels

std::size_t filter_views(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                         const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                         std::uint32_t* candidate_hashes, Isa isa) {
#if defined(GROUNDSWELL_X86_KERNELS)
    if (isa == Isa::avx512)
        return kernels::filter_avx512(ties, size, post_key, viewers, thresholds, candidate_ties, candidate_hashes);
    if (isa == Isa::avx2)
        return kernels::filter_avx2(ties, size, post_key, viewers, thresholds, candidate_ties, candidate_hashes);
#else
    static_cast<void>(isa);
#endif
    return kernels::filter_scalar(ties, size, post_key, viewers, thresholds, candidate_ties, candidate_hashes);
}

}  // namespace groundswell
