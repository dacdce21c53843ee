#include "engine/phases/program_costs.hpp"

#include <algorithm>

namespace groundswell::phases {

namespace {

constexpr double kMonth = 12.0 / 365.25;  // of a day

}  // namespace

void ProgramCosts::pay_day(Day& day, const ProgramDay& of_program) {
    const auto pay = [&](Amount line, double amount) {
        day.recorder.add(line, amount);
        day.recorder.add(MeasureId::program_cost, amount);
    };
    pay(MeasureId::cost_license, of_program.seats * params_.license_per_seat_month * kMonth);
    pay(MeasureId::cost_content,
        (items_.offered_by(day.index) - items_.offered_by(day.index - 1)) * params_.content_per_item);
    const ProgramSettings& settings = *day.program;
    const double rise = std::max(0.0, settings.guidelines - largest_guidelines_);
    largest_guidelines_ += rise;
    pay(MeasureId::cost_staff,
        params_.staff_hour / 7.0 *
                (params_.staff_hours_per_week + params_.champion_hours_per_week * settings.champion) +
            params_.leadership_hour / 7.0 * params_.leadership_hours_per_week * settings.leadership +
            params_.guidelines_hours * params_.staff_hour * rise);
    pay(MeasureId::cost_training, (params_.advocate_hour + params_.trainer_hour) * of_program.trained_hours);
    pay(MeasureId::cost_rewards,
        of_program.active * kMonth *
            (params_.recognition_per_month * settings.recognition + params_.money_unit * settings.money));
}

void pay_minutes(Day& day, double minutes, const CostParams& params) {
    const double amount = params.advocate_hour / 60.0 * minutes;
    day.recorder.add(MeasureId::advocate_hours, minutes / 60.0);
    day.recorder.add(MeasureId::cost_time, amount);
    day.recorder.add(MeasureId::program_cost, amount);
}

}  // namespace groundswell::phases
