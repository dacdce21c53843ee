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

using Pair = std::uint64_t;  // smaller employee in the high half

std::uint32_t first(Pair pair) { return static_cast<std::uint32_t>(pair >> 32); }
std::uint32_t second(Pair pair) { return static_cast<std::uint32_t>(pair); }

// Pairs sorted and without repeats.
CoworkerTies adjacency(const std::vector<Pair>& pairs, std::size_t employees) {
    CoworkerTies ties;
    ties.begin.assign(employees + 1, 0);
    for (const Pair p : pairs) {
        ++ties.begin[first(p) + 1];
        ++ties.begin[second(p) + 1];
    }
    for (std::size_t i = 1; i <= employees; ++i) ties.begin[i] += ties.begin[i - 1];
    ties.coworkers.resize(2 * pairs.size());
    std::vector<std::uint64_t> next(ties.begin.begin(), ties.begin.end() - 1);
    // Sorted pairs fill every row in ascending order, provided the smaller neighbors of a row come before the larger.
    for (const Pair p : pairs) ties.coworkers[next[second(p)]++] = first(p);
    for (const Pair p : pairs) ties.coworkers[next[first(p)]++] = second(p);
    return ties;
}

// An employee's own picks, without repeats. A pick that finds nobody new in kAttempts is given up.
void pick_coworkers(const PickLaw& law, std::uint32_t employee, IdSet& taken, std::vector<Pair>& pairs) {
    constexpr std::uint32_t kAttempts = 64;
    const std::uint32_t wanted = law.slots[employee][0];
    taken.reset(wanted);
    for (std::uint32_t slot = 0; slot < wanted; ++slot)
        for (std::uint32_t attempt = 0; attempt < kAttempts; ++attempt) {
            const auto coworker = law.pick(employee, 0, slot, attempt);
            if (!coworker || !taken.insert(*coworker)) continue;
            pairs.push_back(unordered_pair(employee, *coworker));
            break;
        }
}

// Keeps a tie if it is among the limit[i] ties of smallest draw of both its ends: the same for any order of ties.
std::vector<Pair> thin(const std::vector<Pair>& pairs, const std::vector<std::uint32_t>& limit, StreamKey key) {
    const std::size_t employees = limit.size();
    const CoworkerTies ties = adjacency(pairs, employees);
    std::vector<Pair> dropped;
    std::vector<std::pair<std::uint32_t, Pair>> ranked;
    for (std::uint32_t i = 0; i < employees; ++i) {
        if (ties.degree(i) <= limit[i]) continue;
        ranked.clear();
        for (std::uint64_t at = ties.begin[i]; at < ties.begin[i + 1]; ++at) {
            const Pair p = unordered_pair(i, ties.coworkers[at]);
            ranked.emplace_back(draw(key, p, 1)[0], p);
        }
        std::sort(ranked.begin(), ranked.end());
        for (std::size_t k = limit[i]; k < ranked.size(); ++k) dropped.push_back(ranked[k].second);
    }
    if (dropped.empty()) return pairs;
    std::sort(dropped.begin(), dropped.end());
    std::vector<Pair> kept;
    std::set_difference(pairs.begin(), pairs.end(), dropped.begin(), dropped.end(), std::back_inserter(kept));
    return kept;
}

}  // namespace

CoworkerTies draw_coworker_ties(const BuildContext& context, const PickLaw& law,
                                const std::vector<std::uint32_t>& limit) {
    const std::size_t employees = limit.size();
    std::vector<std::vector<Pair>> picked(employees);
    std::vector<IdSet> taken(static_cast<std::size_t>(std::max(context.threads, 1)));
    parallel_for(
        employees, context.threads,
        [&](std::size_t i, int thread) {
            pick_coworkers(law, static_cast<std::uint32_t>(i), taken[static_cast<std::size_t>(thread)], picked[i]);
        },
        context.cancel);
    context.stop_if_cancelled();
    std::vector<Pair> pairs;
    for (const auto& own : picked) pairs.insert(pairs.end(), own.begin(), own.end());
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return adjacency(thin(pairs, limit, context.key(Decision::tie_strength)), employees);
}

CoworkerTies coworker_ties_on(const BuildContext& context, const CoworkerTies& linkedin, Platform platform, double kept,
                              const std::vector<std::uint32_t>& limit) {
    const StreamKey key = context.key(Decision::platform_ties);
    std::vector<Pair> pairs;
    for (std::uint32_t i = 0; i < limit.size(); ++i)
        for (std::uint64_t at = linkedin.begin[i]; at < linkedin.begin[i + 1]; ++at) {
            const Pair p = unordered_pair(i, linkedin.coworkers[at]);
            if (first(p) == i && unit(draw(key, p)[static_cast<std::size_t>(platform)]) < kept) pairs.push_back(p);
        }
    return adjacency(thin(pairs, limit, context.key(Decision::tie_strength)), limit.size());
}

CoworkerTies given_coworker_ties(const std::vector<Edge>& edges, std::uint32_t employees) {
    const auto row = [](std::size_t k) { return "company.coworker_ties[" + std::to_string(k) + "]"; };
    std::vector<std::pair<Pair, std::size_t>> numbered;
    for (std::size_t k = 0; k < edges.size(); ++k) {
        const auto [a, b] = edges[k];
        if (std::max(a, b) >= employees)
            throw InvalidInput(row(k) + " = " + std::to_string(std::max(a, b)) + ": must be an employee from 0 to " +
                               std::to_string(employees - 1));
        if (a == b)
            throw InvalidInput(row(k) + " ties employee " + std::to_string(a) + " to themself: must be two employees");
        numbered.emplace_back(unordered_pair(a, b), k);
    }
    std::sort(numbered.begin(), numbered.end());
    std::vector<Pair> pairs;
    for (std::size_t k = 0; k < numbered.size(); ++k) {
        if (k > 0 && numbered[k].first == numbered[k - 1].first)
            throw InvalidInput(row(numbered[k].second) + " repeats the tie of row " +
                               std::to_string(numbered[k - 1].second));
        pairs.push_back(numbered[k].first);
    }
    return adjacency(pairs, employees);
}

}  // namespace groundswell
