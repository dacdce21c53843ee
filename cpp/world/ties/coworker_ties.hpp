// Mutual ties among employees, generated or given. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "world/ties/tie_picker.hpp"
#include "world/ties/tie_strengths.hpp"
#include "world/world.hpp"

namespace groundswell {

// The coworkers of each employee, in the order of their numbers.
struct CoworkerTies {
    std::vector<std::uint64_t> begin;  // employees + 1 entries: where each employee's coworkers begin
    std::vector<std::uint32_t> coworkers;

    std::uint32_t degree(std::uint32_t employee) const {
        return static_cast<std::uint32_t>(begin[employee + 1] - begin[employee]);
    }
    std::span<const std::uint32_t> of(std::uint32_t employee) const {
        return {coworkers.data() + begin[employee], degree(employee)};
    }
};

// The known ties and those that either side picks, picker.slots[i][employee] picks of employee i. An employee i who
// would get more than limit[i] keeps the known ones first, then those of smallest draw, and the other categories fill
// the connections that are left. `known` is sorted.
CoworkerTies draw_coworker_ties(const BuildContext& context, const World& world, const TiePicker& picker,
                                const std::vector<std::uint32_t>& limit, const std::vector<PersonPair>& known);

// Those of LinkedIn's ties that are on another platform too: the share `share_on_platform`, by a draw of the pair, and
// at most limit[i] of employee i.
CoworkerTies coworker_ties_on(const BuildContext& context, const World& world, const CoworkerTies& linkedin,
                              Platform platform, double share_on_platform, const std::vector<std::uint32_t>& limit);

// The ties that a table gives. Throws InvalidInput with the row for an unknown employee, a self-loop or a repeated tie.
CoworkerTies given_coworker_ties(const std::vector<Edge>& edges, std::uint32_t employees);

// The company's known ties as sorted pairs. Throws as given_coworker_ties does.
std::vector<PersonPair> known_pairs(const CompanyInput& company, std::uint32_t employees);

}  // namespace groundswell
