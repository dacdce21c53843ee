#include "world/ties/coworker_ties.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/sampling.hpp"
#include "world/ties/tie_strengths.hpp"

namespace groundswell {
namespace {

// The step of Decision::tie_strength whose draws rank the ties of an employee who has too many; step 0 is the strength.
constexpr std::uint32_t kRankStep = 1;

// The pairs must be sorted and without repeats.
CoworkerTies rows_of_pairs(const std::vector<PersonPair>& pairs, std::size_t employees) {
    CoworkerTies ties;
    ties.begin.assign(employees + 1, 0);
    for (const PersonPair pair : pairs) {
        ++ties.begin[lower_person(pair) + 1];
        ++ties.begin[higher_person(pair) + 1];
    }
    for (std::size_t i = 1; i <= employees; ++i) ties.begin[i] += ties.begin[i - 1];
    ties.coworkers.resize(2 * pairs.size());
    std::vector<std::uint64_t> next(ties.begin.begin(), ties.begin.end() - 1);
    // Sorted pairs fill every row in ascending order, provided the lower neighbors of a row come before the higher.
    for (const PersonPair pair : pairs) ties.coworkers[next[higher_person(pair)]++] = lower_person(pair);
    for (const PersonPair pair : pairs) ties.coworkers[next[lower_person(pair)]++] = higher_person(pair);
    return ties;
}

// What one employee picks, without repeats. A slot that finds nobody new in kAttempts is given up.
void pick_coworkers(const TiePicker& picker, std::uint32_t employee, IdSet& taken, std::vector<PersonPair>& pairs) {
    constexpr std::size_t kCoworkers = static_cast<std::size_t>(Segment::employee);
    constexpr std::uint32_t kAttempts = 64;
    const std::uint32_t slots = picker.slots[employee][kCoworkers];
    taken.reset(slots);
    for (std::uint32_t slot = 0; slot < slots; ++slot)
        for (std::uint32_t attempt = 0; attempt < kAttempts; ++attempt) {
            const auto coworker = picker.pick(employee, kCoworkers, slot, attempt);
            if (!coworker || !taken.insert(*coworker)) continue;
            pairs.push_back(unordered_pair(employee, *coworker));
            break;
        }
}

// The ties beyond the limit of either end, sorted: those of largest draw, so that the order of the ties cannot matter.
// Known ties come first, as if their draw were 0.
std::vector<PersonPair> ties_beyond_limits(const CoworkerTies& ties, const std::vector<std::uint32_t>& limit,
                                           const World& world, StreamKey key, const std::vector<PersonPair>& known) {
    std::vector<PersonPair> beyond;
    RankedPairs ranked;
    for (std::uint32_t i = 0; i < limit.size(); ++i) {
        if (ties.degree(i) <= limit[i]) continue;
        ranked.clear();
        for (const std::uint32_t coworker : ties.of(i)) {
            const PersonPair pair = unordered_pair(i, coworker);
            const bool is_known = std::binary_search(known.begin(), known.end(), pair);
            const auto rank = rank_of(draw(key, draw_number(pair, world), kRankStep));
            ranked.emplace_back(is_known ? decltype(rank){} : rank, pair);
        }
        std::sort(ranked.begin(), ranked.end());
        for (std::size_t k = limit[i]; k < ranked.size(); ++k) beyond.push_back(ranked[k].second);
    }
    std::sort(beyond.begin(), beyond.end());
    return beyond;
}

// Rows of the pairs that are within the limits of both their ends.
CoworkerTies rows_within_limits(const BuildContext& context, const World& world, const std::vector<PersonPair>& pairs,
                                const std::vector<std::uint32_t>& limit, const std::vector<PersonPair>& known) {
    CoworkerTies ties = rows_of_pairs(pairs, limit.size());
    const auto beyond = ties_beyond_limits(ties, limit, world, context.key(Decision::tie_strength), known);
    if (beyond.empty()) return ties;
    std::vector<PersonPair> within;
    std::set_difference(pairs.begin(), pairs.end(), beyond.begin(), beyond.end(), std::back_inserter(within));
    return rows_of_pairs(within, limit.size());
}

std::string row_address(std::size_t row) { return "company.coworker_ties[" + std::to_string(row) + "]"; }

void check_edge(const Edge& edge, std::size_t row, std::uint32_t employees) {
    const std::uint32_t larger = std::max(edge.source, edge.target);
    if (larger >= employees)
        throw InvalidInput(row_address(row) + " = " + std::to_string(larger) + ": must be an employee from 0 to " +
                           std::to_string(employees - 1));
    if (edge.source == edge.target)
        throw InvalidInput(row_address(row) + " ties employee " + std::to_string(edge.source) +
                           " to themself: must be two employees");
}

}  // namespace

CoworkerTies draw_coworker_ties(const BuildContext& context, const World& world, const TiePicker& picker,
                                const std::vector<std::uint32_t>& limit, const std::vector<PersonPair>& known) {
    const std::size_t employees = limit.size();
    std::vector<std::vector<PersonPair>> picked(employees);
    std::vector<IdSet> taken(static_cast<std::size_t>(std::max(context.threads, 1)));
    parallel_for(
        employees, context.threads,
        [&](std::size_t i, int thread) {
            pick_coworkers(picker, static_cast<std::uint32_t>(i), taken[static_cast<std::size_t>(thread)], picked[i]);
        },
        context.cancel);
    context.stop_if_cancelled();
    picked.push_back(known);
    return rows_within_limits(context, world, sorted_union(picked), limit, known);
}

CoworkerTies coworker_ties_on(const BuildContext& context, const World& world, const CoworkerTies& linkedin,
                              Platform platform, double share_on_platform, const std::vector<std::uint32_t>& limit) {
    const StreamKey key = context.key(Decision::platform_ties);
    std::vector<PersonPair> pairs;
    for (std::uint32_t i = 0; i < limit.size(); ++i)
        for (const std::uint32_t coworker : linkedin.of(i)) {
            if (coworker < i) continue;
            const PersonPair pair = unordered_pair(i, coworker);
            if (unit(draw(key, draw_number(pair, world))[static_cast<std::size_t>(platform)]) < share_on_platform)
                pairs.push_back(pair);
        }
    return rows_within_limits(context, world, pairs, limit, {});
}

namespace {

// The edges as sorted pairs, with their rows in errors.
std::vector<PersonPair> checked_pairs(const std::vector<Edge>& edges, std::uint32_t employees) {
    std::vector<std::pair<PersonPair, std::size_t>> pairs_with_rows;
    for (std::size_t row = 0; row < edges.size(); ++row) {
        check_edge(edges[row], row, employees);
        pairs_with_rows.emplace_back(unordered_pair(edges[row].source, edges[row].target), row);
    }
    std::sort(pairs_with_rows.begin(), pairs_with_rows.end());
    std::vector<PersonPair> pairs;
    for (const auto& [pair, row] : pairs_with_rows) {
        if (!pairs.empty() && pairs.back() == pair)
            throw InvalidInput(row_address(row) + " repeats the tie of row " +
                               std::to_string(pairs_with_rows[pairs.size() - 1].second));
        pairs.push_back(pair);
    }
    return pairs;
}

}  // namespace

CoworkerTies given_coworker_ties(const std::vector<Edge>& edges, std::uint32_t employees) {
    return rows_of_pairs(checked_pairs(edges, employees), employees);
}

std::vector<PersonPair> known_pairs(const CompanyInput& company, std::uint32_t employees) {
    return checked_pairs(company.known_ties, employees);
}

}  // namespace groundswell
