// The persons of each pool, the employees of each group, and the part of a pool that belongs to a group.
// Spec: docs/MODEL.md 2, Employees, Ties.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/audience.hpp"
#include "world/world.hpp"

namespace groundswell {

// Persons of segment s have the numbers from bounds[s] up to, but without, bounds[s + 1].
using SegmentBounds = std::array<std::uint32_t, kSegments + 1>;

// Throw InvalidInput if there would be kMaxPersons persons or more, which a tie word could not number.
SegmentBounds pool_bounds(std::uint32_t employees, const AudienceParams& params);  // generated pools
SegmentBounds given_bounds(std::uint32_t employees, const std::array<std::uint32_t, kSegments>& persons);

SegmentBounds person_bounds(const CompanyInput& company, const AudienceParams& params);  // the one or the other

// A range of numbers, the end excluded.
struct Range {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t size() const { return end - begin; }
};

// The employees in the order of their groups: departments or regions.
struct Grouping {
    std::vector<std::uint32_t> members;   // employees, by group and then number
    std::vector<std::uint32_t> begin;     // groups + 1 entries: where each group's members begin
    std::vector<std::uint32_t> position;  // by employee: their place in members
    std::vector<std::uint32_t> group;     // by employee

    Range range_of(std::uint32_t employee) const { return {begin[group[employee]], begin[group[employee] + 1]}; }
};

Grouping group_employees(const std::vector<std::int32_t>& codes, std::uint32_t groups);

// The block of a pool of that many persons that belongs to an employee's group: its part of the pool is the group's
// part of the employees, so that colleagues pick from the same persons.
Range block_of(const Grouping& grouping, std::uint32_t employee, std::uint32_t pool_size);

}  // namespace groundswell
