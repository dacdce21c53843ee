#include "world/page_followers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {
namespace {

using RankedPerson = std::pair<double, std::uint32_t>;  // the smaller the number, the sooner the person follows

// affinity^-exponent by level of affinity.
std::array<double, 256> follower_weights(double exponent) {
    std::array<double, 256> weight{};
    for (std::uint32_t level = 0; level < weight.size(); ++level)
        weight[level] = ieee::pow(trait_value(level), -exponent);
    return weight;
}

// The rank of each person present on the platform. It does not depend on the number of followers, so that a page with
// more of them has those of a page with fewer.
std::vector<RankedPerson> rank_present_persons(const BuildContext& context, const World& world, Platform platform,
                                               double exponent) {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    const StreamKey key = context.key(Decision::page_followers);
    const auto p = static_cast<std::size_t>(platform);
    const std::array<double, 256> weight = follower_weights(exponent);
    std::vector<RankedPerson> ranked(world.persons.size());
    over_chunks(context, 0, world.person_count(), [&](std::uint32_t begin, std::uint32_t end, int) {
        for (std::uint32_t person = begin; person < end; ++person) {
            const PersonTraits& traits = world.persons[person];
            const double rank =
                traits.present(p) ? -ieee::log(unit(draw(key, world.draw_number(person))[p])) * weight[traits.affinity]
                                  : kNever;
            ranked[person] = {rank, person};
        }
    });
    std::erase_if(ranked, [](const RankedPerson& r) { return std::isinf(r.first); });
    return ranked;
}

void warn_of_missing_followers(std::uint64_t missing, std::size_t persons, std::size_t platform, World& world) {
    world.warnings.push_back({"followers_cut",
                              "the page has " + std::to_string(missing) + " followers more than there are persons (" +
                                  std::to_string(persons) + ", audience.pool) on " +
                                  std::string(kPlatformNames[platform]) + "; everybody follows it",
                              missing});
}

}  // namespace

std::vector<std::uint32_t> choose_followers(const BuildContext& context, const World& world, Platform platform,
                                            std::uint32_t count, double exponent) {
    std::vector<RankedPerson> ranked = rank_present_persons(context, world, platform, exponent);
    const auto earlier = [&world](const RankedPerson& a, const RankedPerson& b) {
        return a.first != b.first ? a.first < b.first : world.draw_number(a.second) < world.draw_number(b.second);
    };
    count = std::min(count, static_cast<std::uint32_t>(ranked.size()));
    if (count < ranked.size())
        std::nth_element(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end(), earlier);
    std::vector<std::uint32_t> followers(count);
    for (std::uint32_t k = 0; k < count; ++k) followers[k] = ranked[k].second;
    std::sort(followers.begin(), followers.end());
    return followers;
}

std::vector<TieWord> page_row(const BuildContext& context, std::int64_t given, std::uint64_t employee_ties,
                              const WorldParams& params, Platform platform, World& world) {
    const auto p = static_cast<std::size_t>(platform);
    const double per_follower = params.platforms[p]->connections_per_follower;
    const double wanted =
        given >= 0 ? static_cast<double>(given) : std::floor(static_cast<double>(employee_ties) / per_follower + 0.5);
    const auto count = static_cast<std::uint32_t>(std::min(wanted, static_cast<double>(world.person_count())));
    const auto followers =
        choose_followers(context, world, platform, count, params.audience.follower_affinity_exponent);
    if (static_cast<double>(followers.size()) < wanted)
        warn_of_missing_followers(static_cast<std::uint64_t>(wanted) - followers.size(), followers.size(), p, world);
    std::vector<TieWord> row;
    row.reserve(followers.size());
    for (const std::uint32_t person : followers)
        row.push_back(tie_word(person, world.persons[person].visibility[p], Strength::page));
    return row;
}

}  // namespace groundswell
