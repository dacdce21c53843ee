#include "engine/design.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "core/checks.hpp"

namespace groundswell {

namespace {

void check_factors(const Calendar& calendar) {
    for (const CalendarDay& day : calendar.days)
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (!(day.factor[p] >= 0 && std::isfinite(day.factor[p])))
                reject("platforms." + std::string(kPlatformNames[p]) + ".weekday_weights", day.factor[p],
                       "such that every day's factor is zero or more, and finite");
}

void check_program_of(const Program& program, const PlatformsParams& platforms, const Calendar& calendar) {
    for (const ProgramPeriod& period : program.periods)
        check_shares("program.platforms", period.settings.platforms, platforms);
    check_program(program, calendar);
}

// The schema checks every parameter for the user; these are the bounds without which the engine would misbehave.
void check(const YearParams& p, const Calendar& calendar, const std::optional<Program>& program,
           const std::optional<RunningProgram>& running) {
    check(p.content, calendar.day_count());
    for (std::size_t k = 0; k < kPlatforms; ++k)
        if (p.platforms[k]) check("platforms." + std::string(kPlatformNames[k]), *p.platforms[k]);
    check(p.posting, p.platforms);
    check(p.feed);
    check(p.awareness);
    check(p.credibility);
    check_factors(calendar);
    check(p.participation);
    if (program) check_program_of(*program, p.platforms, calendar);
    if (!running) return;
    check_shares("company.members.platforms", running->settings.platforms, p.platforms);
    check_running(*running);
    if (program && !program->selection)
        throw InvalidInput("program.advocates: the company has a program that runs; use program.select");
}

}  // namespace

Design::Design(YearParams p, Calendar c, std::optional<Program> prog, std::vector<double> tenure,
               std::optional<RunningProgram> run)
    : params(p),
      calendar(std::move(c)),
      program(std::move(prog)),
      tenure_years(std::move(tenure)),
      running(std::move(run)),
      layout(calendar, platforms_on()) {
    check(params, calendar, program, running);
    check(params.retention, tenure_years);
}

const ProgramSettings* Design::settings_on(std::int32_t day) const {
    const std::int32_t begin = calendar.horizon_begin();
    if (day >= calendar.horizon_end()) return nullptr;
    if (day >= begin && program) return &program->on(day - begin);
    return running && (day < begin || !running->stops) ? &running->settings : nullptr;
}

std::vector<Platform> Design::platforms_on() const {
    std::vector<Platform> on;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (params.platforms[p]) on.push_back(static_cast<Platform>(p));
    if (on.empty()) throw InvalidInput("platforms: none is on");
    return on;
}

}  // namespace groundswell
