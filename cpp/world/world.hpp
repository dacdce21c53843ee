// One world: everything generated or imputed before the first day. Spec: docs/MODEL.md 2.
//
// It is read-only once built, so that threads and designs share it.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/system.hpp"
#include "core/viewer_numbers.hpp"
#include "model/audience.hpp"
#include "model/draw_numbers.hpp"
#include "model/platform.hpp"
#include "model/workforce.hpp"

namespace groundswell {

struct Edge {
    std::uint32_t source, target;
};

// An audience that the analyst gives in place of a generated one. Its ties are mutual and on every platform, without
// self-loops and repeats, by person number, employees first.
struct AudienceInput {
    bool given = false;
    std::array<std::uint32_t, kSegments> persons{};  // by segment, in place of the pools; 0 employees
    std::vector<Edge> ties;
};

// Which ties among employees a table lists: all ties of the employees for whom it is complete, and a random share of
// the ties among the others.
struct TieCoverage {
    double share = 1;
    std::vector<std::uint8_t> complete;  // a flag for each employee; empty if it is complete for nobody

    bool is_complete(std::uint32_t employee) const { return !complete.empty() && complete[employee] != 0; }
    bool full() const {
        return share == 1 || (!complete.empty() && std::find(complete.begin(), complete.end(), 0) == complete.end());
    }
};

struct CompanyInput {
    WorkforceTable workforce;
    bool has_coworker_ties = false;
    std::vector<Edge> coworker_ties;  // mutual; no self-loops, no repeats
    TieCoverage tie_coverage;         // of coworker_ties
    // Mutual ties that are certain where coworker ties are generated, as those with managers; not with a table of ties.
    std::vector<Edge> known_ties;
    // A number of -1 follows from the connections instead.
    std::array<std::int64_t, kPlatforms> page_followers{-1, -1, -1, -1};
    // By employee, NaN where missing. LinkedIn's are an attribute of the workforce instead.
    std::array<std::vector<double>, kPlatforms> connections;
    AudienceInput audience;
};

struct WorldParams {
    WorkforceParams workforce;
    AudienceParams audience;
    PlatformAudiences platforms{PlatformAudienceParams{}};  // by default only LinkedIn is on
};

struct WorldWarning {
    std::string code;     // for programs, such as "category_capped"
    std::string message;  // for people: the consequence, with the numbers
    std::uint64_t count = 0;
};

// Whether the rows of the persons outside the company are all made with the world, or each when it is first needed
// (decision record 8).
enum class RowStorage : std::uint8_t { all, as_needed };
class RowsAsNeeded;

// How far the beginning of a row is fetched ahead.
inline constexpr std::size_t kPrefetchedTies = 128, kTiesPerCacheLine = 64 / sizeof(TieWord);

// Who is tied to whom on one platform: a row of ties for every person, employees first, and one for the page's
// followers. The number of a row is its node.
struct PlatformGraph {
    std::vector<std::uint64_t> row_begin;  // persons + 2 entries; empty if the platform is off
    PageArray<TieWord> ties;               // row by row, each sorted by person
    // Mean number of ties of the persons who have any here, employees included; NaN where rows are made as needed,
    // since it would need them all.
    double mean_degree = 0;
    std::shared_ptr<const RowsAsNeeded> rows_as_needed;  // null where all rows are in `ties`
    std::uint32_t needed_begin = 0, needed_end = 0;      // the nodes whose rows are made as needed

    bool on() const { return !row_begin.empty(); }
    std::span<const TieWord> row(std::uint32_t node) const {
        if (made_as_needed(node)) return row_as_needed(node);
        return {ties.data() + row_begin[node], static_cast<std::size_t>(row_begin[node + 1] - row_begin[node])};
    }
    // The two stages of fetching a row ahead: where it is, and then its beginning.
    void prefetch_place(std::uint32_t node) const;
    void prefetch_row(std::uint32_t node) const;

private:
    bool made_as_needed(std::uint32_t node) const { return node >= needed_begin && node < needed_end; }
    std::span<const TieWord> row_as_needed(std::uint32_t node) const;
};

struct World {
    std::uint64_t seed = 0;
    std::uint32_t index = 0;
    std::uint32_t employees = 0;
    std::array<std::uint32_t, kSegments + 1> segment_begin{};  // as SegmentBounds
    std::vector<PersonTraits> persons;
    std::array<PlatformGraph, kPlatforms> graphs;
    Workforce workforce;
    std::vector<std::uint64_t> draw_numbers;    // of the employees
    std::vector<std::uint32_t> viewer_numbers;  // of the employees
    std::vector<std::uint8_t> sharer;           // by employee: whether they post about the company without a program
    std::vector<std::uint32_t> advocate_order;  // employees; the first n are the random group of n
    std::array<double, 3> strength_value{};     // by Strength: the factor of a tie in visibility
    std::vector<WorldWarning> warnings;

    std::uint32_t page() const { return employees; }            // the page's author number
    std::uint32_t page_node() const { return person_count(); }  // its row in every graph
    std::uint32_t node(std::uint32_t author) const { return author == page() ? page_node() : author; }
    const PlatformGraph& graph(Platform p) const { return graphs[static_cast<std::size_t>(p)]; }
    std::uint32_t person_count() const { return segment_begin[kSegments]; }
    std::uint64_t draw_number(std::uint32_t person) const;
    std::uint32_t viewer_number(std::uint32_t person, Segment segment) const {
        return segment == Segment::employee
                   ? viewer_numbers[person]
                   : pool_draw_number(static_cast<std::size_t>(segment),
                                      person - segment_begin[static_cast<std::size_t>(segment)]);
    }
    ViewerNumbers viewers() const;  // a view of this world
};

// Deterministic in (company, params, seed, index), whatever the number of threads. `cancel` may be null; a cancelled
// build throws Cancelled. Throws InvalidInput naming the parameter for input that no world can be made of.
World build_world(const CompanyInput& company, const WorldParams& params, std::uint64_t seed, std::uint32_t index,
                  int threads, const std::atomic<bool>* cancel = nullptr, RowStorage storage = RowStorage::all);

// Bytes of a world before it is built (an upper estimate, from counts alone).
std::uint64_t estimate_world_bytes(const CompanyInput& company, const WorldParams& params);

}  // namespace groundswell
