#include "model/content.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "statistics.hpp"

namespace groundswell {
namespace {

constexpr std::uint64_t kItems = 200'000;
const StreamKey kAttributes_ = stream_key(5, 0, 0, Decision::item_attributes);
const StreamKey kAppeal = stream_key(5, 0, 0, Decision::item_appeal);

Item item_at(std::uint64_t identity, const KindValues& mix, const ContentParams& params = {}, bool page = false) {
    return draw_item(kAttributes_, kAppeal, identity, mix, page, params);
}

TEST(Item, KindsAreDrawnByInversionInOrder) {
    const ContentParams params;
    for (const KindValues& mix : {params.program_mix, params.page_mix}) {
        const auto shares = mix.array();
        for (std::uint64_t identity = 0; identity < 20'000; ++identity) {
            const double u = unit(draw(kAttributes_, identity)[0]);
            std::size_t expected = 0;
            for (double below = shares[0]; expected < 4 && u >= below; below += shares[expected]) ++expected;
            ASSERT_EQ(static_cast<std::size_t>(item_at(identity, mix).kind), expected) << "u = " << u;
        }
    }
}

TEST(Item, SharesAreThoseOfTheMix) {
    const ContentParams params;
    const auto shares = params.program_mix.array();
    std::array<double, kKinds> kinds{};
    double links = 0, deals = 0, calls = 0;
    for (std::uint64_t identity = 0; identity < kItems; ++identity) {
        const Item item = item_at(identity, params.program_mix);
        kinds[static_cast<std::size_t>(item.kind)] += 1;
        links += item.link ? 1 : 0;
        deals += item.deal ? 1 : 0;
        calls += item.call_to_action ? 1 : 0;
    }
    const double z = testing::bound(8);
    for (std::size_t k = 0; k < kKinds; ++k)
        EXPECT_LT(std::abs(testing::binomial_z(kinds[k], kItems, shares[k])), z) << kKindNames[k];
    EXPECT_LT(std::abs(testing::binomial_z(links, kItems, params.link_share)), z);
    EXPECT_LT(std::abs(testing::binomial_z(deals, kItems, params.deal_share)), z);
    EXPECT_LT(std::abs(testing::binomial_z(calls, kItems, params.call_to_action_share)), z);
}

TEST(Item, AShareOfZeroIsNeverDrawn) {
    const KindValues mix{.story = 0, .product = .5, .press_release = 0, .job = .5, .third_party = 0};
    for (std::uint64_t identity = 0; identity < 20'000; ++identity) {
        const Kind kind = item_at(identity, mix).kind;
        ASSERT_TRUE(kind == Kind::product || kind == Kind::job);
    }
}

// The logs of both appeals are normal, so their means, variances and correlation have known errors.
TEST(Item, AppealsHaveMeanOneAndTheirCorrelation) {
    ContentParams params;
    params.appeal_visibility_log_sd = 0;  // else they are divided by their mean over views
    params.appeal_reshare_log_sd = 1.3;
    const double sd_e = params.appeal_engage_log_sd, sd_s = params.appeal_reshare_log_sd;
    double mean_e = 0, mean_s = 0, var_e = 0, var_s = 0, cov = 0, appeal_e = 0, appeal_s = 0;
    for (std::uint64_t identity = 0; identity < kItems; ++identity) {
        const Item item = item_at(identity, params.program_mix, params);
        const double z_e = (std::log(item.appeal_engage) + sd_e * sd_e / 2) / sd_e;
        const double z_s = (std::log(item.appeal_reshare) + sd_s * sd_s / 2) / sd_s;
        mean_e += z_e / kItems;
        mean_s += z_s / kItems;
        var_e += z_e * z_e / kItems;
        var_s += z_s * z_s / kItems;
        cov += z_e * z_s / kItems;
        appeal_e += item.appeal_engage / kItems;
        appeal_s += item.appeal_reshare / kItems;
    }
    const double z = testing::bound(7), root = std::sqrt(static_cast<double>(kItems));
    EXPECT_LT(std::abs(mean_e) * root, z);
    EXPECT_LT(std::abs(mean_s) * root, z);
    EXPECT_LT(std::abs(var_e - 1) * root / std::sqrt(2.0), z);
    EXPECT_LT(std::abs(var_s - 1) * root / std::sqrt(2.0), z);
    const double rho = params.appeal_correlation;
    EXPECT_LT(std::abs(cov - rho) * root / std::sqrt(1 + rho * rho), z);
    EXPECT_LT(std::abs(appeal_e - 1) * root / std::sqrt(std::expm1(sd_e * sd_e)), z);
    EXPECT_LT(std::abs(appeal_s - 1) * root / std::sqrt(std::expm1(sd_s * sd_s)), z);
}

// Appeals for visibility and for engagement correlate as asked; resharing correlates with visibility through engagement
// alone, by the product of both correlations.
TEST(Item, VisibilityAppealHasMeanOneAndItsCorrelations) {
    const ContentParams params;
    for (const bool page : {false, true}) {
        const double sd_v = page ? params.appeal_visibility_page_log_sd : params.appeal_visibility_log_sd;
        double mean = 0, var = 0, appeal = 0, with_engage = 0, with_reshare = 0;
        for (std::uint64_t identity = 0; identity < kItems; ++identity) {
            const Item item = item_at(identity, params.program_mix, params, page);
            const double with = .7 * params.appeal_visibility_correlation * sd_v;
            const double sd_e = params.appeal_engage_log_sd, sd_s = params.appeal_reshare_log_sd;
            const double z_v = (std::log(item.appeal_visibility) + sd_v * sd_v / 2) / sd_v;
            const double z_e = (std::log(item.appeal_engage) + sd_e * sd_e / 2) / sd_e + with;
            const double z_s =
                (std::log(item.appeal_reshare) + sd_s * sd_s / 2) / sd_s + with * params.appeal_correlation;
            mean += z_v / kItems;
            var += z_v * z_v / kItems;
            appeal += item.appeal_visibility / kItems;
            with_engage += z_v * z_e / kItems;
            with_reshare += z_v * z_s / kItems;
        }
        const double z = testing::bound(10), root = std::sqrt(static_cast<double>(kItems));
        EXPECT_LT(std::abs(mean) * root, z);
        EXPECT_LT(std::abs(var - 1) * root / std::sqrt(2.0), z);
        EXPECT_LT(std::abs(appeal - 1) * root / std::sqrt(std::expm1(sd_v * sd_v)), z);
        const double rho = params.appeal_visibility_correlation, through = rho * params.appeal_correlation;
        EXPECT_LT(std::abs(with_engage - rho) * root / std::sqrt(1 + rho * rho), z);
        EXPECT_LT(std::abs(with_reshare - through) * root / std::sqrt(1 + through * through), z);
    }
}

// What a post does with its views has mean 1 over views, which rise with about the .7th power of visibility appeal.
TEST(Item, ReactionAppealsHaveMeanOneOverViews) {
    ContentParams params;
    params.appeal_reshare_log_sd = 1.2;  // 1.8 would need millions of items
    double views = 0, engage = 0, reshare = 0;
    for (std::uint64_t identity = 0; identity < kItems; ++identity) {
        const Item item = item_at(identity, params.program_mix, params);
        const double seen = std::pow(item.appeal_visibility, .7);
        views += seen;
        engage += seen * item.appeal_engage;
        reshare += seen * item.appeal_reshare;
    }
    EXPECT_NEAR(engage / views, 1, .02);
    EXPECT_NEAR(reshare / views, 1, .04);
}

// Without spread in visibility the other appeals are what they were before it existed, bit for bit.
TEST(Item, VisibilityAppealWithoutSpreadChangesNothing) {
    ContentParams params;
    params.appeal_visibility_log_sd = params.appeal_visibility_page_log_sd = 0;
    for (std::uint64_t identity = 0; identity < 1000; ++identity) {
        const Item item = item_at(identity, params.program_mix, params, identity % 2 == 0);
        const Block e = draw(kAppeal, identity);
        const double z1 = normal_quantile(unit(e[0])), z2 = normal_quantile(unit(e[1]));
        const double sd_e = params.appeal_engage_log_sd, sd_s = params.appeal_reshare_log_sd;
        const double rho = params.appeal_correlation;
        const double z_s = rho * z1 + std::sqrt(1.0 - rho * rho) * z2;
        EXPECT_EQ(item.appeal_visibility, 1);
        EXPECT_EQ(item.appeal_engage, ieee::exp(sd_e * z1 - sd_e * sd_e / 2.0));
        EXPECT_EQ(item.appeal_reshare, ieee::exp(sd_s * z_s - sd_s * sd_s / 2.0));
    }
}

TEST(Item, AppealWithoutSpreadIsOne) {
    ContentParams params;
    params.appeal_engage_log_sd = params.appeal_reshare_log_sd = 0;
    const Item item = item_at(3, params.program_mix, params);
    EXPECT_EQ(item.appeal_engage, 1);
    EXPECT_EQ(item.appeal_reshare, 1);
}

TEST(Item, TheMixDoesNotMoveTheOtherDraws) {
    const ContentParams params;
    for (std::uint64_t identity = 0; identity < 1000; ++identity) {
        const Item a = item_at(identity, params.program_mix), b = item_at(identity, params.page_mix);
        EXPECT_EQ(a.link, b.link);
        EXPECT_EQ(a.deal, b.deal);
        EXPECT_EQ(a.appeal_engage, b.appeal_engage);
        EXPECT_EQ(a.appeal_reshare, b.appeal_reshare);
    }
}

Item of_kind(Kind kind, bool deal = false) {
    return {.kind = kind,
            .link = false,
            .deal = deal,
            .call_to_action = false,
            .appeal_visibility = 1,
            .appeal_engage = 1,
            .appeal_reshare = 1};
}

TEST(Authenticity, Table) {
    const ContentParams p;
    const double verbatim[] = {.8, .8, .65, .8, .8}, own[] = {1.2, 1.0, 1.0, 1.0, 1.0};
    for (std::size_t k = 0; k < kKinds; ++k) {
        const Item item = of_kind(static_cast<Kind>(k));
        EXPECT_EQ(authenticity(item, false, p), verbatim[k]) << kKindNames[k];
        EXPECT_EQ(authenticity(item, true, p), own[k]) << kKindNames[k];
    }
}

TEST(Item, ProductsPressReleasesAndDealsArePromotional) {
    const bool expected[] = {false, true, true, false, false};
    for (std::size_t k = 0; k < kKinds; ++k) {
        EXPECT_EQ(of_kind(static_cast<Kind>(k)).promotional(), expected[k]) << kKindNames[k];
        EXPECT_TRUE(of_kind(static_cast<Kind>(k), true).promotional());
    }
}

}  // namespace
}  // namespace groundswell
