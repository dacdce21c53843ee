// Philox4x32-10: the counter-based generator of Salmon, Moraes, Dror and Shaw (SC'11).
// A pure function from a 128-bit counter and a 64-bit key to 128 random bits.
#pragma once

#include <array>
#include <cstdint>

namespace groundswell {

using Block = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

inline Block philox(Block counter, PhiloxKey key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t even = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t odd = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(odd),
                   static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(even)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return counter;
}

}  // namespace groundswell
