#include "model/audience.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numeric>
#include <set>
#include <string>

#include "company.hpp"
#include "core/errors.hpp"
#include "core/sampling.hpp"
#include "world/page_followers.hpp"
#include "world/persons.hpp"
#include "world/pools.hpp"
#include "world/ties/connections_by_category.hpp"
#include "world/viewer_activity.hpp"

namespace groundswell {
namespace {

constexpr CategoryCounts kNoCaps = {1u << 30, 1u << 30, 1u << 30, 1u << 30, 1u << 30, 1u << 30, 1u << 30};

std::uint64_t sum(const CategoryCounts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

TEST(Audience, TieWordHoldsItsParts) {
    for (const std::uint32_t person : {0u, 1u, 12345u, kMaxPersons - 1})
        for (const std::uint32_t c : {0u, 17u, 31u})
            for (const Strength s : {Strength::weak, Strength::strong, Strength::page}) {
                const TieWord tie = tie_word(person, c, s);
                EXPECT_EQ(tie_person(tie), person);
                EXPECT_EQ(tie_class(tie), c + 32 * static_cast<std::uint32_t>(s));
                EXPECT_EQ(tie_strength(tie), s);
                EXPECT_EQ(tie >> 31, 0u);  // the spare bit
            }
}

TEST(Audience, LevelsAreTheNearest) {
    for (std::uint32_t c = 0; c < 32; ++c) {
        EXPECT_NEAR(visibility_value(c), std::exp(-6.2 + .3 * c), 1e-14 * visibility_value(c));
        EXPECT_EQ(visibility_class(visibility_value(c)), c);
        EXPECT_EQ(visibility_class(visibility_value(c) * std::exp(.149)), c);
        EXPECT_EQ(visibility_class(visibility_value(c) * std::exp(-.149)), c);
    }
    for (std::uint32_t q = 0; q < 256; ++q) {
        EXPECT_EQ(trait_level(trait_value(q)), q);
        EXPECT_EQ(trait_level(trait_value(q) * std::exp(.0199)), q);
        EXPECT_EQ(trait_level(trait_value(q) * std::exp(-.0199)), q);
    }
    EXPECT_EQ(trait_value(128), 1.0);
    EXPECT_EQ(visibility_class(0), 0u);
    EXPECT_EQ(visibility_class(1e9), 31u);
    EXPECT_EQ(trait_level(0), 0u);
    EXPECT_EQ(trait_level(1e9), 255u);
}

TEST(Audience, IndexIsUniform) {
    EXPECT_EQ(index_below(0, 0, 10), 0u);
    EXPECT_EQ(index_below(~0u, ~0u, 10), 9u);
    EXPECT_EQ(index_below(~0u, ~0u, ~0u), ~0u - 1);
    EXPECT_EQ(index_below(0, 0x80000000u, 10), 5u);
    EXPECT_EQ(index_below(0, 0x7FFFFFFFu, 10), 4u);
}

TEST(Audience, IdSetFindsRepeats) {
    IdSet set;
    for (const std::size_t room : {0u, 1u, 100u, 3u}) {  // the last one reuses the table of the larger
        set.reset(room);
        for (std::uint32_t id = 0; id < room; ++id) EXPECT_TRUE(set.insert(id * 65536));
        for (std::uint32_t id = 0; id < room; ++id) EXPECT_FALSE(set.insert(id * 65536));
    }
}

TEST(Audience, SplitIsByLargestRemainders) {
    const std::array<double, kSegments> mix = {.5, .3, .2, 0, 0, 0, 0};
    EXPECT_EQ(split_by_mix(10, mix, kNoCaps).counts, (CategoryCounts{5, 3, 2, 0, 0, 0, 0}));
    EXPECT_EQ(split_by_mix(1, mix, kNoCaps).counts, (CategoryCounts{1, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(split_by_mix(4, mix, kNoCaps).counts, (CategoryCounts{2, 1, 1, 0, 0, 0, 0}));  // .0 .2 .8
    EXPECT_EQ(split_by_mix(0, mix, kNoCaps).counts, CategoryCounts{});
    for (std::uint32_t n = 0; n < 3000; n = n * 5 / 4 + 1) {
        const auto split = split_by_mix(n, PlatformAudienceParams{}.mix.array(), kNoCaps);
        EXPECT_EQ(sum(split.counts), n);
        EXPECT_EQ(split.moved + split.unplaced, 0u);
        for (std::size_t s = 0; s < kSegments; ++s)
            EXPECT_LT(std::abs(split.counts[s] - n * PlatformAudienceParams{}.mix.array()[s]), 1);
    }
}

TEST(Audience, ACappedCategoryGivesToTheOthersInProportion) {
    const std::array<double, kSegments> mix = {.5, .3, .2, 0, 0, 0, 0};
    const ConnectionSplit split = split_by_mix(100, mix, {10, 1000, 1000, 0, 0, 0, 0});
    EXPECT_EQ(split.counts, (CategoryCounts{10, 54, 36, 0, 0, 0, 0}));
    EXPECT_EQ(split.moved, 40u);
    // The redistribution caps the next one too.
    EXPECT_EQ(split_by_mix(100, mix, {10, 50, 1000, 0, 0, 0, 0}).counts, (CategoryCounts{10, 50, 40, 0, 0, 0, 0}));
    const ConnectionSplit full = split_by_mix(100, mix, {10, 20, 30, 99, 99, 99, 99});
    EXPECT_EQ(full.counts, (CategoryCounts{10, 20, 30, 0, 0, 0, 0}));
    EXPECT_EQ(full.unplaced, 40u);
}

TEST(Audience, CapsAreHalfOfThePoolRoundedUp) {
    EXPECT_EQ(category_caps({50, 9, 0, 1, 2, 0, 0}), (CategoryCounts{25, 5, 0, 1, 1, 0, 0}));
    EXPECT_EQ(category_caps({1, 0, 0, 0, 0, 0, 0})[0], 0u);  // nobody but oneself
    EXPECT_EQ(category_caps({0, 4294967295u, 0, 0, 0, 0, 0})[1], 2147483648u);
}

TEST(Audience, PoolsScaleWithTheCompany) {
    const AudienceParams params;
    EXPECT_EQ(pool_bounds(1000, params), (SegmentBounds{0, 1000, 4000, 64000, 104000, 144000, 264000, 324000}));
    EXPECT_EQ(pool_bounds(2, params), (SegmentBounds{0, 2, 302, 6302, 10302, 14302, 26302, 32302}));  // as for 100
    EXPECT_EQ(pool_bounds(200, params)[1], 200u);
    EXPECT_EQ(pool_bounds(200, params)[2], 796u);  // 3,000 per 1,000 of a step at 198.5
}

TEST(Audience, TooManyPersonsAreRefused) {
    AudienceParams params;
    params.pool = {
        .employee = 0, .alumni = 0, .buyer = 0, .peer = 0, .talent = 0, .personal = kMaxPersons - 1001.0, .other = 0};
    EXPECT_EQ(pool_bounds(1000, params)[kSegments], kMaxPersons - 1);
    params.pool.personal += 1;
    try {
        pool_bounds(1000, params);
        FAIL() << "accepted";
    } catch (const InvalidInput& error) {
        EXPECT_NE(std::string(error.what()).find("audience.pool.personal"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("16777216"), std::string::npos) << error.what();
    }
    EXPECT_THROW(pool_bounds(1u << 24, params), InvalidInput);
}

TEST(Audience, HeadcountsAreSteppedThroughTheTenfolds) {
    for (const double tenfold : {1.0, 10.0, 100.0, 1000.0, 10000.0, 100000.0}) EXPECT_EQ(stepped(tenfold), tenfold);
    std::set<double> steps;
    for (int n = 1000; n < 2000; ++n) {
        EXPECT_NEAR(stepped(n) / n, 1, .0253) << n;
        EXPECT_LE(stepped(n), stepped(n + 1)) << n;
        steps.insert(stepped(n));
    }
    EXPECT_EQ(steps.size(), 15u);  // 47 log10(2) = 14.1 steps, both ends
    EXPECT_EQ(pool_bounds(1010, {})[2] - 1010, pool_bounds(1000, {})[2] - 1000);
}

TEST(Audience, HowManyEmployeesArePossibleIsSaid) {
    const AudienceParams params;
    const std::string text = testing::message_of([&] { pool_bounds(1'000'000, params); });
    const std::string words = "with these pools a company has at most ";
    ASSERT_NE(text.find(words), std::string::npos) << text;
    const auto most = static_cast<std::uint32_t>(std::stoul(text.substr(text.find(words) + words.size())));
    EXPECT_GT(most, 40'000u);
    EXPECT_LT(pool_bounds(most, params)[kSegments], kMaxPersons);
    EXPECT_THROW(pool_bounds(most + 1, params), InvalidInput);
}

TEST(Audience, BlocksPartitionThePoolInProportion) {
    std::vector<std::int32_t> codes(1000, 0);  // 100 of group 0, 10 of group 1, none of group 2, 890 of group 3
    std::fill(codes.begin() + 100, codes.begin() + 110, 1);
    std::fill(codes.begin() + 110, codes.end(), 3);
    const GroupBlocks blocks(codes, 4);
    std::uint32_t end = 0;
    for (std::int32_t group = 0; group < 4; ++group) {
        EXPECT_EQ(blocks.of(group, 80'000).begin, end);
        end = blocks.of(group, 80'000).end;
    }
    EXPECT_EQ(end, 80'000u);
    EXPECT_NEAR(blocks.of(0, 80'000).size(), 8000, 200);
    EXPECT_NEAR(blocks.of(1, 80'000).size(), 800, 20);
    EXPECT_EQ(blocks.of(2, 80'000).size(), 0u);
    EXPECT_EQ(blocks.of(3, 4'000'000'000u).end, 4'000'000'000u);
}

class Persons : public ::testing::Test {
protected:
    static constexpr std::uint32_t kEmployees = 1000;
    AudienceParams params;
    PlatformAudiences platforms{PlatformAudienceParams{}};
    SegmentBounds bounds = pool_bounds(kEmployees, params);
    BuildContext context{7, 0, 2, nullptr};
    Workforce workforce = [] {
        Workforce w;
        for (auto& column : w.attributes) column.assign(kEmployees, 2.0);
        return w;
    }();
    std::vector<std::uint64_t> numbers = draw_numbers_or_rows({}, kEmployees);
    std::vector<PersonTraits> persons() { return draw_persons(context, bounds, params, platforms, workforce, numbers); }
};

TEST_F(Persons, LawsHold) {
    const auto all = persons();
    const auto mean_affinity = params.affinity.array();
    for (std::size_t s = 1; s < kSegments; ++s) {
        double sum_f = 0, sum_c = 0, sum_p = 0;
        for (std::uint32_t p = bounds[s]; p < bounds[s + 1]; ++p) {
            sum_f += trait_value(all[p].affinity);
            sum_c += trait_value(all[p].susceptibility);
            sum_p += trait_value(all[p].propensity);
        }
        const double n = bounds[s + 1] - bounds[s];
        // The log-sd .6 in blocks of 31 has an effective number of n / (1 + .5 * 30): standard error .66 / sqrt of it.
        EXPECT_NEAR(sum_f / n / mean_affinity[s], 1, 4 * .66 / std::sqrt(n / 16)) << kSegmentNames[s];
        EXPECT_NEAR(sum_c / n, 1, 4 * .54 / std::sqrt(n)) << kSegmentNames[s];
        EXPECT_NEAR(sum_p / n, 1, 4 * 1.8 / std::sqrt(n)) << kSegmentNames[s];
    }
    EXPECT_EQ(all[3].susceptibility, trait_level(2.0));  // an employee's own attribute
}

TEST_F(Persons, AffinityIsSharedInBlocks) {
    const auto all = persons();
    double within = 0, variance = 0, pairs = 0;
    const std::size_t pool = static_cast<std::size_t>(Segment::personal);
    const double mean_log = std::log(.5) - .18;
    for (std::uint32_t p = bounds[pool]; p + 31 <= bounds[pool + 1]; p += 31) {
        const double a = std::log(trait_value(all[p].affinity)) - mean_log;
        const double b = std::log(trait_value(all[p + 30].affinity)) - mean_log;
        within += a * b;
        variance += (a * a + b * b) / 2;
        pairs += 1;
    }
    EXPECT_NEAR(variance / pairs, .36, .03);
    EXPECT_NEAR(within / variance, .5, 4 / std::sqrt(pairs));
}

TEST_F(Persons, VisibilityIsActivityTimesAffinity) {
    params.affinity_log_sd = 0;
    params.affinity_visible = 0;
    double sum_s = 0, sum_squares = 0;
    for (const auto& p : persons()) {
        sum_s += visibility_value(p.visibility[0]);
        sum_squares += visibility_value(p.visibility[0]) * visibility_value(p.visibility[0]);
    }
    const double n = bounds[kSegments], mean = sum_s / n;
    EXPECT_NEAR(mean, 1, .02);                                              // classes of .3 widen the mean by 1 %
    EXPECT_NEAR(mean * mean / (sum_squares / n - mean * mean), .47, .015);  // shape of the Gamma
    params.affinity_visible = 1;
    params.affinity.buyer = 2;
    const auto visible = persons();
    double buyers = 0;
    for (std::uint32_t p = bounds[2]; p < bounds[3]; ++p) buyers += visibility_value(visible[p].visibility[0]);
    EXPECT_NEAR(buyers / (bounds[3] - bounds[2]), 2, .05);
}

TEST_F(Persons, AnotherActivityLawLeavesTheOtherTraits) {
    const auto before = persons();
    platforms[0]->activity_shape = 2;
    const auto after = persons();
    bool differs = false;
    for (std::size_t p = 0; p < before.size(); ++p) {
        ASSERT_EQ(before[p].affinity, after[p].affinity);
        ASSERT_EQ(before[p].propensity, after[p].propensity);
        differs = differs || before[p].visibility[0] != after[p].visibility[0];
    }
    EXPECT_TRUE(differs);
}

// The law of an activity, and the correlation of normal scores between any two platforms.
TEST_F(Persons, ActivitiesOfTwoPlatformsAreCorrelated) {
    params.affinity_visible = 0;
    const std::array<double, kPlatforms> shapes = {.47, .8, 1.5, .47};
    std::vector<ActivityLaw> laws;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        platforms[p].emplace().activity_shape = shapes[p];
        laws.emplace_back(shapes[p]);
    }
    for (const double correlation : {0., .5, 1.}) {
        params.activity_across_platforms = correlation;
        const auto all = persons();
        const double n = bounds[kSegments];
        std::array<double, kPlatforms> mean{}, square{};
        std::array<std::array<double, kPlatforms>, kPlatforms> product{};
        for (const auto& person : all) {
            std::array<double, kPlatforms> score{};
            for (std::size_t p = 0; p < kPlatforms; ++p) {
                const double a = visibility_value(person.visibility[p]);
                mean[p] += a / n;
                square[p] += a * a / n;
                score[p] = laws[p].score(std::log(a));
            }
            for (std::size_t p = 0; p < kPlatforms; ++p)
                for (std::size_t q = 0; q < kPlatforms; ++q) product[p][q] += score[p] * score[q] / n;
        }
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            EXPECT_NEAR(mean[p], 1, .02) << p;
            EXPECT_NEAR(mean[p] * mean[p] / (square[p] - mean[p] * mean[p]), shapes[p], .04 * shapes[p]) << p;
            // The lowest class takes in the smallest 4 % of a Gamma of shape .47: scores are a little too high there.
            for (std::size_t q = 0; q < p; ++q)
                EXPECT_NEAR(product[p][q] / std::sqrt(product[p][p] * product[q][q]), correlation, .02) << p << q;
        }
    }
}

TEST_F(Persons, AnotherPlatformLeavesLinkedInAsItIs) {
    const auto before = persons();
    platforms[2].emplace();
    const auto after = persons();
    for (std::size_t p = 0; p < before.size(); ++p) {
        ASSERT_EQ(before[p].visibility[0], after[p].visibility[0]);
        ASSERT_EQ(before[p].affinity, after[p].affinity);
    }
}

TEST_F(Persons, PresenceHasItsShares) {
    platforms[1].emplace().presence.buyer = .3;
    platforms[3].emplace().presence.buyer = .6;
    const auto all = persons();
    double first = 0, second = 0, both = 0;
    for (std::uint32_t p = bounds[2]; p < bounds[3]; ++p) {
        EXPECT_TRUE(all[p].present(0));
        EXPECT_FALSE(all[p].present(2));  // off
        first += all[p].present(1) ? 1 : 0;
        second += all[p].present(3) ? 1 : 0;
        both += all[p].present(1) && all[p].present(3) ? 1 : 0;
    }
    const double n = bounds[3] - bounds[2];
    EXPECT_NEAR(first / n, .3, 4 * std::sqrt(.21 / n));
    EXPECT_NEAR(second / n, .6, 4 * std::sqrt(.24 / n));
    EXPECT_NEAR(both / n, .18, 4 * std::sqrt(.15 / n));  // independent
}

TEST(ActivityLaw, IsTheGammaLaw) {
    for (const double shape : {.01, .1, .47, 1., 3., 1000.}) {
        const ActivityLaw law(shape);
        for (const double z : {-6., -2.5, -.3, 0., 1.2, 4.4, 6.}) {
            const double log_value = law.log_value(z);
            EXPECT_NEAR(law.score(log_value), z, 1e-6) << shape;
            const double x = std::exp(log_value) * shape;
            if (x < 1e-290) continue;
            const double p = z < 0 ? boost::math::gamma_p(shape, x) : boost::math::gamma_q(shape, x);
            EXPECT_NEAR(p / (.5 * std::erfc(std::fabs(z) / std::sqrt(2))), 1, 2e-4) << shape << " " << z;
        }
    }
    const ActivityLaw exponential(1);
    EXPECT_NEAR(exponential.log_value(0), std::log(std::log(2)), 1e-9);
}

TEST_F(Persons, FollowersAreDrawnByAffinity) {
    World world;
    world.employees = kEmployees;
    world.segment_begin = bounds;
    world.draw_numbers = numbers;
    world.persons = persons();
    auto& all = world.persons;
    for (std::uint32_t i = 0; i < kEmployees; ++i) all[i].presence = 1;  // as their ties would tell
    const auto mean_of = [&](const std::vector<std::uint32_t>& who) {
        double total = 0;
        for (const std::uint32_t p : who) total += trait_value(all[p].affinity);
        return total / static_cast<double>(who.size());
    };
    std::vector<std::uint32_t> everybody(all.size());
    std::iota(everybody.begin(), everybody.end(), 0u);
    const auto blind = choose_followers(context, world, Platform::linkedin, 20000, 0),
               keen = choose_followers(context, world, Platform::linkedin, 20000, 1);
    EXPECT_EQ(std::set<std::uint32_t>(keen.begin(), keen.end()).size(), 20000u);
    EXPECT_TRUE(std::is_sorted(keen.begin(), keen.end()));
    EXPECT_NEAR(mean_of(blind) / mean_of(everybody), 1, .02);
    // A small group chosen with odds f has mean E f^2 / E f, a little less as those with large f run out.
    double squares = 0;
    for (const auto& p : all) squares += trait_value(p.affinity) * trait_value(p.affinity);
    const double limit = squares / static_cast<double>(all.size()) / mean_of(everybody);
    EXPECT_LT(mean_of(keen), limit * 1.02);
    EXPECT_GT(mean_of(keen), limit * .9);
    // A larger group contains the smaller one.
    const auto more = choose_followers(context, world, Platform::linkedin, 30000, 1);
    EXPECT_TRUE(std::includes(more.begin(), more.end(), keen.begin(), keen.end()));
    EXPECT_EQ(choose_followers(context, world, Platform::linkedin, bounds[kSegments], 1), everybody);
    // Only who is on the platform.
    for (std::uint32_t p = 0; p < all.size(); p += 2) all[p].presence = 0;
    for (const std::uint32_t p : choose_followers(context, world, Platform::linkedin, 40000, 1)) EXPECT_EQ(p % 2, 1u);
    EXPECT_EQ(choose_followers(context, world, Platform::linkedin, bounds[kSegments], 1).size(), all.size() / 2);
    EXPECT_TRUE(choose_followers(context, world, Platform::x, 10, 1).empty());
}

}  // namespace
}  // namespace groundswell
