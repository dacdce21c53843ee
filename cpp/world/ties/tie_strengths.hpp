// What is drawn of a tie: its strength, the same for both directions and every platform, and on which platforms it is.
// Spec: docs/MODEL.md 2, Strength, Ties among persons.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/draws.hpp"
#include "core/keyed_hash.hpp"
#include "model/audience.hpp"
#include "world/build_context.hpp"

namespace groundswell {

constexpr std::uint64_t unordered_pair(std::uint32_t a, std::uint32_t b) {
    return (std::uint64_t{std::min(a, b)} << 32) | std::max(a, b);
}

class TieStrengths {
public:
    TieStrengths(const BuildContext& context, const AudienceParams& params)
        : key_(context.key(Decision::tie_strength)), strong_share_(params.strong_tie_share) {}

    Strength of(std::uint32_t a, std::uint32_t b) const {
        return unit(draw(key_, unordered_pair(a, b))[0]) < strong_share_ ? Strength::strong : Strength::weak;
    }

private:
    StreamKey key_;
    double strong_share_;
};

// The same for the many ties among persons: keyed hashes of the pair in place of draws.
class PersonTieDraws {
public:
    PersonTieDraws(const BuildContext& context, double strong_share)
        : strength_key_(key(context, Decision::tie_strength, 0)), strong_share_(strong_share) {
        for (std::uint32_t p = 0; p < kPlatforms; ++p) platform_keys_[p] = key(context, Decision::platform_ties, p);
    }

    Strength strength(std::uint32_t a, std::uint32_t b) const {
        return uniform(strength_key_, a, b) < strong_share_ ? Strength::strong : Strength::weak;
    }
    bool kept(std::size_t platform, double share, std::uint32_t a, std::uint32_t b) const {
        return uniform(platform_keys_[platform], a, b) < share;
    }

private:
    static std::uint64_t key(const BuildContext& context, Decision decision, std::uint32_t index) {
        const Block words = draw(context.key(decision), ~std::uint64_t{0}, ~0u, index);
        return words[0] | (std::uint64_t{words[1]} << 32);
    }
    static double uniform(std::uint64_t key, std::uint32_t a, std::uint32_t b) {
        return unit(static_cast<std::uint32_t>(view_word(key, std::min(a, b), std::max(a, b)) >> 32));
    }

    std::uint64_t strength_key_;
    std::array<std::uint64_t, kPlatforms> platform_keys_{};
    double strong_share_;
};

}  // namespace groundswell
