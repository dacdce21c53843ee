#include "world/ties/missing_tie_counts.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <cmath>
#include <numeric>

#include "core/checks.hpp"
#include "core/draws.hpp"

namespace groundswell {
namespace {

// Steps of the draws of Decision::tie_completion that count ties; those that make them begin above.
constexpr std::uint32_t kDegreeStep = 0, kRateStep = 1, kRoundingStep = 2;

// The pairs of each two blocks that can lack a tie and have none listed, in the upper triangle.
BlockMatrix untied_pairs(const CoworkerTies& listed, const TieCoverage& coverage, const EmployeeBlocks& blocks) {
    const std::size_t n = blocks.count;
    BlockMatrix pairs(n * n, 0);
    for (std::uint32_t g = 0; g < n; ++g)
        for (std::uint32_t h = g; h < n; ++h) {
            const auto from = static_cast<double>(blocks.members_of(g).size());
            const auto to = static_cast<double>(blocks.members_of(h).size());
            pairs[g * n + h] = g == h ? from * (from - 1) / 2 : from * to;
        }
    for (const std::uint32_t i : blocks.members)
        for (const std::uint32_t j : listed.of(i)) {
            if (j < i || coverage.is_complete(j)) continue;
            const auto [g, h] = std::minmax(blocks.of_employee[i], blocks.of_employee[j]);
            pairs[g * n + h] -= 1;
        }
    return pairs;
}

// Scales `ties` to sum to `total` with no entry above `room`. What an entry has no room for goes to the others in
// proportion, which can fill others in turn: hence the repetition.
void scale_into_room(const BlockMatrix& room, double total, BlockMatrix& ties) {
    std::vector<char> full(ties.size(), 0);
    for (bool again = true; again;) {
        again = false;
        double left = total, free = 0;
        for (std::size_t k = 0; k < ties.size(); ++k) full[k] ? left -= ties[k] : free += ties[k];
        if (!(free > 0)) return;
        for (std::size_t k = 0; k < ties.size(); ++k)
            if (!full[k]) ties[k] *= left / free;
        for (std::size_t k = 0; k < ties.size(); ++k)
            if (!full[k] && ties[k] >= room[k]) {
                full[k] = 1;
                again = again || ties[k] > room[k];
                ties[k] = room[k];
            }
    }
}

// Whole numbers with the same sum and the same means: a systematic sample that starts at u. Where rounding up leaves no
// room, the tie goes to the next entry that has some: first to one that expects ties, then to any.
std::vector<std::uint64_t> round_systematically(const BlockMatrix& ties, const BlockMatrix& room, std::uint64_t total,
                                                double u) {
    std::vector<std::uint64_t> whole(ties.size(), 0);
    double sum = u;
    std::uint64_t before = 0, made = 0;
    for (std::size_t k = 0; k < ties.size(); ++k) {
        sum += ties[k];
        const auto after = static_cast<std::uint64_t>(sum);
        whole[k] = std::min(after - before, static_cast<std::uint64_t>(room[k]));
        made += whole[k];
        before = after;
    }
    for (const bool anywhere : {false, true})
        for (std::size_t k = 0; k < ties.size() && made < total; ++k) {
            const std::uint64_t more = std::min(total - made, static_cast<std::uint64_t>(room[k]) - whole[k]);
            const std::uint64_t taken = anywhere ? more : std::min<std::uint64_t>(more, ties[k] > 0 ? 1 : 0);
            whole[k] += taken;
            made += taken;
        }
    return whole;
}

// By inversion up to the mean that poisson_quantile takes, beyond it by the normal law, which is as good there.
std::uint64_t poisson(double mean, std::uint32_t word) {
    constexpr double kLargestByInversion = 500;
    const double u = unit(word);
    if (mean <= kLargestByInversion) return poisson_quantile(u, mean);
    return static_cast<std::uint64_t>(std::max(0.0, std::floor(mean + std::sqrt(mean) * normal_quantile(u) + .5)));
}

// Means: draws from the posterior of each member's rate, scaled so that a block's members share its missing stubs.
void draw_expected_counts(StreamKey key, std::span<const std::uint64_t> draw_numbers, const BlockModel& model,
                          std::uint32_t block, MissingTieCounts& counts) {
    constexpr double kSmallestRate = 1e-9;
    double rates = 0;
    for (const std::uint32_t i : counts.blocks.members_of(block)) {
        boost::random::gamma_distribution<double> posterior(model.posterior_shape(i), 1 / model.posterior_rate(i));
        PhiloxEngine engine(key, draw_numbers[i], kRateStep);
        counts.expected_of_employee[i] = std::max(posterior(engine), kSmallestRate);
        rates += counts.expected_of_employee[i];
    }
    const double stubs = counts.stubs_of_block(block);
    for (const std::uint32_t i : counts.blocks.members_of(block)) counts.expected_of_employee[i] *= stubs / rates;
}

void draw_employee_counts(StreamKey key, std::span<const std::uint64_t> draw_numbers, const BlockModel& model,
                          const CoworkerTies& listed, MissingTieCounts& counts) {
    const std::size_t employees = counts.blocks.of_employee.size();
    counts.of_employee.assign(employees, 0);
    counts.expected_of_employee.assign(employees, 0);
    for (std::uint32_t block = 0; block < counts.blocks.count; ++block)
        draw_expected_counts(key, draw_numbers, model, block, counts);
    for (const std::uint32_t i : counts.blocks.members) {
        const std::uint64_t untied = employees - 1 - listed.degree(i);
        const std::uint64_t drawn = poisson(counts.expected_of_employee[i], draw(key, draw_numbers[i], kDegreeStep)[0]);
        counts.of_employee[i] = static_cast<std::uint32_t>(std::min(drawn, untied));
    }
}

// By the share where it says so, which needs no model; else as many as the model expects.
double total_missing(const CoworkerTies& listed, const TieCoverage& coverage, const EmployeeBlocks& blocks,
                     const BlockModel& model) {
    double stubs = 0;
    if (coverage.share > 0) {
        for (const std::uint32_t i : blocks.members)
            for (const std::uint32_t j : listed.of(i)) stubs += coverage.is_complete(j) ? 0 : 1;
        return std::round(stubs / 2 * (1 - coverage.share) / coverage.share);
    }
    for (std::uint32_t g = 0; g < blocks.count; ++g)
        for (std::uint32_t h = 0; h < blocks.count; ++h) stubs += model.missing_stubs(g, h);
    return std::round(stubs / 2);
}

// The total over the pairs of blocks, in proportion to what the model expects there; the upper triangle.
BlockMatrix spread_over_blocks(const BlockModel& model, const BlockMatrix& room, double total, std::uint32_t n) {
    BlockMatrix ties(room.size(), 0);
    for (std::uint32_t g = 0; g < n; ++g)
        for (std::uint32_t h = g; h < n; ++h)
            ties[std::size_t{g} * n + h] = model.missing_stubs(g, h) / (g == h ? 2 : 1);
    scale_into_room(room, total, ties);
    return ties;
}

}  // namespace

double MissingTieCounts::stubs_of_block(std::uint32_t g) const {
    auto stubs = static_cast<double>(between(g, g));
    for (std::uint32_t h = 0; h < blocks.count; ++h) stubs += static_cast<double>(between(g, h));
    return stubs;
}

std::uint64_t MissingTieCounts::total() const {
    std::uint64_t sum = 0;
    for (std::uint32_t g = 0; g < blocks.count; ++g)
        for (std::uint32_t h = g; h < blocks.count; ++h) sum += between(g, h);
    return sum;
}

MissingTieCounts draw_missing_tie_counts(const BuildContext& context, std::span<const std::uint64_t> draw_numbers,
                                         const CoworkerTies& listed, const TieCoverage& coverage,
                                         const std::vector<std::int32_t>& group, std::uint32_t groups) {
    if (listed.coworkers.empty())
        throw InvalidInput("company.ties: no tie is listed, there is nothing to complete them from; leave ties out");
    MissingTieCounts counts;
    counts.blocks = blocks_of_groups(coverage, group, groups);
    const BlockModel model(listed, coverage, counts.blocks);
    const BlockMatrix room = untied_pairs(listed, coverage, counts.blocks);
    const double pairs = std::accumulate(room.begin(), room.end(), 0.0);
    const double missing = total_missing(listed, coverage, counts.blocks, model);
    if (coverage.share > 0 && missing > pairs)
        reject("company.ties_coverage.share", coverage.share,
               "larger: it says that " + format_number(missing) + " ties are missing, but only " +
                   format_number(pairs) + " pairs of employees have none listed");
    const double total = std::min(missing, pairs);
    const StreamKey key = context.key(Decision::tie_completion);
    counts.between_blocks =
        round_systematically(spread_over_blocks(model, room, total, counts.blocks.count), room,
                             static_cast<std::uint64_t>(total), unit(draw(key, 0, kRoundingStep)[0]));
    for (std::uint32_t g = 0; g < counts.blocks.count; ++g)
        for (std::uint32_t h = 0; h < g; ++h) counts.between(g, h) = counts.between(h, g);
    draw_employee_counts(key, draw_numbers, model, listed, counts);
    return counts;
}

}  // namespace groundswell
