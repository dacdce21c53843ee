#include "model/posting.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace groundswell {
namespace {

TEST(PostIdentity, IsOfTheAuthorAndThePlaceAndNeverRepeats) {
    const std::uint64_t place = 5 * 65536ull + 2 * 16384ull + 2 * 4096ull + 7;
    EXPECT_EQ(post_identity(3, 5, Platform::instagram, Process::program, 7), combine(3, place) >> 1);
    std::set<std::uint64_t> seen;
    for (const std::uint64_t author : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
        for (const std::uint32_t day : {0u, 1u, 6999u})
            for (std::uint32_t platform = 0; platform < kPlatforms; ++platform)
                for (std::uint32_t process = 0; process < 4; ++process)
                    for (const std::uint32_t slot : {0u, 1u, kMaxSlots - 1})
                        EXPECT_TRUE(seen.insert(post_identity(author, day, static_cast<Platform>(platform),
                                                              static_cast<Process>(process), slot))
                                        .second);
}

TEST(Credibility, StartsAtOne) { EXPECT_EQ(Credibility(CredibilityParams{}).value(), 1); }

double of(double z) { return .5 + 1 / (1 + std::exp(-4 * z)); }

// Defaults: tolerance .3, slope 1, half-life 8 weeks, 5 pseudo posts, streak weight 1.5. So A = 0, S = 1.5, W = 5 at
// first.
TEST(Credibility, TwoDaysByHand) {
    const CredibilityParams params;
    Credibility c(params);
    c.begin_day(0, params);                  // no time has passed: nothing fades
    c.add_company_post(1.2, false, params);  // S 2.5, Ws 6, A .2, Wa 6
    c.add_company_post(.8, true, params);    // S 3.5, Ws 7, A 0, Wa 7
    c.add_company_post(.65, true, params);   // a streak: S 5, Ws 8.5, A -.35, Wa 8
    EXPECT_EQ(c.value(), 1) << "the day's posts count from the end of the day";
    c.end_day(params);
    EXPECT_NEAR(c.value(), of(-.35 / 8 - (5 / 8.5 - .3)), 1e-14);

    c.begin_day(56, params);               // a half-life later: all four halved: S 2.5, Ws 4.25, A -.175, Wa 4
    c.add_company_post(.8, true, params);  // the post before, 56 days ago, was promotional: S 4, Ws 5.75, A -.375, Wa 5
    c.add_other_post();                    // Ws 6.75
    c.add_company_post(1.0, true, params);  // no streak: S 5, Ws 7.75, A -.375, Wa 6
    c.end_day(params);
    EXPECT_NEAR(c.value(), of(-.375 / 6 - (5 / 7.75 - .3)), 1e-14);
}

TEST(Credibility, TheFirstDayFadesFromDayZero) {
    const CredibilityParams params;
    Credibility c(params);
    c.begin_day(112, params);               // two half-lives: S .375, W 1.25
    c.add_company_post(.8, false, params);  // S 1.375, Ws 2.25, A -.2, Wa 2.25
    c.end_day(params);
    EXPECT_NEAR(c.value(), of(-.2 / 2.25 - (1.375 / 2.25 - .3)), 1e-14);
}

// Fifty posts, of which every `of_which`-th is about the company, authentic.
double after_posts(int company_in_ten, bool promotional, double authenticity = 1,
                   const CredibilityParams& params = {}) {
    Credibility c(params);
    for (int day = 0; day < 50; ++day) {
        c.begin_day(day, params);
        if (day * 7 % 10 < company_in_ten)
            c.add_company_post(authenticity, promotional, params);
        else
            c.add_other_post();
        c.end_day(params);
    }
    return c.value();
}

TEST(Credibility, FallsWithTheShareOfCompanyPosts) {
    EXPECT_EQ(after_posts(0, false), 1);
    EXPECT_EQ(after_posts(2, false), 1) << "within the tolerance";
    double last = 1;
    for (const int share : {5, 6, 7, 8, 9, 10}) {
        EXPECT_LT(after_posts(share, false), last - .01) << share << " of 10";
        last = after_posts(share, false);
    }
    CredibilityParams flat;
    flat.credibility_slope = 0;
    EXPECT_EQ(after_posts(10, false, 1, flat), 1);
}

TEST(Credibility, StreaksOfPromotionCostMore) {
    EXPECT_LT(after_posts(7, true), after_posts(7, false) - .01);
    CredibilityParams none;
    none.streak_weight = 1;
    EXPECT_EQ(after_posts(7, true, 1, none), after_posts(7, false, 1, none));
}

TEST(Credibility, RisesWithAuthenticityAndStaysInItsRange) {
    EXPECT_GT(after_posts(2, false, 1.2), 1);
    EXPECT_LT(after_posts(2, false, .65), 1);
    EXPECT_GT(after_posts(10, true, -20), .5 - 1e-12);
    EXPECT_LT(after_posts(2, false, 20), 1.5 + 1e-12);
}

}  // namespace
}  // namespace groundswell
