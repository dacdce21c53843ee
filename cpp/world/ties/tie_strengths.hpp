// What is drawn of a tie: its strength, the same for both directions and every platform, and on which platforms it is.
// Spec: docs/MODEL.md 2, Strength, Ties among persons.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/draws.hpp"
#include "core/keyed_hash.hpp"
#include "model/audience.hpp"
#include "world/build_context.hpp"
#include "world/world.hpp"

namespace groundswell {

// Two persons in either order as one number, the lower person in its high half, so that sorted pairs are sorted by it.
using PersonPair = std::uint64_t;

constexpr PersonPair unordered_pair(std::uint32_t a, std::uint32_t b) {
    return (PersonPair{std::min(a, b)} << 32) | std::max(a, b);
}
constexpr std::uint32_t lower_person(PersonPair pair) { return static_cast<std::uint32_t>(pair >> 32); }
constexpr std::uint32_t higher_person(PersonPair pair) { return static_cast<std::uint32_t>(pair); }

// What keys the draws of a pair.
inline std::uint64_t draw_number(PersonPair pair, const World& world) {
    return pair_draw_number(world.draw_number(lower_person(pair)), world.draw_number(higher_person(pair)));
}

// The pairs of all lists in order, each once.
inline std::vector<PersonPair> sorted_union(const std::vector<std::vector<PersonPair>>& lists) {
    std::vector<PersonPair> pairs;
    for (const auto& list : lists) pairs.insert(pairs.end(), list.begin(), list.end());
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

// Pairs in the order of a draw of each: its first two words, as 64 bits hardly ever are equal.
using RankedPairs = std::vector<std::pair<std::uint64_t, PersonPair>>;
inline std::uint64_t rank_of(const Block& words) { return (std::uint64_t{words[0]} << 32) | words[1]; }

// Strengths of the ties that employees have.
class TieStrengths {
public:
    TieStrengths(const BuildContext& context, const AudienceParams& params, const World& world)
        : world_(world), key_(context.key(Decision::tie_strength)), strong_share_(params.strong_tie_share) {}

    Strength of(std::uint32_t a, std::uint32_t b) const {
        return unit(draw(key_, draw_number(unordered_pair(a, b), world_))[0]) < strong_share_ ? Strength::strong
                                                                                              : Strength::weak;
    }

private:
    const World& world_;
    StreamKey key_;
    double strong_share_;
};

// Strengths and platforms of the ties among persons outside the company. There are hundreds of times as many of these,
// so a keyed hash of the pair takes the place of a Philox draw.
class PersonTieDraws {
public:
    PersonTieDraws(const BuildContext& context, double strong_share)
        : strength_key_(hash_key(context, Decision::tie_strength, 0)), strong_share_(strong_share) {
        for (std::uint32_t p = 0; p < kPlatforms; ++p)
            platform_keys_[p] = hash_key(context, Decision::platform_ties, p);
    }

    // Of two persons by their draw numbers.
    Strength strength(std::uint32_t a, std::uint32_t b) const {
        return uniform(strength_key_, a, b) < strong_share_ ? Strength::strong : Strength::weak;
    }
    bool is_on(std::size_t platform, double share_on_platform, std::uint32_t a, std::uint32_t b) const {
        return uniform(platform_keys_[platform], a, b) < share_on_platform;
    }

private:
    // The entity and step are ones that no employee's tie has, so that the two kinds of draws cannot coincide.
    static std::uint64_t hash_key(const BuildContext& context, Decision decision, std::uint32_t index) {
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
