// What the tests of a world's graphs share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "company.hpp"
#include "core/errors.hpp"
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

// Directions of ties that are there one way only, or stronger one way.
inline std::uint64_t one_sided(const World& world, const PlatformGraph& graph) {
    std::uint64_t count = 0;
    for (std::uint32_t j = 0; j < world.person_count(); ++j)
        for (const TieWord tie : graph.row(j)) {
            const auto other = graph.row(tie_person(tie));
            const auto back = std::lower_bound(other.begin(), other.end(), j,
                                               [](TieWord t, std::uint32_t person) { return tie_person(t) < person; });
            count += back == other.end() || tie_person(*back) != j || tie_strength(*back) != tie_strength(tie) ? 1 : 0;
        }
    return count;
}

inline std::size_t segment_of(const World& w, std::uint32_t person) {
    std::size_t s = 0;
    while (person >= w.segment_begin[s + 1]) ++s;
    return s;
}

inline const WorldWarning* warning(const World& w, const std::string& code) {
    for (const auto& x : w.warnings)
        if (x.code == code) return &x;
    return nullptr;
}

// The text of the InvalidInput that an action throws.
template <class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return "nothing was thrown";
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
