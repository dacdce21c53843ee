// What a design and a world fix about employees before luck: who is asked to take part, and the constant parts of the
// hazards. All by seat, for its first occupant. Spec: docs/MODEL.md 2b.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
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

    bool takes_part(std::uint32_t seat) const {
        return invited_on[seat] >= 0 || (!joined_on.empty() && joined_on[seat] != kNever);
    }

    std::vector<std::uint8_t> advocate;    // posts all year
    std::vector<std::int32_t> invited_on;  // day of the run; -1 never
    std::vector<double> pull;              // of an invitation, by days since
    // Of the members of a program that runs; empty without one.
    static constexpr std::int32_t kNever = std::numeric_limits<std::int32_t>::max();
    std::vector<std::int32_t> joined_on;  // day of the run, below 0 before its first; kNever: no member
    std::vector<double> seen_posts;       // a week; NaN: not known
    // Empty where nobody is invited and no program runs.
    std::vector<std::uint8_t> responder;    // to recognition
    std::vector<double> relative_belief;    // product belief / its mean
    std::vector<double> enrollment_factor;  // of the hazard: what satisfaction and willingness do to it
    std::vector<std::array<double, kPlatforms>> expected_responses;  // to one post of a member

private:
    void read_members(const RunningProgram& running, std::int32_t horizon_begin);
};

}  // namespace groundswell
