#include "world/ties/block_model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace groundswell {
namespace {

constexpr double kPseudoStubs = 1;          // the weight of the prior in the mixing of two blocks
constexpr std::uint32_t kMostBlocks = 512;  // more groups than these share the last block
constexpr int kSweeps = 20;                 // 10 and 60 sweeps complete real offices alike
constexpr double kLargestShape = 1e6;       // stands for degrees that vary no more than chance makes them

void assign_blocks(const std::vector<std::int32_t>& group, std::uint32_t groups, EmployeeBlocks& blocks) {
    std::vector<std::uint32_t> size(groups + 1, 0), largest_first(groups + 1), block_of_group(groups + 1);
    const auto code = [groups](std::int32_t g) { return g < 0 ? groups : static_cast<std::uint32_t>(g); };
    for (const std::int32_t g : group) ++size[code(g)];
    std::iota(largest_first.begin(), largest_first.end(), 0u);
    std::stable_sort(largest_first.begin(), largest_first.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
    for (std::uint32_t place = 0; place <= groups; ++place) {
        const std::uint32_t g = largest_first[place];
        block_of_group[g] = std::min(place, kMostBlocks - 1);
        if (size[g] > 0) blocks.count = block_of_group[g] + 1;
    }
    blocks.of_employee.resize(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) blocks.of_employee[i] = block_of_group[code(group[i])];
}

void list_members(const TieCoverage& coverage, EmployeeBlocks& blocks) {
    const auto employees = static_cast<std::uint32_t>(blocks.of_employee.size());
    blocks.members_begin.assign(blocks.count + 1, 0);
    for (std::uint32_t i = 0; i < employees; ++i)
        if (!coverage.is_complete(i)) ++blocks.members_begin[blocks.of_employee[i] + 1];
    for (std::uint32_t b = 0; b < blocks.count; ++b) blocks.members_begin[b + 1] += blocks.members_begin[b];
    blocks.members.resize(blocks.members_begin.back());
    std::vector<std::uint32_t> next(blocks.members_begin.begin(), blocks.members_begin.end() - 1);
    for (std::uint32_t i = 0; i < employees; ++i)
        if (!coverage.is_complete(i)) blocks.members[next[blocks.of_employee[i]]++] = i;
}

}  // namespace

EmployeeBlocks blocks_of_groups(const TieCoverage& coverage, const std::vector<std::int32_t>& group,
                                std::uint32_t groups) {
    EmployeeBlocks blocks;
    assign_blocks(group, groups, blocks);
    list_members(coverage, blocks);
    return blocks;
}

BlockModel::BlockModel(const CoworkerTies& listed, const TieCoverage& coverage, const EmployeeBlocks& blocks)
    : listed_(listed),
      coverage_(coverage),
      blocks_(blocks),
      listed_stubs_(std::size_t{blocks.count} * blocks.count, 0),
      mixing_(listed_stubs_.size(), 1),
      rate_(blocks.of_employee.size(), 1),
      exposure_(blocks.of_employee.size(), 0),
      prior_shape_(kLargestShape) {
    count_listed_stubs();
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        sum_rates();
        fit_mixing();
        fit_rates();
    }
    sum_rates();
}

void BlockModel::count_listed_stubs() {
    for (std::uint32_t i = 0; i < rate_.size(); ++i)
        for (const std::uint32_t j : listed_.of(i))
            ++listed_stubs_[std::size_t{blocks_.of_employee[i]} * blocks_.count + blocks_.of_employee[j]];
}

void BlockModel::sum_rates() {
    sums_.assign(blocks_.count, {});
    for (std::uint32_t i = 0; i < rate_.size(); ++i) {
        BlockSums& sums = sums_[blocks_.of_employee[i]];
        const bool complete = coverage_.is_complete(i);
        (complete ? sums.complete : sums.incomplete) += rate_[i];
        (complete ? sums.complete_squares : sums.incomplete_squares) += rate_[i] * rate_[i];
    }
}

double BlockModel::missing_stubs(std::uint32_t g, std::uint32_t h) const {
    const double pairs = sums_[g].incomplete * sums_[h].incomplete - (g == h ? sums_[g].incomplete_squares : 0);
    return (1 - coverage_.share) * mixing_[std::size_t{g} * blocks_.count + h] * std::max(pairs, 0.0);
}

// At rho = 1; nobody is tied to themself, so their own product of rates is taken off.
double BlockModel::expected_listed_stubs(std::uint32_t g, std::uint32_t h) const {
    const double share = coverage_.share;
    const BlockSums &from = sums_[g], &to = sums_[h];
    const double self = g == h ? from.complete_squares + share * from.incomplete_squares : 0;
    return std::max(0.0, from.complete * (to.complete + to.incomplete) +
                             from.incomplete * (to.complete + share * to.incomplete) - self);
}

BlockModel::StubTotals BlockModel::stub_totals() const {
    StubTotals totals;
    for (std::uint32_t g = 0; g < blocks_.count; ++g)
        for (std::uint32_t h = 0; h < blocks_.count; ++h) {
            const double expected = expected_listed_stubs(g, h);
            totals.all_expected += expected;
            if (g != h) continue;
            totals.inside_listed += listed_stubs_[std::size_t{g} * blocks_.count + g];
            totals.inside_expected += expected;
        }
    return totals;
}

void BlockModel::fit_mixing() {
    const auto all_listed = static_cast<double>(listed_.coworkers.size());
    const StubTotals totals = stub_totals();
    const double scale = all_listed / totals.all_expected;  // moves the level into the rates, so that rho is about 1
    const double inside_expected = totals.inside_expected;
    const double across_expected = totals.all_expected - inside_expected;
    const bool any_across = totals.all_expected > inside_expected * (1 + 1e-12);  // more than rounding leaves
    const double inside = inside_expected > 0 ? totals.inside_listed / (inside_expected * scale) : 0;
    const double across = any_across ? (all_listed - totals.inside_listed) / (across_expected * scale) : 0;
    for (std::uint32_t g = 0; g < blocks_.count; ++g)
        for (std::uint32_t h = 0; h < blocks_.count; ++h) {
            const std::size_t at = std::size_t{g} * blocks_.count + h;
            mixing_[at] = (listed_stubs_[at] + kPseudoStubs * (g == h ? inside : across)) /
                          (expected_listed_stubs(g, h) * scale + kPseudoStubs);
        }
    const double root = std::sqrt(scale);
    for (double& rate : rate_) rate *= root;
    sum_rates();
}

void BlockModel::fit_rates() {
    set_exposures();
    fit_rate_prior();
    for (std::uint32_t i = 0; i < rate_.size(); ++i) rate_[i] = posterior_shape(i) / posterior_rate(i);
}

void BlockModel::set_exposures() {
    const std::size_t n = blocks_.count;
    std::vector<double> of_complete(n, 0), of_incomplete(n, 0);
    for (std::size_t g = 0; g < n; ++g)
        for (std::size_t h = 0; h < n; ++h) {
            const double mixing = mixing_[g * n + h];
            of_complete[g] += mixing * (sums_[h].complete + sums_[h].incomplete);
            of_incomplete[g] += mixing * (sums_[h].complete + coverage_.share * sums_[h].incomplete);
        }
    for (std::uint32_t i = 0; i < rate_.size(); ++i) {
        const std::size_t g = blocks_.of_employee[i];
        const bool complete = coverage_.is_complete(i);
        const double self = mixing_[g * n + g] * rate_[i] * (complete ? 1 : coverage_.share);
        exposure_[i] = std::max(0.0, (complete ? of_complete : of_incomplete)[g] - self);
    }
}

// By moments: what the degrees vary beyond chance is the prior's variance.
void BlockModel::fit_rate_prior() {
    double degrees = 0, exposures = 0;
    for (std::uint32_t i = 0; i < rate_.size(); ++i) {
        degrees += listed_.degree(i);
        exposures += exposure_[i];
    }
    prior_mean_ = degrees / exposures;
    double variance = 0, chance = 0, squares = 0;
    for (std::uint32_t i = 0; i < rate_.size(); ++i) {
        const double expected = exposure_[i] * prior_mean_, degree = listed_.degree(i);
        variance += (degree - expected) * (degree - expected);
        chance += expected * (1 - expected / static_cast<double>(rate_.size()));  // a pair is tied at most once
        squares += expected * expected;
    }
    prior_shape_ = variance > chance ? std::min(squares / (variance - chance), kLargestShape) : kLargestShape;
}

}  // namespace groundswell
