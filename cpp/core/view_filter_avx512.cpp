// Compiled with -mavx512f -mavx512bw -mavx512vl; called only where the processor has them.
#include <immintrin.h>

#include <bit>

#include "core/view_filter.hpp"

namespace groundswell::kernels {

namespace {

__m512i hash16(__m512i viewer, __m512i low, __m512i high) {
    __m512i x = _mm512_mullo_epi32(viewer, _mm512_set1_epi32(static_cast<int>(0x9E3779B1u)));
    x = _mm512_xor_si512(x, low);
    x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
    x = _mm512_mullo_epi32(x, _mm512_set1_epi32(0x7FEB352D));
    x = _mm512_xor_si512(x, high);
    x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 15));
    x = _mm512_mullo_epi32(x, _mm512_set1_epi32(static_cast<int>(0x846CA68Bu)));
    return _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
}

// The viewer numbers of sixteen persons.
class ViewerNumbers16 {
public:
    explicit ViewerNumbers16(const ViewerNumbers& viewers) : first_persons_(viewers.first_persons) {
        for (std::size_t g = 0; g < kViewerGroups; ++g) {
            begin_[g] = _mm512_set1_epi32(static_cast<int>(viewers.begin[g]));
            shift_[g] = _mm512_set1_epi32(static_cast<int>(viewers.shift[g]));
        }
    }

    // Of persons who are all in one of the groups.
    __m512i of_groups(__m512i person) const {
        __m512i shift = shift_[0];
        for (std::size_t g = 1; g < kViewerGroups; ++g)
            shift = _mm512_mask_mov_epi32(shift, _mm512_cmpge_epu32_mask(person, begin_[g]), shift_[g]);
        return _mm512_add_epi32(person, shift);
    }
    // Of the valid lanes.
    __m512i of_any(__m512i person, __mmask16 valid) const {
        const __mmask16 first = _mm512_mask_cmplt_epu32_mask(valid, person, begin_[0]);
        return _mm512_mask_i32gather_epi32(of_groups(person), first, person, first_persons_, 4);
    }

private:
    const std::uint32_t* first_persons_;
    __m512i begin_[kViewerGroups], shift_[kViewerGroups];
};

}  // namespace

std::size_t filter_avx512(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                          const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                          std::uint32_t* candidate_hashes) {
    const __m512i low = _mm512_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(post_key)));
    const __m512i high = _mm512_set1_epi32(static_cast<int>(static_cast<std::uint32_t>(post_key >> 32)));
    // The 3 x 32 thresholds live in six registers: a permute over two of them beats a gather from memory.
    __m512i table[6];
    for (std::size_t k = 0; k < 6; ++k) table[k] = _mm512_loadu_si512(thresholds.data() + 16 * k);
    const ViewerNumbers16 numbers(viewers);
    std::size_t count = 0;
    const auto valid_from = [&](std::size_t i) {
        const std::size_t left = size - i;
        return static_cast<__mmask16>(left >= 16 ? 0xFFFFu : (1u << left) - 1u);
    };
    const auto keep = [&](__m512i tie, __m512i viewer, __mmask16 valid) {
        const __m512i hash = hash16(viewer, low, high);
        const __m512i slot = _mm512_srli_epi32(tie, 24);  // the permute looks at the lowest five bits
        __m512i limit = _mm512_permutex2var_epi32(table[0], slot, table[1]);
        const __mmask16 strong = _mm512_test_epi32_mask(tie, _mm512_set1_epi32(1 << 29));
        const __mmask16 page = _mm512_test_epi32_mask(tie, _mm512_set1_epi32(1 << 30));
        limit = _mm512_mask_mov_epi32(limit, strong, _mm512_permutex2var_epi32(table[2], slot, table[3]));
        limit = _mm512_mask_mov_epi32(limit, page, _mm512_permutex2var_epi32(table[4], slot, table[5]));
        const __mmask16 below = _mm512_mask_cmplt_epu32_mask(valid, hash, limit);
        _mm512_storeu_si512(candidate_ties + count, _mm512_maskz_compress_epi32(below, tie));
        _mm512_storeu_si512(candidate_hashes + count, _mm512_maskz_compress_epi32(below, hash));
        count += static_cast<std::size_t>(std::popcount(static_cast<unsigned>(below)));
    };
    const __m512i person_bits = _mm512_set1_epi32(0xFFFFFF);
    std::size_t i = 0;
    for (; i < size && (ties[i] & 0xFFFFFFu) < viewers.begin[0]; i += 16) {
        const __mmask16 valid = valid_from(i);
        const __m512i tie = _mm512_maskz_loadu_epi32(valid, ties + i);
        keep(tie, numbers.of_any(_mm512_and_si512(tie, person_bits), valid), valid);
    }
    for (; i < size; i += 16) {
        const __mmask16 valid = valid_from(i);
        const __m512i tie = _mm512_maskz_loadu_epi32(valid, ties + i);
        keep(tie, numbers.of_groups(_mm512_and_si512(tie, person_bits)), valid);
    }
    return count;
}

}  // namespace groundswell::kernels
