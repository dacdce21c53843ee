#include "engine/program.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/checks.hpp"
#include "model/posting.hpp"

namespace groundswell {

namespace {

// Active advocates always take part: what acts on who takes part has nothing to act on.
void check_no_participation(const ProgramSettings& settings) {
    for (const Lever& lever : levers())
        if (const double value = settings.*lever.setting; lever.on_participation && value != lever.neutral)
            reject("program." + std::string(lever.name), value,
                   format_number(lever.neutral) + " with program.advocates, who always take part (use program.select)");
}

double largest_factor(const Calendar& calendar) {
    double largest = 0;
    for (const CalendarDay& day : calendar.days)
        for (const double factor : day.factor) largest = std::max(largest, factor);
    return largest;
}

}  // namespace

const ProgramSettings& Program::on(std::int32_t day) const {
    const auto later = std::upper_bound(periods.begin(), periods.end(), day,
                                        [](std::int32_t d, const ProgramPeriod& p) { return d < p.first_day; });
    return (later - 1)->settings;
}

void check_running(const RunningProgram& running) {
    if (running.days.size() != running.members.size() || running.posts_per_week.size() != running.members.size())
        throw InvalidInput("company.members: days and posts_per_week must be as many as members");
    for (const std::int32_t days : running.days) require_not_negative("company.members.weeks_since_joining", days);
    for (const double posts : running.posts_per_week)
        if (!std::isnan(posts)) require_between("company.members.posts_per_week", posts, 0, 7.0 * kMostPostsADay);
    check(running.settings);
}

void check_program(const Program& program, const Calendar& calendar) {
    if (program.periods.empty() || program.periods[0].first_day != 0)
        throw InvalidInput("program.periods: the first must begin on day 0 of the horizon");
    const double factor = largest_factor(calendar);
    const double most_posts = factor > 0 ? 7.0 * kMostPostsADay / factor : 1e9;
    for (std::size_t k = 0; k < program.periods.size(); ++k) {
        if (k > 0 && program.periods[k].first_day <= program.periods[k - 1].first_day)
            throw InvalidInput("program.periods: first days must rise");
        require_between("program.posts_per_week", program.periods[k].settings.posts_per_week, 0, most_posts);
        check(program.periods[k].settings);
        if (!program.selection) check_no_participation(program.periods[k].settings);
    }
}

std::vector<std::uint8_t> active_advocates(const Program& program, const World& world) {
    std::vector<std::uint8_t> is_advocate(world.employees, 0);
    if (program.selection) return is_advocate;
    if (program.random) {
        if (program.size > world.employees)
            throw InvalidInput("program.advocates.size = " + std::to_string(program.size) + ": the company has " +
                               std::to_string(world.employees) + " employees");
        for (std::uint32_t k = 0; k < program.size; ++k) is_advocate[world.advocate_order[k]] = 1;
        return is_advocate;
    }
    for (const std::uint32_t employee : program.named) {
        if (employee >= world.employees)
            throw InvalidInput("program.advocates.names: employee number " + std::to_string(employee) +
                               " is not below " + std::to_string(world.employees));
        if (is_advocate[employee] != 0)
            throw InvalidInput("program.advocates.names: employee number " + std::to_string(employee) +
                               " is there twice");
        is_advocate[employee] = 1;
    }
    return is_advocate;
}

}  // namespace groundswell
