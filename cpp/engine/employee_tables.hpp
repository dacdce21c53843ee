// What a design and a world fix about employees before luck: who is asked to take part, and the constant parts of the
// hazards. All by seat, for its first occupant. Spec: docs/MODEL.md 2b.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/view_filter.hpp"
#include "engine/design.hpp"
#include "world/world.hpp"

namespace groundswell {

struct ExitTables {
    ExitTables(const Design& design, const World& world);

    std::vector<double> tenure;  // years on the first day of the horizon
    double hazard = 0;           // a year, of somebody of satisfaction 1/2 who has been here for long
    // relative_hazard in two parts that do not change with the days, so that a day costs a multiplication a person and
    // no exponential: late_hazard (1 + early_excess 2^(-days / half-life)), late_hazard a day.
    std::vector<double> late_hazard, early_excess;
};

struct ParticipationTables {
    // P of being shown a post of a fully credible author, by platform and class of tie.
    using ShownTables = std::array<std::array<double, kTieClasses>, kPlatforms>;
    ParticipationTables(const Design& design, const World& world, const std::vector<Platform>& on,
                        const ShownTables& shown);

    std::vector<std::uint8_t> advocate;    // posts all year
    std::vector<std::int32_t> invited_on;  // day of the run; -1 never
    // Empty where nobody is invited.
    std::vector<std::uint8_t> responder;    // to recognition
    std::vector<double> relative_belief;    // product belief / its mean
    std::vector<double> enrollment_factor;  // of the hazard: what satisfaction and willingness do to it
    std::vector<std::array<double, kPlatforms>> expected_responses;  // to one post of a member
};

}  // namespace groundswell
