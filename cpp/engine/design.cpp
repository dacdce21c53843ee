#include "engine/design.hpp"

#include <cmath>
#include <utility>

#include "core/errors.hpp"

namespace groundswell {

namespace {

void require(bool fine, const std::string& address, double value, const char* rule) {
    if (!fine) throw InvalidInput(address + " = " + std::to_string(value) + ": " + rule);
}

// The schema checks every parameter for the user; these are the bounds without which the engine would misbehave.
void check(const YearParams& p, const Calendar& calendar, const std::optional<Program>& program) {
    const double item_count = p.content.items_per_week * (static_cast<double>(calendar.day_count()) + p.content.item_life_days) / 7.0;
    require(item_count < 65'000, "content.items_per_week", p.content.items_per_week,
            "must be positive and give fewer than 65,000 items over the run");
    require(p.content.items_per_week > 0, "content.items_per_week", p.content.items_per_week, "must be positive");
    require(p.content.item_life_days >= 7.0 / p.content.items_per_week && p.content.item_life_days <= 365,
            "content.item_life_days", p.content.item_life_days,
            "must be at least 7 / content.items_per_week, so that an item is always on offer, and at most 365");
    require(p.linkedin.view_cut_days >= 1 && p.linkedin.view_cut_days <= 90, "platforms.linkedin.view_cut_days",
            p.linkedin.view_cut_days, "must be from 1 to 90 days");
    require(p.linkedin.half_life_hours > 0 && p.linkedin.half_life_hours < 12 * p.linkedin.view_cut_days,
            "platforms.linkedin.half_life_hours", p.linkedin.half_life_hours,
            "must be positive and below half of platforms.linkedin.view_cut_days");
    require(p.feed.memory_days >= 0 && p.feed.memory_days <= 365, "feed.memory_days", p.feed.memory_days, "must be from 0 to 365 days");
    require(p.credibility.pseudo_posts > 0, "credibility.pseudo_posts", p.credibility.pseudo_posts, "must be positive");
    require(p.feed.viewer_limit > 0, "feed.viewer_limit", p.feed.viewer_limit, "must be positive (none switches it off)");
    if (program) {
        const double a_day = program->posts_per_week / 7.0 * 3.0;  // 3: above any weekday weight
        require(program->posts_per_week >= 0 && a_day < 500, "program.posts_per_week", program->posts_per_week,
                "must be from 0 to 1,000 posts a week");
    }
}

}  // namespace

Design::Design(YearParams p, Calendar c, std::optional<Program> prog)
    : params(std::move(p)), calendar(std::move(c)), program(std::move(prog)), layout(calendar) {
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
            is_advocate[employee] = 1;
        }
    }
    return is_advocate;
}

}  // namespace groundswell
