#include "model/workforce.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <string>

#include "company.hpp"
#include "core/draws.hpp"
#include "core/errors.hpp"

namespace groundswell {
namespace {

Workforce complete(const WorkforceTable& table, const WorkforceParams& params, std::uint64_t seed, std::uint32_t world,
                   double connections_log_sd = 1) {
    return complete_workforce(table, params, 290, connections_log_sd, seed, world);
}

using testing::blank_table;
using testing::column;

constexpr std::uint32_t kMany = 20000;

double mean(const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double sd(const std::vector<double>& x) {
    double sum = 0;
    const double m = mean(x);
    for (const double v : x) sum += (v - m) * (v - m);
    return std::sqrt(sum / static_cast<double>(x.size()));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
    const double mx = mean(x), my = mean(y);
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mx) * (y[i] - my);
    return sum / static_cast<double>(x.size()) / (sd(x) * sd(y));
}

// The scores a column would have if its marginal is as stated: standardized logs, normal quantiles of Beta(2, 2).
std::vector<double> scores(const Workforce& w, Attribute a) {
    std::vector<double> z = w[a];
    if (a >= Attribute::satisfaction) {
        for (double& v : z) v = normal_quantile(v * v * (3 - 2 * v));
        return z;
    }
    for (double& v : z) v = std::log(v);
    const double m = mean(z), s = sd(z);
    for (double& v : z) v = (v - m) / s;
    return z;
}

WorkforceParams equal_multipliers() {
    WorkforceParams p;
    p.seniority_multiplier = {1, 1, 1, 1, 1};
    p.sales_multiplier = p.recruiter_multiplier = 1;
    return p;
}

std::string message_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return "nothing was thrown";
}

TEST(Workforce, GivenValuesStay) {
    WorkforceTable t = blank_table(50);
    t.department[3] = 5;
    t.seniority[4] = 4;
    column(t, Attribute::connections)[7] = 1234;
    column(t, Attribute::satisfaction)[8] = 1;  // the edge of its range
    column(t, Attribute::social_activity)[9] = 0;
    for (auto& c : t.attributes) c[10] = .5;
    column(t, Attribute::connections)[10] = 5;
    const Workforce w = complete(t, {}, 1, 0);
    EXPECT_EQ(w.department[3], 5);
    EXPECT_EQ(w.seniority[4], 4);
    for (std::size_t a = 0; a < kAttributes; ++a)
        for (std::size_t i = 0; i < 50; ++i) {
            EXPECT_FALSE(std::isnan(w.attributes[a][i]));
            if (!std::isnan(t.attributes[a][i])) {
                EXPECT_EQ(w.attributes[a][i], t.attributes[a][i]);
            }
        }
}

TEST(Workforce, AValueGivenToOneEmployeeChangesNobodyElse) {
    const WorkforceTable blank = blank_table(200);
    WorkforceTable one = blank;
    column(one, Attribute::satisfaction)[17] = .9;
    const Workforce a = complete(blank, {}, 1, 0), b = complete(one, {}, 1, 0);
    for (std::size_t k = 0; k < kAttributes; ++k)
        for (std::size_t i = 0; i < 200; ++i)
            if (i != 17) {
                EXPECT_EQ(a.attributes[k][i], b.attributes[k][i]);
            }
    EXPECT_NE(a[Attribute::willingness][17], b[Attribute::willingness][17]);
    EXPECT_EQ(a[Attribute::persuasion][17], b[Attribute::persuasion][17]);  // not correlated with satisfaction
}

TEST(Workforce, WorldsAndSeedsDiffer) {
    const WorkforceTable t = blank_table(100);
    const Workforce w = complete(t, {}, 1, 0);
    EXPECT_EQ(complete(t, {}, 1, 0).attributes, w.attributes);
    EXPECT_NE(complete(t, {}, 1, 1).attributes, w.attributes);
    EXPECT_NE(complete(t, {}, 2, 0).attributes, w.attributes);
    EXPECT_NE(complete(t, {}, 2, 0).department, w.department);
}

TEST(Workforce, CategoriesFollowTheShares) {
    const WorkforceTable t = blank_table(kMany);
    const Workforce w = complete(t, {}, 1, 0);
    for (std::int32_t d = 0; d < 7; ++d) {
        const double share = static_cast<double>(std::count(w.department.begin(), w.department.end(), d)) / kMany;
        EXPECT_NEAR(share, t.department_shares[static_cast<std::size_t>(d)], 4 * std::sqrt(.25 / kMany));
    }
    double people = 0, recruiters = 0;
    for (std::size_t i = 0; i < kMany; ++i) {
        EXPECT_EQ(w.function[i] == static_cast<std::int32_t>(JobFunction::sales), w.department[i] == 0);
        if (w.department[i] != 5) continue;
        people += 1;
        recruiters += w.function[i] == static_cast<std::int32_t>(JobFunction::recruiter) ? 1 : 0;
    }
    EXPECT_NEAR(recruiters / people, .4, 4 * std::sqrt(.24 / people));
}

// Standard errors: of a correlation at most 1/sqrt(n) = .007, of a mean of scores the same; tolerance four of them.
TEST(Workforce, MarginalsAndCorrelations) {
    const WorkforceParams p = equal_multipliers();
    const Workforce w = complete(blank_table(kMany), p, 1, 0);
    const double tolerance = 4 / std::sqrt(double{kMany});
    EXPECT_NEAR(mean(w[Attribute::social_activity]), 1, tolerance * sd(w[Attribute::social_activity]));
    EXPECT_NEAR(mean(w[Attribute::persuasion]), 1, tolerance * .54);
    EXPECT_NEAR(mean(w[Attribute::willingness]), .5, tolerance * .224);
    EXPECT_NEAR(sd(w[Attribute::willingness]), std::sqrt(.05), .005);
    std::array<std::vector<double>, kAttributes> z;
    for (std::size_t a = 0; a < kAttributes; ++a) z[a] = scores(w, static_cast<Attribute>(a));
    const std::vector<std::tuple<Attribute, Attribute, double>> stated = {
        {Attribute::connections, Attribute::social_activity, .3},
        {Attribute::persuasion, Attribute::susceptibility, -.2},
        {Attribute::sales_skill, Attribute::social_activity, .25},
        {Attribute::satisfaction, Attribute::product_belief, .5},
        {Attribute::satisfaction, Attribute::willingness, .4}};
    for (std::size_t a = 0; a < kAttributes; ++a)
        for (std::size_t b = 0; b < a; ++b) {
            double expected = 0;
            for (const auto& [x, y, r] : stated)
                if ((static_cast<std::size_t>(x) == a && static_cast<std::size_t>(y) == b) ||
                    (static_cast<std::size_t>(x) == b && static_cast<std::size_t>(y) == a))
                    expected = r;
            EXPECT_NEAR(correlation(z[a], z[b]), expected, tolerance)
                << kAttributeNames[a] << ", " << kAttributeNames[b];
        }
}

TEST(Workforce, MeanConnectionsOfTheCompany) {
    const Workforce w = complete(blank_table(kMany), {}, 1, 0);
    auto sorted = w[Attribute::connections];
    std::sort(sorted.begin(), sorted.end());
    const double average = mean(sorted);
    EXPECT_NEAR(average, 290, 4 * sd(sorted) / std::sqrt(double{kMany}));
    EXPECT_NEAR(average / sorted[kMany / 2], 1 / .61, .1);  // PARAMETERS: mean/median
    EXPECT_GE(sorted.front(), 1);
}

TEST(Workforce, MultipliersMultiply) {
    WorkforceTable t = blank_table(kMany);
    t.seniority.assign(kMany, 0);
    for (std::size_t i = 0; i < kMany / 2; ++i) t.seniority[i] = 4;
    t.function.assign(kMany, 0);
    const auto c = complete(t, {}, 1, 0)[Attribute::connections];
    const double executives = std::accumulate(c.begin(), c.begin() + kMany / 2, 0.0);
    const double individuals = std::accumulate(c.begin() + kMany / 2, c.end(), 0.0);
    EXPECT_NEAR(executives / individuals, 2.2, .25);
}

TEST(Workforce, DrawsAreConditionalOnWhatIsGiven) {
    const WorkforceParams p = equal_multipliers();
    WorkforceTable t = blank_table(kMany);
    const double two_sd = 290 * std::exp(-.5 + 2 * 1.0);  // score 2 of connections
    column(t, Attribute::connections).assign(kMany, std::floor(two_sd + .5));
    column(t, Attribute::satisfaction).assign(kMany, .5);  // score 0
    const Workforce w = complete(t, p, 1, 0);
    std::vector<double> activity = w[Attribute::social_activity];
    for (double& x : activity) x = (std::log(x) + .32) / .8;
    const double tolerance = 4 / std::sqrt(double{kMany});
    EXPECT_NEAR(mean(activity), .3 * 2, tolerance);
    EXPECT_NEAR(sd(activity), std::sqrt(1 - .09), tolerance);
    EXPECT_NEAR(sd(scores(w, Attribute::product_belief)), std::sqrt(1 - .25), tolerance);
    // The matrix states 0 between skill and connections: 0, not .25 * .3 by way of activity.
    EXPECT_NEAR(mean(scores(w, Attribute::sales_skill)), 0, tolerance);
}

TEST(Workforce, GivenConnectionsKeepTheirCorrelation) {
    const WorkforceParams p = equal_multipliers();
    WorkforceTable t = blank_table(kMany);
    const Workforce drawn = complete(t, p, 9, 0);
    column(t, Attribute::connections) = drawn[Attribute::connections];
    const Workforce w = complete(t, p, 1, 0);
    EXPECT_NEAR(correlation(scores(w, Attribute::connections), scores(w, Attribute::social_activity)), .3,
                4 / std::sqrt(double{kMany}));
}

TEST(Workforce, AnAttributeThatDoesNotVarySaysNothing) {
    const WorkforceParams p = equal_multipliers();
    WorkforceTable t = blank_table(20);
    column(t, Attribute::connections)[0] = 5000;
    const Workforce w = complete(t, p, 1, 0, 0), plain = complete(blank_table(20), p, 1, 0, 0);
    EXPECT_EQ(w[Attribute::connections][0], 5000);
    EXPECT_EQ(w[Attribute::connections][1], 290);
    EXPECT_EQ(w[Attribute::social_activity], plain[Attribute::social_activity]);
}

TEST(Workforce, CorrelationsMustBePossible) {
    WorkforceParams p;
    p.corr_connections_activity = p.corr_activity_persuasion = .9;
    p.corr_connections_persuasion = -.9;
    const std::string text = message_of([&] { complete(blank_table(10), p, 1, 0); });
    EXPECT_NE(text.find("workforce.corr_connections_persuasion = -0.9"), std::string::npos) << text;
    EXPECT_NE(text.find("positive definite"), std::string::npos) << text;
    p.corr_connections_persuasion = 1.5;
    EXPECT_NE(message_of([&] { complete(blank_table(10), p, 1, 0); }).find("between -1 and 1"), std::string::npos);
}

TEST(Workforce, BadInputIsNamed) {
    const auto complaint = [](const std::function<void(WorkforceTable&, WorkforceParams&)>& spoil) {
        WorkforceTable t = blank_table(10);
        WorkforceParams p;
        spoil(t, p);
        return message_of([&] { complete(t, p, 1, 0); });
    };
    const auto expect = [&](const std::string& part,
                            const std::function<void(WorkforceTable&, WorkforceParams&)>& spoil) {
        const std::string text = complaint(spoil);
        EXPECT_NE(text.find(part), std::string::npos) << text;
    };
    expect("company.attributes.satisfaction[4] = 1.2",
           [](auto& t, auto&) { column(t, Attribute::satisfaction)[4] = 1.2; });
    expect("company.attributes.connections[2] = 3.5",
           [](auto& t, auto&) { column(t, Attribute::connections)[2] = 3.5; });
    expect("company.attributes.persuasion[2] = -1", [](auto& t, auto&) { column(t, Attribute::persuasion)[2] = -1; });
    expect("company.department[1] = 7", [](auto& t, auto&) { t.department[1] = 7; });
    expect("company.seniority has 9 rows", [](auto& t, auto&) { t.seniority.pop_back(); });
    expect("company.region_shares sums to 0.8", [](auto& t, auto&) { t.region_shares = {.5, .3, 0}; });
    expect("company.employees = 0", [](auto& t, auto&) { t = blank_table(0); });
    expect("workforce.seniority_multiplier.manager = 0", [](auto&, auto& p) { p.seniority_multiplier.manager = 0; });
}

}  // namespace
}  // namespace groundswell
