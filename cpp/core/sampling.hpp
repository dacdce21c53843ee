// Sampling without replacement: an index from 64 random bits, and the set of the ids that a row has taken.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace groundswell {

// An index in [0, n) from 64 random bits (multiply-shift; each index within a relative 2^-32 of 1/n). n > 0.
inline std::uint32_t index_below(std::uint32_t low, std::uint32_t high, std::uint32_t n) {
    const std::uint64_t carried = (std::uint64_t{low} * n) >> 32;
    return static_cast<std::uint32_t>((std::uint64_t{high} * n + carried) >> 32);
}

// The ids that have been taken, all below 2^32 - 1. Open addressing in a table that is at most half full, which is kept
// from row to row.
class IdSet {
public:
    // Empties the set and makes room for `count` ids.
    void reset(std::size_t count) {
        const std::size_t size = std::bit_ceil(2 * count + 2);
        shift_ = 32 - std::countr_zero(size);
        mask_ = size - 1;
        if (slots_.size() < size) slots_.resize(size);
        std::fill_n(slots_.begin(), size, kEmpty);
    }

    // True if the id was not there.
    bool insert(std::uint32_t id) {
        for (std::size_t at = (id * 0x9E3779B1u) >> shift_;; at = (at + 1) & mask_) {
            if (slots_[at] == id) return false;
            if (slots_[at] == kEmpty) {
                slots_[at] = id;
                return true;
            }
        }
    }

private:
    static constexpr std::uint32_t kEmpty = 0xFFFFFFFFu;
    std::vector<std::uint32_t> slots_;
    std::size_t mask_ = 0;
    int shift_ = 31;
};

}  // namespace groundswell
