// The persons of each pool, their numbers, and the part of a pool that belongs to a group of employees.
// Spec: docs/MODEL.md 2, Employees, Ties.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/viewer_numbers.hpp"
#include "model/audience.hpp"
#include "model/draw_numbers.hpp"
#include "world/world.hpp"

namespace groundswell {

// Persons of segment s have the numbers from bounds[s] up to, but without, bounds[s + 1].
using SegmentBounds = std::array<std::uint32_t, kSegments + 1>;

// Throw InvalidInput if there would be kMaxPersons persons or more, which a tie word could not number.
SegmentBounds pool_bounds(std::uint32_t employees, const AudienceParams& params);  // generated pools
SegmentBounds given_bounds(std::uint32_t employees, const std::array<std::uint32_t, kSegments>& persons);

SegmentBounds person_bounds(const CompanyInput& company, const AudienceParams& params);  // the one or the other

// A headcount on a grid of 47 steps to a tenfold, 5 % each, on which 100, 1,000 and 10,000 lie: pools and blocks go by
// it, so that a few people more or less do not change them. count > 0.
double stepped(double count);

// The draw number of a person of a pool, which is their number as a viewer too.
std::uint32_t pool_draw_number(const SegmentBounds& bounds, std::uint32_t person);

static_assert(kViewerGroups == kSegments - 1);
ViewerNumbers viewer_numbers(const SegmentBounds& bounds, const std::uint32_t* of_employees);

// A range of numbers, the end excluded.
struct Range {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t size() const { return end - begin; }
};

// The blocks of a pool that belong to groups of employees, departments or regions, so that colleagues pick from the
// same persons. They lie in the order of the groups' codes, each in proportion to the group's stepped size.
class GroupBlocks {
public:
    GroupBlocks(const std::vector<std::int32_t>& codes, std::uint32_t groups);

    Range of(std::int32_t group, std::uint32_t pool_size) const;

private:
    std::vector<double> begin_;  // groups + 1 entries: shares of a pool
};

}  // namespace groundswell
