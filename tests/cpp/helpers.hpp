// Tiny worlds and short, busy years for the tests of the engine: a replicate takes about a millisecond, and everything
// the engine can do happens in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "company.hpp"
#include "engine/replicate.hpp"

namespace groundswell::testing {

inline constexpr std::uint64_t kSeed = 20250301;

// Platforms that are on for the world and for the design.
inline const std::vector<Platform> kLinkedIn = {Platform::linkedin};
inline const std::vector<Platform> kTwo = {Platform::linkedin, Platform::x};

// For 30 employees there are about 1,300 persons, who have some ten ties each among themselves.
inline WorldParams small_world_params(const std::vector<Platform>& on = kLinkedIn) {
    WorldParams params;
    params.platforms = {};
    for (const Platform platform : on) {
        PlatformAudienceParams& p = params.platforms[static_cast<std::size_t>(platform)].emplace();
        p.connections_mean = platform == Platform::linkedin ? 60 : 40;
        p.connections_log_sd = .5;
        if (platform == Platform::linkedin) continue;
        p.presence = {.employee = 1, .alumni = .7, .buyer = .7, .peer = .7, .talent = .7, .personal = .8, .other = .7};
        p.person_ties_kept = .6;
    }
    params.audience.pool = {
        .employee = 0, .alumni = 1000, .buyer = 2000, .peer = 2000, .talent = 2000, .personal = 4000, .other = 2000};
    params.audience.unprompted_share = .2;
    params.audience.person_degree_mean = 10;
    params.audience.person_degree_log_sd = .5;
    params.audience.circle_persons = 11;
    params.audience.circle_stubs = 4;
    return params;
}

inline World small_world(double unprompted_share = .2, std::uint32_t index = 0,
                         const std::vector<Platform>& on = kLinkedIn) {
    WorldParams params = small_world_params(on);
    params.audience.unprompted_share = unprompted_share;
    return build_world(blank_company(30), params, kSeed, index, 1);
}

// Views, reactions, acts and mutes so frequent that a short year is full of them, at four hops and more.
inline PlatformParams busy_platform() {
    PlatformParams p;
    p.constants.person_rate = .5;
    p.constants.page_rate = .4;
    p.constants.reshare_rate = .5;
    p.engage = .2;
    p.click = .1;
    p.reshare = .05;
    p.mute = .004;
    p.view_cut_days = 14;
    p.surfaced_views = 4;
    p.surfacing_decay = .8;
    p.reaction_decay = .7;
    return p;
}

inline YearParams busy_params(const std::vector<Platform>& on = kLinkedIn) {
    YearParams p;
    for (const Platform platform : on) {
        PlatformParams& busy = p.platforms[static_cast<std::size_t>(platform)].emplace(busy_platform());
        if (platform == Platform::x) busy.half_life_hours = busy.later_half_life_hours = 2;  // slices of 6 minutes
    }
    p.posting.organic_company_posts_per_month = 6;
    p.content.items_per_week = 2;
    p.posting.organic_platforms = {};
    (on.size() > 1 ? p.posting.organic_platforms.x : p.posting.organic_platforms.linkedin) = on.size() > 1 ? .4 : 1;
    if (on.size() > 1) p.posting.organic_platforms.linkedin = .6;
    return p;
}

inline PlatformParams& linkedin(YearParams& params) { return params.platforms[0].value(); }

inline Program program(std::uint32_t size = 15, double posts_per_week = 4,
                       const std::array<double, kPlatforms>& platforms = {1}) {
    Program p;
    ProgramSettings& settings = p.periods[0].settings;
    settings.posts_per_week = posts_per_week;
    settings.platforms = {platforms[0], platforms[1], platforms[2], platforms[3]};
    p.size = size;
    return p;
}

struct Weeks {
    int warm_up = 2, horizon = 6, follow_up = 2;
};

inline Design design(std::optional<Program> team, const YearParams& params = busy_params(), Weeks weeks = {},
                     const std::string& start = "2025-02-17") {
    return Design(params, Calendar(start, weeks.warm_up, weeks.horizon, weeks.follow_up, params.platforms),
                  std::move(team));
}

// Rows that nobody writes stay NaN, so that a test sees them.
inline std::vector<double> run(const World& world, const Design& design, std::uint32_t replicate, Workspace& workspace,
                               const Records& records = {}) {
    std::vector<double> values(design.layout.rows.size(), std::numeric_limits<double>::quiet_NaN());
    const RunTables tables(design, world);
    Replicate(tables, replicate, workspace, values, records).run();
    return values;
}

inline std::vector<double> run(const World& world, const Design& design, std::uint32_t replicate,
                               const Records& records = {}) {
    Workspace workspace(world);
    return run(world, design, replicate, workspace, records);
}

// The sum of an additive measure over the rows that `counts` accepts. Only the rows by segment, or of posts by
// platform, are looked at, so that nothing is counted twice.
template <class Counts>
double total(const Design& design, const std::vector<double>& values, MeasureId measure, Counts counts) {
    double sum = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = design.layout.rows[r];
        if (row.measure == measure && row.hop < 0 && counts(row)) sum += values[r];
    }
    return sum;
}

inline double total(const Design& design, const std::vector<double>& values, MeasureId measure) {
    return total(design, values, measure, [](const Row&) { return true; });
}

// The same over the rows by platform and hop, which hold the same views again.
template <class Counts>
double total_by_hop(const Design& design, const std::vector<double>& values, MeasureId measure, Counts counts) {
    double sum = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = design.layout.rows[r];
        if (row.measure == measure && row.hop > 0 && counts(row)) sum += values[r];
    }
    return sum;
}

inline Window window_of(const Design& design, const Row& fragment_row) {
    return design.calendar.fragments[static_cast<std::size_t>(fragment_row.period)].window;
}

}  // namespace groundswell::testing
