#include "world/ties/tie_completion.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/parallel.hpp"
#include "world/ties/missing_tie_counts.hpp"
#include "world/ties/tie_strengths.hpp"

namespace groundswell {
namespace {

using Pair = std::uint64_t;  // smaller employee in the high half

constexpr int kPlannedRounds = 6;    // nobody gets more than their planned ties
constexpr int kRelaxedRounds = 8;    // then the blocks fill up, whoever has room
constexpr double kPicksAtEnd = .55;  // a tie is picked from both of its ends: 1.1 picks a tie, as some repeat
constexpr double kRelaxedWeight = .1;

// Steps of the draws of Decision::tie_completion; the plan has 0 to 2.
constexpr std::uint32_t kPickStep = 16, kTargetStep = 32, kOrderStep = 64, kLastStep = 128;

double unit53(std::uint32_t low, std::uint32_t high) {
    return (static_cast<double>(high >> 5) * 0x1p26 + static_cast<double>(low >> 6) + .5) * 0x1p-53;
}

// Weights of one round: what each employee still lacks.
struct Round {
    int number = 0;
    bool relaxed = false;
    std::vector<double> weight;   // of each employee
    std::vector<double> running;  // sum of the weights up to and with each of plan.members, from the block's first
    std::vector<double> stubs;    // missing stubs of each block
};

// What one thread needs to pick for one employee after another.
struct Scratch {
    std::vector<std::uint32_t> common;   // neighbors in common with the employee, by employee; 0 between uses
    std::vector<std::uint32_t> touched;  // whose count is not 0
    std::vector<std::uint32_t> slot_of;  // of each block: its place in targets + 1, or 0
    std::vector<std::uint32_t> targets;  // blocks picked from
    struct Candidates {
        std::vector<std::uint32_t> who;
        std::vector<double> running;  // sum of weights
    };
    std::vector<Candidates> candidates;  // by place in targets
};

class Completion {
public:
    Completion(const BuildContext& context, const CoworkerTies& listed, TiePlan plan)
        : context_(context),
          key_(context.key(Decision::tie_completion)),
          plan_(std::move(plan)),
          rows_(plan_.block.size()),
          lacking_(plan_.degrees.begin(), plan_.degrees.end()) {
        for (std::uint32_t i = 0; i < rows_.size(); ++i) {
            rows_[i].assign(listed.coworkers.begin() + static_cast<std::ptrdiff_t>(listed.begin[i]),
                            listed.coworkers.begin() + static_cast<std::ptrdiff_t>(listed.begin[i + 1]));
        }
        left_ = plan_.total();
        for (std::size_t c = 0; c <= rows_.size(); ++c)
            closure_.push_back(std::pow(static_cast<double>(c), kClosurePower));
    }

    CoworkerTies run() {
        for (int round = 0; round < kPlannedRounds + kRelaxedRounds && left_ > 0; ++round) accept(pick(round), round);
        if (left_ > 0) fill_blocks();
        CoworkerTies ties;
        ties.begin.assign(1, 0);
        for (const auto& row : rows_) {
            ties.coworkers.insert(ties.coworkers.end(), row.begin(), row.end());
            ties.begin.push_back(ties.coworkers.size());
        }
        return ties;
    }

private:
    Round weights_of(int number) const {
        Round round{number, number >= kPlannedRounds, std::vector<double>(rows_.size(), 0), {}, {}};
        for (std::uint32_t g = 0; g < plan_.blocks; ++g) {
            double sum = 0;
            for (std::uint32_t at = plan_.members_begin[g]; at < plan_.members_begin[g + 1]; ++at) {
                const std::uint32_t i = plan_.members[at];
                const double lacks = std::max(static_cast<double>(lacking_[i]), 0.0);
                round.weight[i] = round.relaxed ? lacks + kRelaxedWeight * plan_.expected[i] : lacks;
                sum += round.weight[i];
                round.running.push_back(sum);
            }
            auto stubs = static_cast<double>(plan_.between(g, g));
            for (std::uint32_t h = 0; h < plan_.blocks; ++h) stubs += static_cast<double>(plan_.between(g, h));
            round.stubs.push_back(stubs);
        }
        return round;
    }

    // Pairs picked by either end, sorted, without repeats.
    std::vector<Pair> pick(int number) const {
        const Round round = weights_of(number);
        std::vector<Scratch> scratch(static_cast<std::size_t>(std::max(context_.threads, 1)));
        for (Scratch& s : scratch) {
            s.common.assign(rows_.size(), 0);
            s.slot_of.assign(plan_.blocks, 0);
            s.candidates.resize(plan_.blocks);
        }
        std::vector<std::vector<Pair>> picked(rows_.size());
        parallel_for(
            rows_.size(), context_.threads,
            [&](std::size_t i, int thread) {
                pick_for(static_cast<std::uint32_t>(i), round, scratch[static_cast<std::size_t>(thread)], picked[i]);
            },
            context_.cancel);
        context_.stop_if_cancelled();
        std::vector<Pair> pairs;
        for (const auto& own : picked) pairs.insert(pairs.end(), own.begin(), own.end());
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        return pairs;
    }

    std::uint32_t picks_of(std::uint32_t i, const Round& round) const {
        const std::uint32_t g = plan_.block[i], last = plan_.members_begin[g + 1];
        if (!(round.weight[i] > 0)) return 0;
        const double share = round.weight[i] / round.running[last - 1] / std::max(kPlannedRounds - round.number, 1);
        const std::uint32_t step = kPickStep + static_cast<std::uint32_t>(round.number);
        return static_cast<std::uint32_t>(kPicksAtEnd * share * round.stubs[g] + unit(draw(key_, i, step)[0]));
    }

    void pick_for(std::uint32_t i, const Round& round, Scratch& scratch, std::vector<Pair>& picked) const {
        const std::uint32_t picks = picks_of(i, round);
        if (picks == 0) return;
        const std::uint32_t step = kTargetStep + static_cast<std::uint32_t>(round.number);
        std::vector<std::uint32_t> places(picks);
        for (std::uint32_t k = 0; k < picks; ++k)
            places[k] = target_place(i, round, draw(key_, i, step, 2 * k), scratch);
        find_candidates(i, round, scratch);
        for (std::uint32_t k = 0; k < picks; ++k) {
            const Scratch::Candidates& close = scratch.candidates[places[k]];
            const Block words = draw(key_, i, step, 2 * k);
            if (!close.who.empty()) {
                const double at = unit53(words[2], words[3]) * close.running.back();
                const auto found = std::lower_bound(close.running.begin(), close.running.end(), at);
                picked.push_back(unordered_pair(i, close.who[static_cast<std::size_t>(found - close.running.begin())]));
            } else if (const auto j = member(i, scratch.targets[places[k]], round, draw(key_, i, step, 2 * k + 1))) {
                picked.push_back(unordered_pair(i, *j));
            }
        }
        for (const std::uint32_t h : scratch.targets) scratch.slot_of[h] = 0;
        scratch.targets.clear();
    }

    // Picks a block in proportion to the ties missing between it and the employee's; its place in scratch.targets.
    std::uint32_t target_place(std::uint32_t i, const Round& round, const Block& words, Scratch& scratch) const {
        const std::uint32_t g = plan_.block[i];
        double at = unit53(words[0], words[1]) * round.stubs[g];
        std::uint32_t h = 0, target = 0;
        for (; h < plan_.blocks; ++h) {
            const double stubs = static_cast<double>(plan_.between(g, h)) * (g == h ? 2 : 1);
            if (stubs > 0) target = h;
            if (at < stubs) break;
            at -= stubs;
        }
        std::uint32_t& slot = scratch.slot_of[target];
        if (slot == 0) {
            scratch.targets.push_back(target);
            slot = static_cast<std::uint32_t>(scratch.targets.size());
        }
        return slot - 1;
    }

    // Who shares neighbors with employee i and is not tied to them, by target block, with weight lacking x closure.
    void find_candidates(std::uint32_t i, const Round& round, Scratch& s) const {
        for (std::size_t place = 0; place < s.targets.size(); ++place) {
            s.candidates[place].who.clear();
            s.candidates[place].running.clear();
        }
        for (const std::uint32_t k : rows_[i])
            for (const std::uint32_t j : rows_[k])
                if (s.common[j]++ == 0) s.touched.push_back(j);
        for (const std::uint32_t k : rows_[i]) s.common[k] = 0;
        s.common[i] = 0;
        for (const std::uint32_t j : s.touched) {
            const std::uint32_t common = s.common[j], slot = s.slot_of[plan_.block[j]];
            s.common[j] = 0;
            if (common == 0 || slot == 0 || !(round.weight[j] > 0)) continue;
            Scratch::Candidates& close = s.candidates[slot - 1];
            close.who.push_back(j);
            close.running.push_back((close.running.empty() ? 0 : close.running.back()) +
                                    round.weight[j] * closure_[common]);
        }
        s.touched.clear();
    }

    // A member of a block in proportion to what they lack; nobody where it would be the employee or a tie they have.
    std::optional<std::uint32_t> member(std::uint32_t i, std::uint32_t block, const Round& round,
                                        const Block& words) const {
        const auto begin = round.running.begin() + plan_.members_begin[block];
        const auto end = round.running.begin() + plan_.members_begin[block + 1];
        if (begin == end || !(*(end - 1) > 0)) return std::nullopt;
        for (std::size_t attempt = 0; attempt < 2; ++attempt) {
            const double at = unit53(words[2 * attempt], words[2 * attempt + 1]) * *(end - 1);
            const auto found = std::lower_bound(begin, end, at);
            const std::uint32_t j = plan_.members[static_cast<std::size_t>(found - round.running.begin())];
            if (j != i && !std::binary_search(rows_[i].begin(), rows_[i].end(), j)) return j;
        }
        return std::nullopt;
    }

    // Makes picked ties in the order of a draw of the pair, as long as their blocks and both ends lack some.
    void accept(const std::vector<Pair>& pairs, int round) {
        std::vector<std::pair<std::uint32_t, Pair>> order;
        order.reserve(pairs.size());
        for (const Pair p : pairs)
            order.emplace_back(draw(key_, p, kOrderStep + static_cast<std::uint32_t>(round))[0], p);
        std::sort(order.begin(), order.end());
        std::vector<Pair> made;
        for (const auto& [place, p] : order) {
            const auto i = static_cast<std::uint32_t>(p >> 32), j = static_cast<std::uint32_t>(p);
            const bool lacking = round >= kPlannedRounds || (lacking_[i] > 0 && lacking_[j] > 0);
            if (lacking && plan_.between(plan_.block[i], plan_.block[j]) > 0) make(i, j, made);
        }
        merge(made);
    }

    void make(std::uint32_t i, std::uint32_t j, std::vector<Pair>& made) {
        const std::uint32_t g = plan_.block[i], h = plan_.block[j];
        --plan_.between(g, h);
        if (g != h) --plan_.between(h, g);
        --lacking_[i];
        --lacking_[j];
        --left_;
        made.push_back(unordered_pair(i, j));
    }

    void merge(const std::vector<Pair>& made) {
        for (const Pair p : made) {
            rows_[p >> 32].push_back(static_cast<std::uint32_t>(p));
            rows_[static_cast<std::uint32_t>(p)].push_back(static_cast<std::uint32_t>(p >> 32));
        }
        for (auto& row : rows_) std::sort(row.begin(), row.end());
    }

    // The last ties of nearly full blocks: those of smallest draw among the pairs that are left.
    void fill_blocks() {
        std::vector<Pair> made;
        std::vector<std::pair<std::uint32_t, Pair>> open;
        for (std::uint32_t g = 0; g < plan_.blocks; ++g)
            for (std::uint32_t h = g; h < plan_.blocks; ++h) {
                const std::uint64_t lacking = plan_.between(g, h);
                if (lacking == 0) continue;
                context_.stop_if_cancelled();
                open.clear();
                for (std::uint32_t a = plan_.members_begin[g]; a < plan_.members_begin[g + 1]; ++a)
                    for (std::uint32_t b = g == h ? a + 1 : plan_.members_begin[h]; b < plan_.members_begin[h + 1];
                         ++b) {
                        const std::uint32_t i = plan_.members[a], j = plan_.members[b];
                        if (std::binary_search(rows_[i].begin(), rows_[i].end(), j)) continue;
                        const Pair p = unordered_pair(i, j);
                        open.emplace_back(draw(key_, p, kLastStep)[0], p);
                    }
                if (open.size() < lacking) throw InternalError("no pair left for a planned tie");
                std::sort(open.begin(), open.end());
                for (std::uint64_t k = 0; k < lacking; ++k)
                    make(static_cast<std::uint32_t>(open[k].second >> 32), static_cast<std::uint32_t>(open[k].second),
                         made);
            }
        merge(made);
    }

    const BuildContext& context_;
    StreamKey key_;
    TiePlan plan_;
    std::vector<std::vector<std::uint32_t>> rows_;  // sorted
    std::vector<std::int64_t> lacking_;             // planned ties not made yet; negative where more were made
    std::vector<double> closure_;                   // by number of common neighbors
    std::uint64_t left_ = 0;
};

}  // namespace

CoworkerTies complete_ties(const BuildContext& context, const CoworkerTies& listed, const TieCoverage& coverage,
                           const std::vector<std::int32_t>& group, std::uint32_t groups) {
    if (coverage.full()) return listed;
    TiePlan plan = plan_missing_ties(context, listed, coverage, group, groups);
    return Completion(context, listed, std::move(plan)).run();
}

CoworkerTies company_ties(const BuildContext& context, const CompanyInput& company, World& world) {
    CoworkerTies listed = given_coworker_ties(company.coworker_ties, world.employees);
    if (company.tie_coverage.full()) return listed;
    CoworkerTies ties =
        complete_ties(context, listed, company.tie_coverage, world.workforce.department, company.workforce.departments);
    const std::uint64_t made = (ties.coworkers.size() - listed.coworkers.size()) / 2;
    world.warnings.push_back({"ties_completed",
                              std::to_string(listed.coworkers.size() / 2) + " ties given, " + std::to_string(made) +
                                  " completed: by company.ties_coverage the table has gaps, which each world fills "
                                  "by a generator fitted on the given ties",
                              made});
    return ties;
}

void check_tie_coverage(const TieCoverage& coverage, std::uint32_t employees) {
    require_probability("company.ties_coverage.share", coverage.share);
    if (!coverage.complete.empty() && coverage.complete.size() != employees)
        reject("company.ties_coverage.complete_for", static_cast<double>(coverage.complete.size()),
               "one flag for each of the " + std::to_string(employees) + " employees");
    const bool nobody = std::find(coverage.complete.begin(), coverage.complete.end(), 1) == coverage.complete.end();
    if (coverage.share == 0 && nobody)
        throw InvalidInput(
            "company.ties_coverage.share = 0: must be above zero where complete_for names nobody; leave ties out to "
            "have them generated");
}

void check_tie_coverage(const CompanyInput& company) {
    check_tie_coverage(company.tie_coverage, company.workforce.employees);
    if (company.tie_coverage.full()) return;
    if (!company.has_coworker_ties)
        throw InvalidInput("company.ties_coverage: must come with company.coworker_ties, of which it speaks");
    for (std::size_t k = 0; k < company.audience.ties.size(); ++k)
        if (std::min(company.audience.ties[k].source, company.audience.ties[k].target) < company.workforce.employees)
            throw InvalidInput("company.ties_coverage: must not be given where company.audience.ties (row " +
                               std::to_string(k) + ") holds the ties of employees; those are taken as they are");
}

double listed_share(const TieCoverage& coverage, std::uint32_t employees) {
    if (coverage.full()) return 1;
    const auto complete = static_cast<double>(std::count(coverage.complete.begin(), coverage.complete.end(), 1));
    const double open = 1 - complete / employees;
    return 1 - open * open * (1 - coverage.share);
}

}  // namespace groundswell
