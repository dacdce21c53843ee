// A keyed permutation of 0 … size - 1, computed point by point, so that nothing need be shuffled in memory.
//
// Its rounds are bijections of the numbers below the next power of two; they are repeated until the result is below
// `size` (cycle walking).
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/streams.hpp"

namespace groundswell {

class KeyedPermutation {
public:
    // `which` tells the permutations of one decision apart. size > 0.
    KeyedPermutation(StreamKey key, std::uint32_t which, std::uint32_t size) : size_(size) {
        const auto bits = static_cast<std::uint32_t>(std::bit_width(size - 1));
        mask_ = static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
        shift_ = (bits + 1) / 2;
        constexpr std::uint32_t kStep = 0xFFFFFFFFu;  // no other draw of the decision has it
        multiply_ = draw(key, which, kStep, 0);
        add_ = draw(key, which, kStep, 1);
        for (std::uint32_t& factor : multiply_) factor |= 1u;  // multiplying by an odd number is a bijection
    }

    std::uint32_t size() const { return size_; }

    std::uint32_t operator()(std::uint32_t i) const {
        do {
            for (std::size_t round = 0; round < 4; ++round) {
                i = (i * multiply_[round] + add_[round]) & mask_;
                i ^= i >> shift_;
            }
        } while (i >= size_);
        return i;
    }

private:
    std::uint32_t size_, mask_ = 0, shift_ = 0;
    Block multiply_{}, add_{};
};

}  // namespace groundswell
