// What a design and a world fix before luck: tables that the hot path looks up.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/view_thresholds.hpp"
#include "engine/design.hpp"
#include "engine/employee_tables.hpp"
#include "engine/first_degree.hpp"
#include "world/world.hpp"

namespace groundswell {

// Who a viewer sees as the author of what is shown.
enum class Carrier : std::uint8_t { person, page };
inline constexpr std::size_t kCarriers = 2;

// Base rate x constant / P(attended) of each reaction.
struct ReactionBases {
    double engage, click, reshare, mute;
};

// The waiting law: delay = T u / (1 - u) minutes with u uniform on [0, D / (D + T)).
struct DelayLaw {
    double scale = 0, range = 0;  // T, D / (D + T)
};

struct PlatformTables {
    std::array<VisibilityTable, kCarriers> visibility;        // lambda x class x strength
    std::array<double, 3> endorsement, surfaced_endorsement;  // by strength
    std::array<ReactionBases, kCarriers> bases;
    std::array<std::uint32_t, kCarriers> attention;     // thresholds
    std::array<std::array<double, 2>, kCarriers> mute;  // base by carrier, promotional or not
    DelayLaw first_hop, later_hops;
    std::uint32_t slice_minutes = 60;
    double surfaced_views = 0, reshare_visibility = 0;       // at hop 2
    std::array<double, 16> surfacing_decay, reaction_decay;  // by hop of the view, from 1; the last from there on
    double mean_degree = 0;
};

class RunTables {
public:
    RunTables(const Design& design, const World& world);

    const Design& design;
    const World& world;
    std::vector<Platform> on;
    std::array<PlatformTables, kPlatforms> platforms;
    std::uint32_t slice_minutes = 60;       // in which a day is processed: divides every platform's
    std::int32_t longest_wait_days;         // of any view for its moment, rounded up
    std::vector<double> author_persuasion;  // persuasion^gamma, by employee
    VisibilityTable tie_value;              // class x strength
    std::array<double, 256> trait;          // value of a level: susceptibility, propensity
    std::array<double, 256> affinity_engage, affinity_click, affinity_reshare, affinity_mute;
    std::array<double, 106> limit;           // 1 + n7 / viewer limit
    std::array<double, 256> copy_penalty;    // identical_copy^c
    std::vector<double> repeat_decay;        // by days since the last attended exposure, up to memory_days
    std::array<double, 1441> minute_decay;   // of u over a number of minutes
    std::array<double, 1441> minute_fade;    // of what favorability is above or below its prior mean, the same
    std::array<double, 16> appeal_exponent;  // by hop, from 1; the last from there on
    double half_life_minutes, favorability_half_life_minutes, wear_out_half_life_minutes;
    double first_exposure_odds, favorability_odds;  // phi / (1 - phi)
    double favorability_prior;                      // as a viewer's first favorability is stored: in single precision
    std::array<double, kSegments> baseline;         // awareness without any exposure
    ParticipationTables participation;
    ExitTables exits;
    FirstDegree first_degree;

    const PlatformTables& operator[](Platform p) const { return platforms[static_cast<std::size_t>(p)]; }
};

}  // namespace groundswell
