// The graph of each platform that is on, put together from the rows of employees, persons and the page.
// Spec: docs/MODEL.md 2, Ties among persons, Page.
#pragma once

#include <array>
#include <memory>

#include "world/ties/employee_rows.hpp"
#include "world/ties/person_ties.hpp"
#include "world/world.hpp"

namespace groundswell {

// Fills in world.graphs, and the presence of the employees. thinned: a platform keeps only its share of the ties among
// persons. Frees the employees' rows as it copies them.
void build_platform_graphs(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                           std::array<EmployeeRows, kPlatforms> employees,
                           std::shared_ptr<const PersonTies> person_ties, bool thinned, RowStorage storage,
                           World& world);

}  // namespace groundswell
