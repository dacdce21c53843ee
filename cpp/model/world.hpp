// One world: everything generated or imputed before the first day. Read-only once built; shared by threads and designs.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "model/audience.hpp"
#include "model/workforce.hpp"

namespace groundswell {

struct Edge {
    std::uint32_t source, target;
};

struct CompanyInput {
    WorkforceTable workforce;
    bool has_coworker_ties = false;
    std::vector<Edge> coworker_ties;   // mutual; no self-loops, no repeats
    std::int64_t page_followers = -1;  // -1: from AudienceParams
};

struct WorldParams {
    WorkforceParams workforce;
    AudienceParams audience;
    GROUNDSWELL_FIELDS(visit("workforce", self.workforce); visit("audience", self.audience);)
};

struct WorldWarning {
    std::string code;     // e.g. "category_capped"
    std::string message;  // consequence, with the numbers
    std::uint64_t count = 0;
};

struct World {
    std::uint64_t seed = 0;
    std::uint32_t index = 0;
    std::uint32_t employees = 0;
    std::array<std::uint32_t, kSegments + 1> segment_begin{};  // persons of segment s: [begin[s], begin[s + 1])
    std::vector<PersonTraits> persons;
    std::vector<std::uint64_t> row_begin;  // employees + 2 entries; the page's row is the last
    std::vector<TieWord> ties;             // rows sorted by person
    Workforce workforce;
    std::vector<std::uint8_t> sharer;           // posts about the company without a program
    std::vector<std::uint32_t> advocate_order;  // the first n are the random group of n
    std::array<double, 3> strength_value{};     // by Strength
    std::vector<WorldWarning> warnings;

    std::uint32_t page() const { return employees; }  // the page's author number
    std::uint32_t person_count() const { return segment_begin[kSegments]; }
    std::uint64_t row_size(std::uint32_t author) const { return row_begin[author + 1] - row_begin[author]; }
};

// Deterministic in (company, params, seed, index), whatever the number of threads. `cancel` may be null; a cancelled
// build throws Cancelled. Throws InvalidInput naming the parameter for input that no world can be made of.
World build_world(const CompanyInput& company, const WorldParams& params, std::uint64_t seed, std::uint32_t index,
                  int threads, const std::atomic<bool>* cancel = nullptr);

// Bytes of a world before it is built (an upper estimate, from counts alone).
std::uint64_t estimate_world_bytes(const CompanyInput& company, const WorldParams& params);

}  // namespace groundswell
