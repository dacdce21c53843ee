// Random numbers, each a function of (seed, world, replicate, decision, entity, step). Spec: docs/RANDOMNESS.md.
#pragma once

#include <cstdint>

#include "core/philox.hpp"

namespace groundswell {

// The closed list of decisions that draw. Numbers are permanent: never reuse one, never renumber.
enum class Decision : std::uint32_t {
    // Worlds: what is generated or imputed before the first day.
    employee_traits = 1,          // copula draws of one employee
    employee_categories = 2,      // department, region, seniority, function of one employee
    coworker_ties = 3,            // picks of coworkers
    audience_ties = 4,            // picks of persons outside the company
    colleague_copies = 5,         // whether and from whom a pick is copied
    tie_strength = 6,             // strong or weak
    person_traits = 7,            // activity, affinity, susceptibility, propensity of one person
    affinity_blocks = 8,          // the part of affinity that a block shares
    page_followers = 9,           // who follows the page
    unprompted_sharers = 10,      // who shares without a program
    active_advocates = 11,        // order in which a random group is filled
    presence = 12,                // on which platforms a person is
    platform_connections = 13,    // connections of an employee on a platform other than LinkedIn
    platform_ties = 14,           // which ties are on a platform other than LinkedIn
    person_degrees = 15,          // ties that a person outside the company wants
    circle_positions = 16,        // who meets whom in circles
    circle_ties = 17,             // pairs tied in a circle
    random_ties = 18,             // pairs of random stubs
    tie_completion = 19,          // ties that a table with gaps lacks
    recognition_responders = 28,  // who responds to recognition
    tenure = 29,                  // years in the company of those whose hire date is missing
    // Replicates: luck.
    post_counts = 20,      // posts of one author on one day
    post_attributes = 21,  // moment, item, wording of one post
    item_attributes = 22,  // kind, link, deal, call to action of one item
    item_appeal = 23,      // appeal of one item
    views = 24,            // key of one post's draws over its viewers
    enrollment = 25,       // thresholds of one employee's enrollment and drop-out
    dormancy = 26,         // thresholds of one spell of activity and of the dormancy after it
    exits = 27,            // threshold of one employee's exit
    amplification = 30,    // whether and when one employee amplifies one post of the page
    negative_posts = 31,   // whether one post of the program is negative
    // Plain spread (cpp/spread), which has neither world nor replicate.
    cascades = 32,  // key of all draws of the cascades of a run
};

inline constexpr std::uint32_t kNoReplicate = 0xFFFFFFFFu;  // world-level draws belong to no replicate

// The key of one decision in one run; entity and step select the draw under it.
struct StreamKey {
    PhiloxKey key;
};

inline StreamKey stream_key(std::uint64_t seed, std::uint32_t world, std::uint32_t replicate, Decision decision) {
    constexpr std::uint32_t kTag = 0x47535754u;  // "GSWT": keeps these counters apart from draws
    const Block mixed = philox({world, replicate, static_cast<std::uint32_t>(decision), kTag},
                               {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return {{mixed[0], mixed[1]}};
}

inline StreamKey world_key(std::uint64_t seed, std::uint32_t world, Decision decision) {
    return stream_key(seed, world, kNoReplicate, decision);
}

inline Block draw(StreamKey stream, std::uint64_t entity, std::uint32_t step = 0, std::uint32_t index = 0) {
    return philox({static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(entity >> 32), step, index},
                  stream.key);
}

// A UniformRandomBitGenerator over one (decision, entity, step), for Boost.Random distributions.
class PhiloxEngine {
public:
    using result_type = std::uint32_t;
    PhiloxEngine(StreamKey stream, std::uint64_t entity, std::uint32_t step = 0)
        : stream_(stream), entity_(entity), step_(step) {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return 0xFFFFFFFFu; }

    result_type operator()() {
        if (position_ == 4) {
            block_ = draw(stream_, entity_, step_, index_++);
            position_ = 0;
        }
        return block_[position_++];
    }

private:
    StreamKey stream_;
    std::uint64_t entity_;
    std::uint32_t step_;
    std::uint32_t index_ = 0;
    std::uint32_t position_ = 4;
    Block block_{};
};

}  // namespace groundswell
