// Questions that the tests of a world's graphs ask.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "company.hpp"
#include "world/world.hpp"

namespace groundswell::testing {

inline std::vector<std::uint32_t> row(const PlatformGraph& graph, std::uint32_t node) {
    std::vector<std::uint32_t> persons;
    for (const TieWord tie : graph.row(node)) persons.push_back(tie_person(tie));
    return persons;
}

inline bool holds(const std::vector<std::uint32_t>& row, std::uint32_t person) {
    return std::binary_search(row.begin(), row.end(), person);
}

inline std::vector<TieWord> all_ties(const PlatformGraph& graph) {
    return {graph.ties.data(), graph.ties.data() + graph.ties.size()};
}

// How many ties have no counterpart in the other direction, or one of another strength.
inline std::uint64_t one_sided(const World& world, const PlatformGraph& graph) {
    std::uint64_t count = 0;
    for (std::uint32_t person = 0; person < world.person_count(); ++person)
        for (const TieWord tie : graph.row(person)) {
            const auto other = graph.row(tie_person(tie));
            const auto back = std::lower_bound(other.begin(), other.end(), person,
                                               [](TieWord t, std::uint32_t number) { return tie_person(t) < number; });
            count +=
                back == other.end() || tie_person(*back) != person || tie_strength(*back) != tie_strength(tie) ? 1 : 0;
        }
    return count;
}

// Null where the world has no such warning.
inline const WorldWarning* warning(const World& world, const std::string& code) {
    for (const WorldWarning& warning : world.warnings)
        if (warning.code == code) return &warning;
    return nullptr;
}

// A small audience: about 3,300 persons of 100 employees.
inline WorldParams small_audience() {
    WorldParams params;
    params.audience.pool = {
        .employee = 0, .alumni = 2000, .buyer = 6000, .peer = 6000, .talent = 6000, .personal = 6000, .other = 6000};
    params.audience.person_degree_mean = 40;
    params.platforms[0]->connections_mean = 60;
    return params;
}

}  // namespace groundswell::testing
