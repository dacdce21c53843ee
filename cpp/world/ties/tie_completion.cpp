#include "world/ties/tie_completion.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "world/ties/missing_tie_counts.hpp"
#include "world/ties/tie_strengths.hpp"

namespace groundswell {
namespace {

constexpr int kPlannedRounds = 6;  // in these rounds nobody gets more ties than were drawn for them
constexpr int kRelaxedRounds = 8;  // then whoever has room takes part, so that the blocks fill up
constexpr int kRounds = kPlannedRounds + kRelaxedRounds;
constexpr double kPicksPerStub = .55;  // a tie is picked from both of its ends; beyond 1/2, because some picks repeat
constexpr double kRelaxedWeight = .1;

// Steps of the draws of Decision::tie_completion, each but the last plus the round; missing_tie_counts has 0 to 2.
constexpr std::uint32_t kPickCountStep = 16, kPickStep = 32, kOrderStep = 64, kLastStep = 128;

std::uint32_t step_of_round(std::uint32_t step, int round) { return step + static_cast<std::uint32_t>(round); }

// A uniform of 53 bits: sums of many weights need more than the 32 bits of unit().
double unit53(std::uint32_t low, std::uint32_t high) {
    return (static_cast<double>(high >> 5) * 0x1p26 + static_cast<double>(low >> 6) + .5) * 0x1p-53;
}

// The place of a uniform in (0, 1) among weights given by their running sums.
template <class Iterator>
Iterator place_of(double uniform, Iterator running_begin, Iterator running_end) {
    return std::lower_bound(running_begin, running_end, uniform * *(running_end - 1));
}

// How much each employee still lacks in one round.
struct RoundWeights {
    int round = 0;
    std::vector<double> of_employee;
    std::vector<double> running;         // by block: the sum of the weights of its members up to and with each member
    std::vector<double> stubs_of_block;  // missing stubs

    std::span<const double> running_of(const EmployeeBlocks& blocks, std::uint32_t block) const {
        const std::uint32_t begin = blocks.members_begin[block];
        return std::span(running).subspan(begin, blocks.members_begin[block + 1] - begin);
    }
};

// Whom an employee could pick in one target block: its members who share neighbors with the employee.
struct Candidates {
    std::vector<std::uint32_t> employees;
    std::vector<double> running;  // sum of their weights

    void clear() {
        employees.clear();
        running.clear();
    }
    void add(std::uint32_t employee, double weight) {
        employees.push_back(employee);
        running.push_back((running.empty() ? 0 : running.back()) + weight);
    }
};

// What one thread needs to pick for one employee after another.
struct PickScratch {
    PickScratch(std::size_t employees, std::size_t blocks)
        : common_neighbors(employees, 0), target_of_block(blocks, 0), candidates(blocks) {}

    std::vector<std::uint32_t> common_neighbors;  // of each employee and the picking one; 0 between uses
    std::vector<std::uint32_t> near;              // those whose number of common neighbors was counted
    std::vector<std::uint32_t> target_of_block;   // its place in targets + 1; 0 for a block that is no target
    std::vector<std::uint32_t> targets;           // the blocks picked from
    std::vector<Candidates> candidates;           // by place in targets
};

class Completion {
public:
    Completion(const BuildContext& context, std::span<const std::uint64_t> draw_numbers, const CoworkerTies& listed,
               MissingTieCounts missing)
        : context_(context),
          draw_numbers_(draw_numbers),
          key_(context.key(Decision::tie_completion)),
          missing_(std::move(missing)),
          blocks_(missing_.blocks),
          lacking_(missing_.of_employee.begin(), missing_.of_employee.end()),
          ties_left_(missing_.total()) {
        for (std::uint32_t i = 0; i < lacking_.size(); ++i)
            rows_.emplace_back(listed.of(i).begin(), listed.of(i).end());
        for (std::size_t common = 0; common <= rows_.size(); ++common)
            closure_.push_back(std::pow(static_cast<double>(common), kClosurePower));
    }

    CoworkerTies complete() {
        for (int round = 0; round < kRounds && ties_left_ > 0; ++round) make_picked_ties(picked_pairs(round), round);
        if (ties_left_ > 0) fill_unfinished_blocks();
        CoworkerTies ties;
        ties.begin.assign(1, 0);
        for (const auto& row : rows_) {
            ties.coworkers.insert(ties.coworkers.end(), row.begin(), row.end());
            ties.begin.push_back(ties.coworkers.size());
        }
        return ties;
    }

private:
    RoundWeights weights_of_round(int round) const {
        RoundWeights weights{round, std::vector<double>(rows_.size(), 0), {}, {}};
        for (std::uint32_t block = 0; block < blocks_.count; ++block) {
            double sum = 0;
            for (const std::uint32_t i : blocks_.members_of(block)) {
                double& weight = weights.of_employee[i];
                weight = std::max(static_cast<double>(lacking_[i]), 0.0);
                if (round >= kPlannedRounds) weight += kRelaxedWeight * missing_.expected_of_employee[i];
                sum += weight;
                weights.running.push_back(sum);
            }
            weights.stubs_of_block.push_back(missing_.stubs_of_block(block));
        }
        return weights;
    }

    // The pairs that either end picks, sorted and without repeats.
    std::vector<PersonPair> picked_pairs(int round) const {
        const RoundWeights weights = weights_of_round(round);
        std::vector<PickScratch> scratch(static_cast<std::size_t>(std::max(context_.threads, 1)),
                                         PickScratch(rows_.size(), blocks_.count));
        std::vector<std::vector<PersonPair>> picked(rows_.size());
        parallel_for(
            rows_.size(), context_.threads,
            [&](std::size_t i, int thread) {
                pick_for(static_cast<std::uint32_t>(i), weights, scratch[static_cast<std::size_t>(thread)], picked[i]);
            },
            context_.cancel);
        context_.stop_if_cancelled();
        return sorted_union(picked);
    }

    // The employee's part of the block's missing stubs, spread over the planned rounds that are left.
    std::uint32_t pick_count(std::uint32_t i, const RoundWeights& weights) const {
        const double weight = weights.of_employee[i];
        if (!(weight > 0)) return 0;
        const std::uint32_t block = blocks_.of_employee[i];
        const double share =
            weight / weights.running_of(blocks_, block).back() / std::max(kPlannedRounds - weights.round, 1);
        const std::uint32_t word = draw(key_, draw_numbers_[i], step_of_round(kPickCountStep, weights.round))[0];
        return static_cast<std::uint32_t>(kPicksPerStub * share * weights.stubs_of_block[block] + unit(word));
    }

    void pick_for(std::uint32_t i, const RoundWeights& weights, PickScratch& scratch,
                  std::vector<PersonPair>& picked) const {
        const std::uint32_t picks = pick_count(i, weights), step = step_of_round(kPickStep, weights.round);
        if (picks == 0) return;
        std::vector<std::uint32_t> targets(picks);
        for (std::uint32_t k = 0; k < picks; ++k)
            targets[k] = choose_target(i, weights, draw(key_, draw_numbers_[i], step, 2 * k), scratch);
        find_candidates(i, weights, scratch);
        for (std::uint32_t k = 0; k < picks; ++k) {
            const Candidates& near = scratch.candidates[targets[k]];
            const Block words = draw(key_, draw_numbers_[i], step, 2 * k);
            if (!near.employees.empty()) {
                const auto place = place_of(unit53(words[2], words[3]), near.running.begin(), near.running.end());
                const auto k_of_near = static_cast<std::size_t>(place - near.running.begin());
                picked.push_back(unordered_pair(i, near.employees[k_of_near]));
            } else if (const auto j = choose_member(i, scratch.targets[targets[k]], weights,
                                                    draw(key_, draw_numbers_[i], step, 2 * k + 1))) {
                picked.push_back(unordered_pair(i, *j));
            }
        }
        for (const std::uint32_t block : scratch.targets) scratch.target_of_block[block] = 0;
        scratch.targets.clear();
    }

    // Chooses a block in proportion to the ties missing between it and the employee's. Returns its place in
    // scratch.targets.
    std::uint32_t choose_target(std::uint32_t i, const RoundWeights& weights, const Block& words,
                                PickScratch& scratch) const {
        const std::uint32_t own_block = blocks_.of_employee[i];
        double left = unit53(words[0], words[1]) * weights.stubs_of_block[own_block];
        std::uint32_t chosen = 0;
        for (std::uint32_t block = 0; block < blocks_.count; ++block) {
            const double stubs = static_cast<double>(missing_.between(own_block, block)) * (own_block == block ? 2 : 1);
            if (stubs > 0) chosen = block;  // the last such block where rounding leaves a rest
            if (left < stubs) break;
            left -= stubs;
        }
        std::uint32_t& target = scratch.target_of_block[chosen];
        if (target == 0) {
            scratch.targets.push_back(chosen);
            target = static_cast<std::uint32_t>(scratch.targets.size());
        }
        return target - 1;
    }

    void count_common_neighbors(std::uint32_t i, PickScratch& scratch) const {
        for (const std::uint32_t neighbor : rows_[i])
            for (const std::uint32_t j : rows_[neighbor])
                if (scratch.common_neighbors[j]++ == 0) scratch.near.push_back(j);
    }

    // Members of the target blocks who share neighbors with employee i and are not tied to them yet.
    void find_candidates(std::uint32_t i, const RoundWeights& weights, PickScratch& scratch) const {
        for (std::size_t target = 0; target < scratch.targets.size(); ++target) scratch.candidates[target].clear();
        count_common_neighbors(i, scratch);
        for (const std::uint32_t neighbor : rows_[i]) scratch.common_neighbors[neighbor] = 0;
        scratch.common_neighbors[i] = 0;
        for (const std::uint32_t j : scratch.near) {
            const std::uint32_t common = std::exchange(scratch.common_neighbors[j], 0u);
            const std::uint32_t target = scratch.target_of_block[blocks_.of_employee[j]];
            if (common == 0 || target == 0 || !(weights.of_employee[j] > 0)) continue;
            scratch.candidates[target - 1].add(j, weights.of_employee[j] * closure_[common]);
        }
        scratch.near.clear();
    }

    // A member of a block in proportion to what they lack; nobody where it would be the employee or a tie they have.
    std::optional<std::uint32_t> choose_member(std::uint32_t i, std::uint32_t block, const RoundWeights& weights,
                                               const Block& words) const {
        const auto running = weights.running_of(blocks_, block);
        if (running.empty() || !(running.back() > 0)) return std::nullopt;
        for (std::size_t attempt = 0; attempt < 2; ++attempt) {
            const double uniform = unit53(words[2 * attempt], words[2 * attempt + 1]);
            const auto place = place_of(uniform, running.begin(), running.end()) - running.begin();
            const std::uint32_t j = blocks_.members_of(block)[static_cast<std::size_t>(place)];
            if (j != i && !tied(i, j)) return j;
        }
        return std::nullopt;
    }

    bool tied(std::uint32_t i, std::uint32_t j) const {
        return std::binary_search(rows_[i].begin(), rows_[i].end(), j);
    }

    RankedPairs::value_type ranked(PersonPair pair, std::uint32_t step) const {
        const auto number = pair_draw_number(draw_numbers_[lower_person(pair)], draw_numbers_[higher_person(pair)]);
        return {rank_of(draw(key_, number, step)), pair};
    }

    // Makes picked ties in the order of a draw of the pair, as long as their blocks and both ends lack some.
    void make_picked_ties(const std::vector<PersonPair>& pairs, int round) {
        RankedPairs in_order;
        in_order.reserve(pairs.size());
        for (const PersonPair pair : pairs) in_order.push_back(ranked(pair, step_of_round(kOrderStep, round)));
        std::sort(in_order.begin(), in_order.end());
        std::vector<PersonPair> made;
        for (const auto& [rank, pair] : in_order) {
            const std::uint32_t i = lower_person(pair), j = higher_person(pair);
            const bool both_lack = round >= kPlannedRounds || (lacking_[i] > 0 && lacking_[j] > 0);
            if (!both_lack || missing_.between(blocks_.of_employee[i], blocks_.of_employee[j]) == 0) continue;
            count_tie(pair);
            made.push_back(pair);
        }
        add_to_rows(made);
    }

    void count_tie(PersonPair pair) {
        const std::uint32_t i = lower_person(pair), j = higher_person(pair);
        const std::uint32_t g = blocks_.of_employee[i], h = blocks_.of_employee[j];
        --missing_.between(g, h);
        if (g != h) --missing_.between(h, g);
        --lacking_[i];
        --lacking_[j];
        --ties_left_;
    }

    void add_to_rows(const std::vector<PersonPair>& made) {
        for (const PersonPair pair : made) {
            rows_[lower_person(pair)].push_back(higher_person(pair));
            rows_[higher_person(pair)].push_back(lower_person(pair));
        }
        for (auto& row : rows_) std::sort(row.begin(), row.end());
    }

    // The last ties of nearly full blocks, where picks seldom find a free pair: the free pairs of smallest draw.
    void fill_unfinished_blocks() {
        std::vector<PersonPair> made;
        for (std::uint32_t g = 0; g < blocks_.count; ++g)
            for (std::uint32_t h = g; h < blocks_.count; ++h) {
                const std::uint64_t lacking = missing_.between(g, h);
                if (lacking == 0) continue;
                context_.stop_if_cancelled();
                RankedPairs in_order = untied_pairs(g, h);
                if (in_order.size() < lacking) throw InternalError("no pair left for a planned tie");
                std::sort(in_order.begin(), in_order.end());
                for (std::uint64_t k = 0; k < lacking; ++k) {
                    count_tie(in_order[k].second);
                    made.push_back(in_order[k].second);
                }
            }
        add_to_rows(made);
    }

    RankedPairs untied_pairs(std::uint32_t g, std::uint32_t h) const {
        RankedPairs pairs;
        const auto from = blocks_.members_of(g);
        for (std::size_t a = 0; a < from.size(); ++a) {
            const auto to = g == h ? from.subspan(a + 1) : blocks_.members_of(h);
            for (const std::uint32_t j : to) {
                if (tied(from[a], j)) continue;
                pairs.push_back(ranked(unordered_pair(from[a], j), kLastStep));
            }
        }
        return pairs;
    }

    const BuildContext& context_;
    std::span<const std::uint64_t> draw_numbers_;
    StreamKey key_;
    MissingTieCounts missing_;  // what is left of it
    EmployeeBlocks blocks_;
    std::vector<std::vector<std::uint32_t>> rows_;  // the coworkers of each employee, sorted
    std::vector<std::int64_t> lacking_;             // ties drawn and not made yet; negative where more were made
    std::vector<double> closure_;                   // weight by number of common neighbors
    std::uint64_t ties_left_ = 0;
};

}  // namespace

CoworkerTies complete_ties(const BuildContext& context, std::span<const std::uint64_t> draw_numbers,
                           const CoworkerTies& listed, const TieCoverage& coverage,
                           const std::vector<std::int32_t>& group, std::uint32_t groups) {
    if (coverage.full()) return listed;
    return Completion(context, draw_numbers, listed,
                      draw_missing_tie_counts(context, draw_numbers, listed, coverage, group, groups))
        .complete();
}

CoworkerTies company_coworker_ties(const BuildContext& context, const CompanyInput& company, World& world) {
    CoworkerTies listed = given_coworker_ties(company.coworker_ties, world.employees);
    if (company.tie_coverage.full()) return listed;
    CoworkerTies ties = complete_ties(context, world.draw_numbers, listed, company.tie_coverage,
                                      world.workforce.department, company.workforce.departments);
    const std::uint64_t made = (ties.coworkers.size() - listed.coworkers.size()) / 2;
    world.warnings.push_back({"ties_completed",
                              std::to_string(listed.coworkers.size() / 2) + " ties given, " + std::to_string(made) +
                                  " completed: by company.ties_coverage the table has gaps, which each world fills "
                                  "by a generator fitted on the given ties",
                              made});
    return ties;
}

}  // namespace groundswell
