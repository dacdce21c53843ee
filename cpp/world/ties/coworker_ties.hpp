// Mutual ties among employees, generated or given. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <cstdint>
#include <vector>

#include "world/ties/tie_picker.hpp"
#include "world/world.hpp"

namespace groundswell {

// The coworkers of each employee, sorted by number.
struct CoworkerTies {
    std::vector<std::uint64_t> begin;  // employees + 1
    std::vector<std::uint32_t> coworkers;

    std::uint32_t degree(std::uint32_t employee) const {
        return static_cast<std::uint32_t>(begin[employee + 1] - begin[employee]);
    }
};

// Ties picked by either side, laws.slots[i][employee] picks of employee i; at most limit[i] ties of employee i, the
// rest left out by a draw of the pair (such an employee's connections are filled from the other categories).
CoworkerTies draw_coworker_ties(const BuildContext& context, const PickLaw& law,
                                const std::vector<std::uint32_t>& limit);

// Those of LinkedIn's ties that are on another platform: the share `kept`, by a draw of the pair, and at most limit[i]
// of employee i.
CoworkerTies coworker_ties_on(const BuildContext& context, const CoworkerTies& linkedin, Platform platform, double kept,
                              const std::vector<std::uint32_t>& limit);

// The ties that are given. Throws InvalidInput with the row for an unknown employee, a self-loop or a repeated tie.
CoworkerTies given_coworker_ties(const std::vector<Edge>& edges, std::uint32_t employees);

}  // namespace groundswell
