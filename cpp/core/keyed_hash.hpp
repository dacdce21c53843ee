// The hot path's random numbers: a keyed integer hash over the viewers of one post, and numbers
// that are made of two others (docs/RANDOMNESS.md).
//
// Keys come from Philox (streams.hpp); the hash only spreads one key over many viewers.
#pragma once

#include <cstdint>

namespace groundswell {

// A bijection of 64 bits of which every bit depends on every bit (the finalizer of SplitMix64).
constexpr std::uint64_t mix64(std::uint64_t z) {
    z ^= z >> 30;
    z *= 0xBF58476D1CE4E5B9ull;
    z ^= z >> 27;
    z *= 0x94D049BB133111EBull;
    z ^= z >> 31;
    return z;
}

inline constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ull;  // 2^64 / golden ratio

// One number of two, a bijection of either for a fixed other.
constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) { return mix64(mix64(a + kGolden) ^ b); }

// 32 bits per (post, viewer), a bijection of the viewer for a fixed key. It uses only integer operations that AVX2 has,
// so that every instruction set gives the same bits.
inline std::uint32_t view_hash(std::uint64_t post_key, std::uint32_t viewer) {
    std::uint32_t x = viewer * 0x9E3779B1u;
    x ^= static_cast<std::uint32_t>(post_key);
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= static_cast<std::uint32_t>(post_key >> 32);
    x ^= x >> 15;
    x *= 0x846CA68Bu;
    x ^= x >> 16;
    return x;
}

// Word w of the draws that follow once a view is a candidate; docs/RANDOMNESS.md says which word decides what.
inline std::uint64_t view_word(std::uint64_t post_key, std::uint32_t viewer, std::uint32_t w) {
    return mix64((post_key ^ (std::uint64_t{viewer} * 0xD6E8FEB86659FD93ull)) + (w + 1) * kGolden);
}

}  // namespace groundswell
