#include "world/ties/missing_tie_counts.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <cmath>
#include <numeric>
#include <string>

#include "core/checks.hpp"
#include "core/draws.hpp"

namespace groundswell {
namespace {

constexpr double kPseudoStubs = 1;          // weight of the law "own group or not" in the mixing of two groups
constexpr std::uint32_t kMostBlocks = 512;  // the smallest groups beyond share the last block
constexpr int kSweeps = 20;                 // of the fit; 10 and 60 complete real offices alike
constexpr double kLargestShape = 1e6;       // degrees that vary no more than chance

using Matrix = std::vector<double>;  // blocks x blocks

// Blocks are the groups that have anybody, the largest first where there are too many.
void assign_blocks(const std::vector<std::int32_t>& group, std::uint32_t groups, TiePlan& plan) {
    std::vector<std::uint32_t> size(groups + 1, 0), order(groups + 1), number(groups + 1);
    const auto code = [groups](std::int32_t g) { return g < 0 ? groups : static_cast<std::uint32_t>(g); };
    for (const std::int32_t g : group) ++size[code(g)];
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return size[a] > size[b]; });
    for (std::uint32_t place = 0; place <= groups; ++place) {
        number[order[place]] = std::min(place, kMostBlocks - 1);
        if (size[order[place]] > 0) plan.blocks = number[order[place]] + 1;
    }
    plan.block.resize(group.size());
    for (std::size_t i = 0; i < group.size(); ++i) plan.block[i] = number[code(group[i])];
}

void list_members(const TieCoverage& coverage, TiePlan& plan) {
    plan.members_begin.assign(plan.blocks + 1, 0);
    for (std::uint32_t i = 0; i < plan.block.size(); ++i)
        if (!coverage.is_complete(i)) ++plan.members_begin[plan.block[i] + 1];
    for (std::uint32_t b = 0; b < plan.blocks; ++b) plan.members_begin[b + 1] += plan.members_begin[b];
    plan.members.resize(plan.members_begin.back());
    std::vector<std::uint32_t> next(plan.members_begin.begin(), plan.members_begin.end() - 1);
    for (std::uint32_t i = 0; i < plan.block.size(); ++i)
        if (!coverage.is_complete(i)) plan.members[next[plan.block[i]]++] = i;
}

// Degree-corrected blocks on pairs that are listed with known probability: employees i, j of blocks g, h are tied at
// rate x_i x_j rho_gh. x has a Gamma prior, rho the prior that it depends on whether g = h.
class MixingFit {
public:
    MixingFit(const CoworkerTies& listed, const TieCoverage& coverage, const TiePlan& plan)
        : listed_(listed), coverage_(coverage), plan_(plan), n_(plan.blocks), stubs_(std::size_t{n_} * n_, 0) {
        const std::size_t employees = plan.block.size();
        for (std::uint32_t i = 0; i < employees; ++i)
            for (std::uint64_t at = listed.begin[i]; at < listed.begin[i + 1]; ++at)
                ++stubs_[plan.block[i] * n_ + plan.block[listed.coworkers[at]]];
        all_stubs_ = static_cast<double>(listed.coworkers.size());
        rho.assign(stubs_.size(), 1);
        x.assign(employees, 1);
        exposure.assign(employees, 0);
        for (int sweep = 0; sweep < kSweeps; ++sweep) {
            add_up();
            fit_mixing();
            fit_employees();
        }
        add_up();
    }

    // Expected missing stubs from block g to block h.
    double missing(std::uint32_t g, std::uint32_t h) const {
        const double pairs = open_[g] * open_[h] - (g == h ? open_squares_[g] : 0);
        return (1 - coverage_.share) * rho[g * n_ + h] * std::max(pairs, 0.0);
    }

    std::vector<double> x, exposure;
    Matrix rho;
    double shape = kLargestShape, mean = 1;

private:
    void add_up() {
        complete_.assign(n_, 0);
        open_.assign(n_, 0);
        complete_squares_.assign(n_, 0);
        open_squares_.assign(n_, 0);
        for (std::uint32_t i = 0; i < x.size(); ++i) {
            const bool complete = coverage_.is_complete(i);
            (complete ? complete_ : open_)[plan_.block[i]] += x[i];
            (complete ? complete_squares_ : open_squares_)[plan_.block[i]] += x[i] * x[i];
        }
    }

    // Stubs that would be listed from block g to block h at rho = 1.
    double expected(std::uint32_t g, std::uint32_t h) const {
        const double s = coverage_.share;
        const double self = g == h ? complete_squares_[g] + s * open_squares_[g] : 0;
        return std::max(0.0,
                        complete_[g] * (complete_[h] + open_[h]) + open_[g] * (complete_[h] + s * open_[h]) - self);
    }

    void fit_mixing() {
        double own = 0, own_expected = 0, all_expected = 0;
        for (std::uint32_t g = 0; g < n_; ++g)
            for (std::uint32_t h = 0; h < n_; ++h) {
                const double e = expected(g, h);
                all_expected += e;
                if (g != h) continue;
                own += stubs_[g * n_ + g];
                own_expected += e;
            }
        const double scale = all_stubs_ / all_expected;  // of the product of two x, so that rho is about 1
        const double inside = own_expected > 0 ? own / (own_expected * scale) : 0;
        const double outside = all_expected > own_expected * (1 + 1e-12)
                                   ? (all_stubs_ - own) / ((all_expected - own_expected) * scale)
                                   : 0;
        for (std::uint32_t g = 0; g < n_; ++g)
            for (std::uint32_t h = 0; h < n_; ++h)
                rho[g * n_ + h] = (stubs_[g * n_ + h] + kPseudoStubs * (g == h ? inside : outside)) /
                                  (expected(g, h) * scale + kPseudoStubs);
        const double root = std::sqrt(scale);
        for (double& value : x) value *= root;
        add_up();
    }

    void fit_employees() {
        Matrix reach(2 * n_, 0);  // by block: of who is complete, of the others
        for (std::size_t g = 0; g < n_; ++g)
            for (std::size_t h = 0; h < n_; ++h) {
                reach[2 * g] += rho[g * n_ + h] * (complete_[h] + open_[h]);
                reach[2 * g + 1] += rho[g * n_ + h] * (complete_[h] + coverage_.share * open_[h]);
            }
        double degrees = 0, exposures = 0;
        for (std::uint32_t i = 0; i < x.size(); ++i) {
            const std::uint32_t g = plan_.block[i];
            const bool complete = coverage_.is_complete(i);
            const double self = rho[g * n_ + g] * x[i] * (complete ? 1 : coverage_.share);
            exposure[i] = std::max(0.0, reach[2 * std::size_t{g} + (complete ? 0 : 1)] - self);
            degrees += listed_.degree(i);
            exposures += exposure[i];
        }
        mean = degrees / exposures;
        double variance = 0, chance = 0, squares = 0;
        for (std::uint32_t i = 0; i < x.size(); ++i) {
            const double e = exposure[i] * mean, d = listed_.degree(i);
            variance += (d - e) * (d - e);
            chance += e * (1 - e / static_cast<double>(x.size()));  // a pair is tied at most once
            squares += e * e;
        }
        shape = variance > chance ? std::min(squares / (variance - chance), kLargestShape) : kLargestShape;
        for (std::uint32_t i = 0; i < x.size(); ++i) x[i] = (shape + listed_.degree(i)) / (shape / mean + exposure[i]);
    }

    const CoworkerTies& listed_;
    const TieCoverage& coverage_;
    const TiePlan& plan_;
    std::size_t n_;
    Matrix stubs_;
    double all_stubs_ = 0;
    std::vector<double> complete_, open_, complete_squares_, open_squares_;  // sums over the blocks
};

// Pairs of each two blocks that can lack a tie and have none listed; the upper triangle.
Matrix open_pairs(const CoworkerTies& listed, const TieCoverage& coverage, const TiePlan& plan) {
    const std::size_t n = plan.blocks;
    Matrix pairs(n * n, 0);
    for (std::size_t g = 0; g < n; ++g)
        for (std::size_t h = g; h < n; ++h) {
            const double a = plan.members_begin[g + 1] - plan.members_begin[g];
            const double b = plan.members_begin[h + 1] - plan.members_begin[h];
            pairs[g * n + h] = g == h ? a * (a - 1) / 2 : a * b;
        }
    for (const std::uint32_t i : plan.members)
        for (std::uint64_t at = listed.begin[i]; at < listed.begin[i + 1]; ++at) {
            const std::uint32_t j = listed.coworkers[at];
            if (j < i || coverage.is_complete(j)) continue;
            pairs[std::min(plan.block[i], plan.block[j]) * n + std::max(plan.block[i], plan.block[j])] -= 1;
        }
    return pairs;
}

// Scales `ties` to sum to `total` with no entry above `room`: what an entry has no room for goes to the others in
// proportion.
void fit_into(const Matrix& room, double total, Matrix& ties) {
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

// Whole numbers with the same sum and the same means: a systematic sample from the start u. Where rounding up leaves
// no room, the tie goes to the next entry that has some.
std::vector<std::uint64_t> rounded(const Matrix& ties, const Matrix& room, std::uint64_t total, double u) {
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

std::uint64_t poisson(double mean, std::uint32_t word) {
    constexpr double kLargestByInversion = 500;
    const double u = unit(word);
    if (mean <= kLargestByInversion) return poisson_quantile(u, mean);
    return static_cast<std::uint64_t>(std::max(0.0, std::floor(mean + std::sqrt(mean) * normal_quantile(u) + .5)));
}

// Missing ties of each employee: Poisson, with a mean from the posterior of their rate, given their listed ties.
void draw_degrees(StreamKey key, const MixingFit& fit, const CoworkerTies& listed, TiePlan& plan) {
    plan.degrees.assign(plan.block.size(), 0);
    plan.expected.assign(plan.block.size(), 0);
    for (std::uint32_t g = 0; g < plan.blocks; ++g) {
        double stubs = static_cast<double>(plan.between(g, g)), rates = 0;
        for (std::uint32_t h = 0; h < plan.blocks; ++h) stubs += static_cast<double>(plan.between(g, h));
        for (std::uint32_t at = plan.members_begin[g]; at < plan.members_begin[g + 1]; ++at) {
            const std::uint32_t i = plan.members[at];
            boost::random::gamma_distribution<double> gamma(fit.shape + listed.degree(i),
                                                            1 / (fit.shape / fit.mean + fit.exposure[i]));
            PhiloxEngine engine(key, i, 1);
            plan.expected[i] = std::max(gamma(engine), 1e-9);
            rates += plan.expected[i];
        }
        for (std::uint32_t at = plan.members_begin[g]; at < plan.members_begin[g + 1]; ++at) {
            const std::uint32_t i = plan.members[at];
            plan.expected[i] *= stubs / rates;
            const std::uint64_t most = plan.block.size() - 1 - listed.degree(i);
            plan.degrees[i] = static_cast<std::uint32_t>(std::min(poisson(plan.expected[i], draw(key, i, 0)[0]), most));
        }
    }
}

// Missing ties, all in all: by the share where it says so, else by the fit.
double total_missing(const CoworkerTies& listed, const TieCoverage& coverage, const TiePlan& plan,
                     const MixingFit& fit) {
    double stubs = 0;
    if (coverage.share > 0) {
        for (const std::uint32_t i : plan.members)
            for (std::uint64_t at = listed.begin[i]; at < listed.begin[i + 1]; ++at)
                stubs += coverage.is_complete(listed.coworkers[at]) ? 0 : 1;
        return std::round(stubs / 2 * (1 - coverage.share) / coverage.share);
    }
    for (std::uint32_t g = 0; g < plan.blocks; ++g)
        for (std::uint32_t h = 0; h < plan.blocks; ++h) stubs += fit.missing(g, h);
    return std::round(stubs / 2);
}

}  // namespace

std::uint64_t TiePlan::total() const {
    std::uint64_t sum = 0;
    for (std::uint32_t g = 0; g < blocks; ++g)
        for (std::uint32_t h = g; h < blocks; ++h) sum += between(g, h);
    return sum;
}

TiePlan plan_missing_ties(const BuildContext& context, const CoworkerTies& listed, const TieCoverage& coverage,
                          const std::vector<std::int32_t>& group, std::uint32_t groups) {
    if (listed.coworkers.empty())
        throw InvalidInput("company.ties: no tie is listed, there is nothing to complete them from; leave ties out");
    TiePlan plan;
    assign_blocks(group, groups, plan);
    list_members(coverage, plan);
    const MixingFit fit(listed, coverage, plan);
    const std::size_t n = plan.blocks;
    const Matrix room = open_pairs(listed, coverage, plan);
    const double pairs = std::accumulate(room.begin(), room.end(), 0.0);
    const double total = total_missing(listed, coverage, plan, fit);
    if (coverage.share > 0 && total > pairs)
        reject("company.ties_coverage.share", coverage.share,
               "larger: it says that " + format_number(total) + " ties are missing, but only " + format_number(pairs) +
                   " pairs of employees have none listed");
    Matrix ties(n * n, 0);
    for (std::uint32_t g = 0; g < n; ++g)
        for (std::uint32_t h = g; h < n; ++h) ties[g * n + h] = fit.missing(g, h) / (g == h ? 2 : 1);
    const double wanted = std::min(total, pairs);
    fit_into(room, wanted, ties);
    const StreamKey key = context.key(Decision::tie_completion);
    plan.missing = rounded(ties, room, static_cast<std::uint64_t>(wanted), unit(draw(key, 0, 2)[0]));
    for (std::size_t g = 0; g < n; ++g)
        for (std::size_t h = 0; h < g; ++h) plan.missing[g * n + h] = plan.missing[h * n + g];
    draw_degrees(key, fit, listed, plan);
    return plan;
}

}  // namespace groundswell
