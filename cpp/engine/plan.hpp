// What a design and a world fix before luck: tables that the hot path looks up.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/view_filter.hpp"
#include "engine/design.hpp"
#include "model/world.hpp"

namespace groundswell {

// Base rate x constant / P(attended) of each reaction, for employees' posts or for the page's.
struct ReactionBases {
    double engage, click, reshare, mute;
};

// By class of tie: the hash below which a tie of a post of visibility g is a candidate, P = 1 - exp(-visibility g).
Thresholds candidate_thresholds(const std::array<double, kTieClasses>& visibility, double g, bool page);

class Plan {
public:
    Plan(const Design& design, const World& world);

    const Design& design;
    const World& world;
    std::vector<std::uint8_t> advocate;                 // by employee
    std::vector<double> author_persuasion;              // persuasion^gamma, by employee
    std::array<double, kTieClasses> person_visibility;  // lambda x class x strength
    std::array<double, kTieClasses> page_visibility;
    std::array<double, 256> trait;  // value of a level: susceptibility, propensity
    std::array<double, 256> affinity_engage, affinity_click, affinity_reshare, affinity_mute;
    std::array<double, 3> endorsement;  // by strength
    ReactionBases person_bases, page_bases;
    std::uint32_t person_attention, page_attention;  // thresholds
    std::array<double, 106> limit;                   // 1 + n7 / viewer limit
    std::array<double, 256> copy_penalty;            // identical_copy^c
    std::vector<double> repeat_decay;                // by days since the last attended exposure, up to memory_days
    std::array<double, 1441> minute_decay;           // of u over a number of minutes
    double half_life_minutes;
    double first_exposure_odds, favorability_odds;  // phi / (1 - phi)
    double delay_scale, delay_range;                // T and D / (D + T) of the waiting law, T in minutes
    std::array<double, kSegments> baseline;         // awareness without any exposure
};

}  // namespace groundswell
