// Who leaves the company: a hazard by tenure and satisfaction, such that a company without a program has its stated
// turnover. Spec: docs/MODEL.md 2b, Exits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/fields.hpp"

namespace groundswell {

struct RetentionParams {
    double turnover_per_year = .19;  // 0: nobody leaves
    double satisfaction_slope = 1;
    double early_exit = 1;  // hazard of a newcomer is 1 + early_exit times that of an old hand
    double early_exit_half_life_years = 1;
    double tenure_mean_years = 4;  // of those whose hire date is missing
    double coerced_exit = 1.2;
    GROUNDSWELL_FIELDS(visit("turnover_per_year", self.turnover_per_year);
                       visit("satisfaction_slope", self.satisfaction_slope); visit("early_exit", self.early_exit);
                       visit("early_exit_half_life_years", self.early_exit_half_life_years);
                       visit("tenure_mean_years", self.tenure_mean_years); visit("coerced_exit", self.coerced_exit);)
};

// Tenure on the first day of the horizon, in years: as given, NaN drawn anew in each world.
std::vector<double> complete_tenure(std::span<const double> given, std::span<const std::uint64_t> draw_numbers,
                                    const RetentionParams& params, std::uint64_t seed, std::uint32_t world);

// Hazard a year relative to that of an old hand of satisfaction 1/2.
double relative_hazard(double satisfaction, double tenure_years, const RetentionParams& params);

// H: hazard a year of an old hand of satisfaction 1/2 at which the company has its stated turnover.
double solve_hazard(std::span<const double> satisfaction, std::span<const double> tenure_years,
                    const RetentionParams& params);

// Throws InvalidInput for values that the engine cannot run.
void check(const RetentionParams& params, std::span<const double> tenure_years);

}  // namespace groundswell
