// A program: who is in it and what management sets, day by day. Spec: docs/MODEL.md 2b.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/calendar.hpp"
#include "levers/selection.hpp"
#include "levers/settings.hpp"

namespace groundswell {

// Either active advocates (a random group: the first n of the world's order; or a named list) or a selection of people
// who are invited. Periods: the first on day 0 of the horizon, rising.
struct Program {
    bool random = true;
    std::uint32_t size = 0;            // of a random group
    std::vector<std::uint32_t> named;  // employee numbers of a named list
    std::optional<Selection> selection;
    std::vector<ProgramPeriod> periods{{}};

    const ProgramSettings& on(std::int32_t day_of_horizon) const;
};

// A program that runs when the run begins. It belongs to the company: every design has it in the warm-up, and goes on
// with it unless it stops it on the first day of the horizon.
struct RunningProgram {
    std::vector<std::uint32_t> members;  // employee numbers
    std::vector<std::int32_t> days;      // since each joined, on the first day of the horizon
    std::vector<double> posts_per_week;  // of each, as seen; NaN: not known; 0: dormant
    ProgramSettings settings;            // of the warm-up, and of a horizon without a program of its own
    bool stops = false;
};

// Throws InvalidInput for values the engine cannot run.
void check_running(const RunningProgram& running);
void check_program(const Program& program, const Calendar& calendar);

// By employee: posts all year. All 0 for a selection. Throws InvalidInput if the group does not fit the world.
std::vector<std::uint8_t> active_advocates(const Program& program, const World& world);

}  // namespace groundswell
