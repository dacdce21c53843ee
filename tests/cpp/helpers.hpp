// Tiny worlds and short, busy years for the tests of the engine: a replicate takes about a millisecond, and everything
// the engine can do happens in it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "company.hpp"
#include "core/errors.hpp"
#include "engine/replicate.hpp"

namespace groundswell::testing {

inline constexpr std::uint64_t kSeed = 20250301;

// 30 employees, about 1,300 persons.
inline World small_world(double unprompted_share = .2, std::uint32_t index = 0) {
    CompanyInput company = blank_company(30);
    WorldParams params;
    params.workforce.connections_mean = 60;
    params.workforce.connections_log_sd = .5;
    params.audience.pool = {
        .employee = 0, .alumni = 1000, .buyer = 2000, .peer = 2000, .talent = 2000, .personal = 4000, .other = 2000};
    params.audience.unprompted_share = unprompted_share;
    return build_world(company, params, kSeed, index, 1);
}

// Views, reactions and mutes so frequent that a short year is full of them.
inline YearParams busy_params() {
    YearParams p;
    p.linkedin.constants.person_rate = .5;
    p.linkedin.constants.page_rate = .4;
    p.linkedin.engage = .2;
    p.linkedin.click = .1;
    p.linkedin.reshare = .05;
    p.linkedin.mute = .004;
    p.linkedin.view_cut_days = 14;
    p.posting.organic_company_posts_per_month = 6;
    p.content.items_per_week = 2;
    return p;
}

inline Program program(std::uint32_t size = 15, double posts_per_week = 4) {
    Program p;
    p.posts_per_week = posts_per_week;
    p.size = size;
    return p;
}

struct Weeks {
    int warm_up = 2, horizon = 6, follow_up = 2;
};

inline Design design(std::optional<Program> team, const YearParams& params = busy_params(), Weeks weeks = {},
                     const std::string& start = "2025-02-17") {
    return Design(params, Calendar(start, weeks.warm_up, weeks.horizon, weeks.follow_up, params.linkedin),
                  std::move(team));
}

// Rows nobody writes stay NaN, so that a test sees them.
inline std::vector<double> run(const World& world, const Design& design, std::uint32_t replicate, Workspace& workspace,
                               Trace* trace = nullptr) {
    std::vector<double> values(design.layout.rows.size(), std::numeric_limits<double>::quiet_NaN());
    const Plan plan(design, world);
    Replicate(plan, replicate, workspace, values, trace).run();
    return values;
}

inline std::vector<double> run(const World& world, const Design& design, std::uint32_t replicate,
                               Trace* trace = nullptr) {
    Workspace workspace(world);
    return run(world, design, replicate, workspace, trace);
}

// Sum of a measure of kind sum over the rows that `counts` accepts.
template <class Counts>
double total(const Design& design, const std::vector<double>& values, MeasureId measure, Counts counts) {
    double sum = 0;
    for (std::size_t r = 0; r < values.size(); ++r)
        if (design.layout.rows[r].measure == measure && counts(design.layout.rows[r])) sum += values[r];
    return sum;
}

inline double total(const Design& design, const std::vector<double>& values, MeasureId measure) {
    return total(design, values, measure, [](const Row&) { return true; });
}

inline Window window_of(const Design& design, const Row& fragment_row) {
    return design.calendar.fragments[static_cast<std::size_t>(fragment_row.period)].window;
}

inline std::size_t segment_of(const World& world, std::uint32_t person) {
    std::size_t s = 0;
    while (person >= world.segment_begin[s + 1]) ++s;
    return s;
}

// The text of the InvalidInput that an action throws.
template <class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return "nothing was thrown";
}

}  // namespace groundswell::testing
