// The audience of each employee on each platform: how many ties of each category, to whom, and how strong.
// Spec: docs/MODEL.md 2, Platforms, Ties.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/world.hpp"

namespace groundswell {

// Rows of the employees on one platform, each sorted by person; empty if the platform is off.
struct EmployeeRows {
    std::vector<std::uint64_t> begin;  // employees + 1
    std::vector<TieWord> ties;
};

// Sets the connections of world.workforce to the ties on LinkedIn where they had to change and
// adds warnings. Needs world.workforce, persons and segment_begin.
std::array<EmployeeRows, kPlatforms> build_employee_rows(const BuildContext& context, const CompanyInput& company,
                                                         const WorldParams& params, World& world);

}  // namespace groundswell
