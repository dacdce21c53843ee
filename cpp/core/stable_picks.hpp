// One of n from a 64-bit key, so that a pick stays what it is, where it can, when n changes. Spec: docs/RANDOMNESS.md,
// Whose draws they are.
#pragma once

#include <bit>
#include <cstdint>

#include "core/keyed_hash.hpp"

namespace groundswell {

// The k-th of a key's uniform numbers.
constexpr std::uint64_t uniform_of(std::uint64_t key, std::uint64_t k) { return mix64(key + k * kGolden); }

// An index in [0, n): of n + 1 it is n with probability 1 / (n + 1), and else what it is of n. n > 0. For ranges that
// grow and shrink at their end. (Lamping and Veach, A fast, minimal memory, consistent hash algorithm, 2014.)
constexpr std::uint32_t jump(std::uint64_t key, std::uint32_t n) {
    std::int64_t last = -1, next = 0;
    while (next < n) {
        last = next;
        key = key * 2862933555777941757ull + 1;
        next =
            static_cast<std::int64_t>(static_cast<double>(last + 1) * (0x1p31 / static_cast<double>((key >> 33) + 1)));
    }
    return static_cast<std::uint32_t>(last);
}

// A number in [begin, end), which is not empty: it stays while it lies between the ends, unless the size passes a power
// of two. For ranges both of whose ends move.
constexpr std::uint32_t within(std::uint64_t key, std::uint32_t begin, std::uint32_t end) {
    const std::uint32_t mask = std::bit_ceil(end - begin) - 1;
    for (std::uint64_t k = 0;; ++k) {
        const std::uint32_t ahead = (static_cast<std::uint32_t>(uniform_of(key, k)) - begin) & mask;
        if (ahead < end - begin) return begin + ahead;
    }
}

}  // namespace groundswell
