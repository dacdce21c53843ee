// Compiled with -mavx2; called only where the processor has it.
#include <immintrin.h>

#include <array>
#include <bit>

#include "core/view_filter.hpp"

namespace groundswell::kernels {

namespace {

__m256i hash8(__m256i viewer, __m256i low, __m256i high) {
    __m256i x = _mm256_mullo_epi32(viewer, _mm256_set1_epi32(static_cast<int>(0x9E3779B1u)));
    x = _mm256_xor_si256(x, low);
    x = _mm256_xor_si256(x, _mm256_srli_epi32(x, 16));
    x = _mm256_mullo_epi32(x, _mm256_set1_epi32(0x7FEB352D));
    x = _mm256_xor_si256(x, high);
    x = _mm256_xor_si256(x, _mm256_srli_epi32(x, 15));
    x = _mm256_mullo_epi32(x, _mm256_set1_epi32(static_cast<int>(0x846CA68Bu)));
    return _mm256_xor_si256(x, _mm256_srli_epi32(x, 16));
}

// The viewer numbers of eight persons.
class ViewerNumbers8 {
public:
    explicit ViewerNumbers8(const ViewerNumbers& viewers)
        : first_persons_(reinterpret_cast<const int*>(viewers.first_persons)) {
        for (std::size_t g = 0; g < kViewerGroups; ++g) {
            last_before_[g] = _mm256_set1_epi32(static_cast<int>(viewers.begin[g]) - 1);
            shift_[g] = _mm256_set1_epi32(static_cast<int>(viewers.shift[g]));
        }
    }

    // Of persons who are all in one of the groups.
    __m256i of_groups(__m256i person) const {
        __m256i shift = shift_[0];
        for (std::size_t g = 1; g < kViewerGroups; ++g)
            shift = _mm256_blendv_epi8(shift, shift_[g], _mm256_cmpgt_epi32(person, last_before_[g]));
        return _mm256_add_epi32(person, shift);
    }
    __m256i of_any(__m256i person) const {
        const __m256i in_groups = _mm256_cmpgt_epi32(person, last_before_[0]);
        const __m256i first = _mm256_xor_si256(in_groups, _mm256_set1_epi32(-1));
        return _mm256_mask_i32gather_epi32(of_groups(person), first_persons_, person, first, 4);
    }

private:
    const int* first_persons_;
    __m256i last_before_[kViewerGroups], shift_[kViewerGroups];
};

// For each mask of eight lanes, the order that moves the lanes in the mask to the front, a byte a lane.
constexpr std::array<std::uint64_t, 256> lane_orders() {
    std::array<std::uint64_t, 256> orders{};
    for (unsigned mask = 0; mask < 256; ++mask) {
        int kept = 0;
        for (unsigned lane = 0; lane < 8; ++lane)
            if ((mask >> lane & 1u) != 0) orders[mask] |= std::uint64_t{lane} << (8 * kept++);
    }
    return orders;
}
constexpr std::array<std::uint64_t, 256> kLaneOrders = lane_orders();

void store_kept(std::uint32_t* to, __m256i values, __m256i order) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm256_permutevar8x32_epi32(values, order));
}

}  // namespace

std::size_t filter_avx2(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                        const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                        std::uint32_t* candidate_hashes) {
    const __m256i low = _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(post_key)));
    const __m256i high = _mm256_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(post_key >> 32)));
    const __m256i sign = _mm256_set1_epi32(static_cast<int>(0x80000000u));  // AVX2 only compares signed numbers
    const auto* table = reinterpret_cast<const int*>(thresholds.data());
    const ViewerNumbers8 numbers(viewers);
    std::size_t count = 0;
    const auto keep = [&](__m256i tie, __m256i viewer) {
        const __m256i hash = hash8(viewer, low, high);
        const __m256i limit = _mm256_i32gather_epi32(table, _mm256_srli_epi32(tie, 24), 4);
        const __m256i below = _mm256_cmpgt_epi32(_mm256_xor_si256(limit, sign), _mm256_xor_si256(hash, sign));
        const auto mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(below)));
        const __m256i order = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(static_cast<long long>(kLaneOrders[mask])));
        store_kept(candidate_ties + count, tie, order);
        store_kept(candidate_hashes + count, hash, order);
        count += static_cast<std::size_t>(std::popcount(mask));
    };
    const auto tie_at = [&](std::size_t i) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(ties + i)); };
    const __m256i person_bits = _mm256_set1_epi32(0xFFFFFF);
    std::size_t i = 0;
    for (; i + 8 <= size && (ties[i] & 0xFFFFFFu) < viewers.begin[0]; i += 8)
        keep(tie_at(i), numbers.of_any(_mm256_and_si256(tie_at(i), person_bits)));
    for (; i + 8 <= size; i += 8) keep(tie_at(i), numbers.of_groups(_mm256_and_si256(tie_at(i), person_bits)));
    return count + filter_scalar(ties + i, size - i, post_key, viewers, thresholds, candidate_ties + count,
                                 candidate_hashes + count);
}

}  // namespace groundswell::kernels
