// The ties of an audience that the analyst gives in place of a generated one. Spec: docs/MODEL.md 2, Given audience.
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

    // If any given tie is an employee's, the employees have exactly the given ties; else theirs are generated.
    bool of_employees() const { return of_employees_; }
    EmployeeRows employee_rows(const World& world, const TieStrengths& strengths, Platform platform) const;

private:
    void index(const std::vector<Edge>& ties, std::uint32_t persons);
    std::span<const std::uint32_t> row(std::uint32_t person) const;

    std::uint32_t employees_;
    bool of_employees_ = false;
    std::vector<std::uint64_t> begin_;      // persons + 1 entries: where each person's neighbors begin
    std::vector<std::uint32_t> neighbors_;  // sorted in each row
};

}  // namespace groundswell
