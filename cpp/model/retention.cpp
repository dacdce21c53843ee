#include "model/retention.hpp"

#include <cmath>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/streams.hpp"

namespace groundswell {

namespace {

// Integral over a year of 1 + early 2^(-(tenure + x) / half-life).
double hazard_of_a_year(double tenure, const RetentionParams& params) {
    const double half_life = params.early_exit_half_life_years;
    const double lost = ieee::exp2(-tenure / half_life) - ieee::exp2(-(tenure + 1.0) / half_life);
    return 1.0 + params.early_exit * half_life / ieee::kLn2 * lost;
}

}  // namespace

std::vector<double> complete_tenure(std::span<const double> given, std::span<const std::uint64_t> draw_numbers,
                                    const RetentionParams& params, std::uint64_t seed, std::uint32_t world) {
    const StreamKey key = world_key(seed, world, Decision::tenure);
    std::vector<double> tenure(draw_numbers.size());
    for (std::size_t i = 0; i < tenure.size(); ++i)
        tenure[i] = i < given.size() && !std::isnan(given[i])
                        ? given[i]
                        : -params.tenure_mean_years * ieee::log(1.0 - unit(draw(key, draw_numbers[i])[0]));
    return tenure;
}

double relative_hazard(double satisfaction, double tenure_years, const RetentionParams& params) {
    return ieee::exp(-params.satisfaction_slope * (satisfaction - .5)) *
           (1.0 + params.early_exit * ieee::exp2(-tenure_years / params.early_exit_half_life_years));
}

double solve_hazard(std::span<const double> satisfaction, std::span<const double> tenure_years,
                    const RetentionParams& params) {
    if (params.turnover_per_year == 0) return 0;
    std::vector<double> year(satisfaction.size());
    for (std::size_t i = 0; i < year.size(); ++i)
        year[i] =
            ieee::exp(-params.satisfaction_slope * (satisfaction[i] - .5)) * hazard_of_a_year(tenure_years[i], params);
    double low = 0, high = 1000;
    for (int step = 0; step < 100; ++step) {
        const double middle = (low + high) / 2;
        double leave = 0;
        for (const double h : year) leave += 1.0 - ieee::exp(-middle * h);
        (leave < params.turnover_per_year * static_cast<double>(year.size()) ? low : high) = middle;
    }
    return (low + high) / 2;
}

void check(const RetentionParams& p, std::span<const double> tenure_years) {
    if (!(p.turnover_per_year >= 0 && p.turnover_per_year < 1))
        reject("retention.turnover_per_year", p.turnover_per_year, "at least 0, below 1");
    require_not_negative("retention.early_exit", p.early_exit);
    require_positive("retention.early_exit_half_life_years", p.early_exit_half_life_years);
    require_positive("retention.tenure_mean_years", p.tenure_mean_years);
    require_not_negative("retention.coerced_exit", p.coerced_exit);
    for (std::size_t i = 0; i < tenure_years.size(); ++i)
        if (!std::isnan(tenure_years[i]))
            require_not_negative("tenure_years[" + std::to_string(i) + "]", tenure_years[i]);
}

}  // namespace groundswell
