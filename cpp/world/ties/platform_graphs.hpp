// The graphs of a world, from the employees' rows and the ties among persons. Spec: docs/MODEL.md 2, Ties among
// persons, Page.
#pragma once

#include <array>
#include <memory>

#include "world/ties/employee_rows.hpp"
#include "world/ties/person_ties.hpp"
#include "world/world.hpp"

namespace groundswell {

// Fills in world.graphs. thinned: a platform keeps only its share of the ties among persons. Frees the employees' rows
// as it copies them.
void build_graphs(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                  std::array<EmployeeRows, kPlatforms> employees, std::shared_ptr<const PersonTies> person_ties,
                  bool thinned, RowStorage storage, World& world);

}  // namespace groundswell
