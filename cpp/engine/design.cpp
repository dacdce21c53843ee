#include "engine/design.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/checks.hpp"

namespace groundswell {

namespace {

// A time after which something has halved; infinity switches the halving off.
void require_half_life(std::string_view address, double value) {
    if (!(value > 0)) reject(address, value, "above zero (infinite switches it off)");
}

void check_items(const ContentParams& p, double days) {
    require_positive("content.items_per_week", p.items_per_week);
    require_between("content.item_life_days", p.item_life_days, 1, 365);
    if (p.items_per_week * (days + p.item_life_days) / 7.0 >= 65'000)
        reject("content.items_per_week", p.items_per_week, "low enough for fewer than 65,000 items over the run");
    // Offer days are up to ceil(7 / rate) apart, and an item's life covers at least floor(life) days.
    const double apart = std::ceil(7.0 / p.items_per_week);
    if (std::floor(p.item_life_days) < apart)
        reject(
            "content.item_life_days", p.item_life_days,
            "at least " + format_number(apart) + " at this content.items_per_week, so that an item is always on offer");
}

void check_platform(const PlatformParams& p) {
    require_between("platforms.linkedin.view_cut_days", p.view_cut_days, 1, 90);
    if (!(p.half_life_hours > 0 && p.half_life_hours < 12 * p.view_cut_days))
        reject("platforms.linkedin.half_life_hours", p.half_life_hours,
               "above zero and below half of platforms.linkedin.view_cut_days");
    if (!(p.attention > 0 && p.attention <= 1))
        reject("platforms.linkedin.attention", p.attention, "above 0, at most 1");
    require_positive("platforms.linkedin.attention_person_page_ratio", p.attention_person_page_ratio);
}

void check_viewers(const FeedParams& feed, const AwarenessParams& awareness) {
    require_between("feed.memory_days", feed.memory_days, 0, 365);
    if (!(feed.viewer_limit > 0))
        reject("feed.viewer_limit", feed.viewer_limit, "above zero (infinite switches it off)");
    require_half_life("feed.repeat_half_life_days", feed.repeat_half_life_days);
    require_half_life("awareness.half_life_weeks", awareness.half_life_weeks);
    if (!(awareness.phi >= 0 && awareness.phi < 1)) reject("awareness.phi", awareness.phi, "at least 0, below 1");
    if (!(awareness.favorability_step >= 0 && awareness.favorability_step < 1))
        reject("awareness.favorability_step", awareness.favorability_step, "at least 0, below 1");
}

void check_rates(const Calendar& calendar, const std::optional<Program>& program) {
    double largest = 0;
    for (const Day& day : calendar.days) {
        if (!(day.factor >= 0 && std::isfinite(day.factor)))
            reject("platforms.linkedin.weekday_weights", day.factor,
                   "such that every day's factor is zero or more, and finite");
        largest = std::max(largest, day.factor);
    }
    if (program)
        require_between("program.posts_per_week", program->posts_per_week, 0,
                        largest > 0 ? 7.0 * kMostPostsADay / largest : 1e9);
}

// The schema checks every parameter for the user; these are the bounds without which the engine would misbehave.
void check(const YearParams& p, const Calendar& calendar, const std::optional<Program>& program) {
    check_items(p.content, calendar.day_count());
    check_platform(p.linkedin);
    check_viewers(p.feed, p.awareness);
    require_positive("credibility.pseudo_posts", p.credibility.pseudo_posts);
    require_half_life("credibility.credibility_half_life_weeks", p.credibility.credibility_half_life_weeks);
    check_rates(calendar, program);
}

}  // namespace

Design::Design(YearParams p, Calendar c, std::optional<Program> prog)
    : params(p), calendar(std::move(c)), program(std::move(prog)), layout(calendar) {
    check(params, calendar, program);
}

std::vector<std::uint8_t> Design::advocates(const World& world) const {
    std::vector<std::uint8_t> is_advocate(world.employees, 0);
    if (!program) return is_advocate;
    if (program->random) {
        if (program->size > world.employees)
            throw InvalidInput("program.advocates.size = " + std::to_string(program->size) + ": the company has " +
                               std::to_string(world.employees) + " employees");
        for (std::uint32_t k = 0; k < program->size; ++k) is_advocate[world.advocate_order[k]] = 1;
    } else {
        for (const std::uint32_t employee : program->named) {
            if (employee >= world.employees)
                throw InvalidInput("program.advocates.names: employee number " + std::to_string(employee) +
                                   " is not below " + std::to_string(world.employees));
            if (is_advocate[employee] != 0)
                throw InvalidInput("program.advocates.names: employee number " + std::to_string(employee) +
                                   " is there twice");
            is_advocate[employee] = 1;
        }
    }
    return is_advocate;
}

}  // namespace groundswell
