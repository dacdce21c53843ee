// The ties of an audience that is given. Spec: docs/MODEL.md 2, Given audience.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/ties/employee_rows.hpp"
#include "world/ties/person_ties.hpp"
#include "world/ties/tie_strengths.hpp"
#include "world/world.hpp"

namespace groundswell {

class GivenTies final : public PersonTies {
public:
    // Throws InvalidInput with row and column for an unknown person, a self-loop or a repeated tie, and for ties among
    // employees that are given both here and as coworker ties.
    explicit GivenTies(const CompanyInput& company);

    void others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const override;

    // Employees have exactly the ties that are given, if any of these is an employee's.
    bool of_employees() const { return of_employees_; }
    EmployeeRows employee_rows(const World& world, const TieStrengths& strengths, Platform platform) const;

private:
    std::span<const std::uint32_t> row(std::uint32_t person) const;

    std::uint32_t employees_;
    bool of_employees_ = false;
    std::vector<std::uint64_t> begin_;      // by person, and the end
    std::vector<std::uint32_t> neighbors_;  // sorted in each row
};

}  // namespace groundswell
