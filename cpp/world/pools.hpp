// Who is where: the persons of each pool, the employees of each group, and the part of a pool that belongs to a group.
// Spec: docs/MODEL.md 2.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/audience.hpp"
#include "world/world.hpp"

namespace groundswell {

using SegmentBounds = std::array<std::uint32_t, kSegments + 1>;

// Pools of a company, employees first. Throws InvalidInput if there would be kMaxPersons persons or more.
SegmentBounds pool_bounds(std::uint32_t employees, const AudienceParams& params);

// The same for persons that are given by segment.
SegmentBounds given_bounds(std::uint32_t employees, const std::array<std::uint32_t, kSegments>& persons);

// The one or the other.
SegmentBounds person_bounds(const CompanyInput& company, const AudienceParams& params);

// A range of numbers, the end excluded.
struct Range {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t size() const { return end - begin; }
};

// Employees in the order of their groups (departments or regions).
struct Grouping {
    std::vector<std::uint32_t> members;   // employees, by group and then number
    std::vector<std::uint32_t> begin;     // groups + 1: members of group g are [begin[g], begin[g + 1])
    std::vector<std::uint32_t> position;  // of an employee in members
    std::vector<std::uint32_t> group;     // of an employee

    Range range_of(std::uint32_t employee) const { return {begin[group[employee]], begin[group[employee] + 1]}; }
};

Grouping group_employees(const std::vector<std::int32_t>& codes, std::uint32_t groups);

// The block of [0, pool) that belongs to an employee's group: contiguous, in proportion to the group's employees.
Range block_of(const Grouping& grouping, std::uint32_t employee, std::uint32_t pool);

}  // namespace groundswell
