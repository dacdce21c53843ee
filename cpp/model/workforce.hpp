// Employees: attributes given by the analyst or drawn from a Gaussian copula conditional on what is given.
// Spec: docs/MODEL.md 2, Employees.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/fields.hpp"
#include "core/streams.hpp"

namespace groundswell {

enum class Attribute : std::uint8_t {
    connections,
    social_activity,
    persuasion,
    susceptibility,
    satisfaction,
    product_belief,
    willingness,
    readiness,
    sales_skill
};
inline constexpr int kAttributes = 9;
inline constexpr std::array<std::string_view, kAttributes> kAttributeNames = {
    "connections",    "social_activity", "persuasion", "susceptibility", "satisfaction",
    "product_belief", "willingness",     "readiness",  "sales_skill"};

enum class JobFunction : std::int32_t { other, sales, recruiter };
inline constexpr int kSeniorities = 5;

struct SeniorityValues {
    double individual = 1, senior = 1, manager = 1.2, director = 1.4, executive = 2.2;
    GROUNDSWELL_FIELDS(visit("individual", self.individual); visit("senior", self.senior);
                       visit("manager", self.manager); visit("director", self.director);
                       visit("executive", self.executive);)
    std::array<double, kSeniorities> array() const { return {individual, senior, manager, director, executive}; }
};

struct WorkforceParams {
    SeniorityValues seniority_multiplier;
    double sales_multiplier = 1.4;
    double recruiter_multiplier = 2.0;
    double social_activity_log_sd = 0.8;
    double persuasion_log_sd = 0.5;
    double susceptibility_log_sd = 0.5;
    double corr_connections_activity = 0.3;
    double corr_connections_persuasion = 0.0;
    double corr_activity_persuasion = 0.0;
    double corr_persuasion_susceptibility = -0.2;
    double corr_skill_activity = 0.25;
    double corr_satisfaction_belief = 0.5;
    double corr_satisfaction_willingness = 0.4;
    GROUNDSWELL_FIELDS(visit("seniority_multiplier", self.seniority_multiplier);
                       visit("sales_multiplier", self.sales_multiplier);
                       visit("recruiter_multiplier", self.recruiter_multiplier);
                       visit("social_activity_log_sd", self.social_activity_log_sd);
                       visit("persuasion_log_sd", self.persuasion_log_sd);
                       visit("susceptibility_log_sd", self.susceptibility_log_sd);
                       visit("corr_connections_activity", self.corr_connections_activity);
                       visit("corr_connections_persuasion", self.corr_connections_persuasion);
                       visit("corr_activity_persuasion", self.corr_activity_persuasion);
                       visit("corr_persuasion_susceptibility", self.corr_persuasion_susceptibility);
                       visit("corr_skill_activity", self.corr_skill_activity);
                       visit("corr_satisfaction_belief", self.corr_satisfaction_belief);
                       visit("corr_satisfaction_willingness", self.corr_satisfaction_willingness);)
};

// What the analyst gave, one entry an employee. A category of -1 or an attribute of NaN is missing and will be drawn.
struct WorkforceTable {
    std::uint32_t employees = 0;
    std::vector<std::uint64_t> draw_numbers;  // empty: 0 … employees - 1
    std::uint32_t departments = 1;            // codes 0 … departments - 1
    std::uint32_t regions = 1;
    std::vector<std::int32_t> department, region, seniority, function;
    std::vector<double> department_shares, region_shares, seniority_shares;  // laws of the missing ones; sum to 1
    std::vector<double> recruiter_share;  // per department: P(recruiter) and P(sales) where the function is missing
    std::vector<double> sales_share;
    std::array<std::vector<double>, kAttributes> attributes;  // natural units; connections as counts
};

// The same table with nothing missing.
struct Workforce {
    std::vector<std::int32_t> department, region, seniority, function;
    std::array<std::vector<double>, kAttributes> attributes;

    const std::vector<double>& operator[](Attribute a) const { return attributes[static_cast<std::size_t>(a)]; }
};

// connections_mean, connections_log_sd: of the LinkedIn connections that are missing.
Workforce complete_workforce(const WorkforceTable& table, const WorkforceParams& params, double connections_mean,
                             double connections_log_sd, std::uint64_t seed, std::uint32_t world);

}  // namespace groundswell
