#include "engine/phases/workforce.hpp"

#include <string>

#include "core/errors.hpp"
#include "core/ieee_math.hpp"
#include "engine/phases/participation.hpp"

namespace groundswell::phases {

Workforce::Workforce(const RunTables& tables, std::uint32_t replicate)
    : world_(tables.world),
      tables_(tables.exits),
      params_(tables.design.params.retention),
      horizon_begin_(tables.design.calendar.horizon_begin()),
      exits_key_(stream_key(world_.seed, world_.index, replicate, Decision::exits)),
      occupant_(world_.employees, 0),
      employed_(world_.employees, 1),
      tenure_(tables_.tenure),
      early_excess_(tables_.early_excess),
      exit_clock_(world_.employees, 0.0) {
    exit_threshold_.reserve(world_.employees);
    for (std::uint32_t seat = 0; seat < world_.employees; ++seat)
        exit_threshold_.push_back(exponential_threshold(draw(exits_key_, world_.draw_numbers[seat])[0]));
}

double Workforce::years_since_start(std::int32_t day) const {
    return static_cast<double>(day - horizon_begin_) / 365.25;
}

void Workforce::run(Day& day, const Participation& participation) {
    if (day.window != Window::horizon || tables_.hazard == 0) return;
    const double passed = years_since_start(day.index);
    const double decay = ieee::exp2(-passed / params_.early_exit_half_life_years);
    for (std::uint32_t seat = 0; seat < seats(); ++seat) {
        if (!is_employed(seat)) continue;
        exit_clock_[seat] +=
            participation.is_coerced(seat)
                ? tables_.hazard / 365.25 * params_.coerced_exit *
                      relative_hazard(participation.satisfaction(seat), tenure_[seat] + passed, params_)
                : tables_.late_hazard[seat] * (1.0 + early_excess_[seat] * decay);
        if (exit_clock_[seat] < exit_threshold_[seat]) continue;
        employed_[seat] = 0;
        day.exits.push_back(seat);
        day.recorder.add(MeasureId::exits);
    }
}

Author Workforce::sit_down(std::uint32_t seat, std::int32_t day) {
    if (is_employed(seat)) throw InternalError("workforce: a seat with an occupant is not free");
    if (++occupant_[seat] == Author::kMostOccupants)
        throw InvalidInput("retention.turnover_per_year: one seat asks for more than " +
                           std::to_string(Author::kMostOccupants) + " occupants in a run");
    employed_[seat] = 1;
    exit_clock_[seat] = 0;
    exit_threshold_[seat] = exponential_threshold(draw(exits_key_, world_.draw_numbers[seat], occupant_[seat])[0]);
    // Both count from the start of the horizon, like those of whom the table describes.
    const double passed = years_since_start(day);
    tenure_[seat] = -passed;
    early_excess_[seat] = params_.early_exit * ieee::exp2(passed / params_.early_exit_half_life_years);
    return occupant(seat);
}

std::span<const TieWord> Workforce::ties(Author author, Platform platform) const {
    if (!author.is_first()) return {};
    return world_.graph(platform).row(world_.node(author.seat()));
}

}  // namespace groundswell::phases
