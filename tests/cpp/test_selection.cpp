#include "levers/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "helpers.hpp"
#include "levers/settings.hpp"

namespace groundswell {
namespace {

using testing::message_of;

struct SelectionTest : ::testing::Test {
    World world = testing::small_world();
    Selection rule;

    std::vector<std::uint32_t> picked() const {
        std::vector<std::uint32_t> people;
        for (const Selected& one : select_employees(world, rule)) people.push_back(one.employee);
        return people;
    }
    double connections(std::uint32_t i) const { return static_cast<double>(world.graphs[0].row(i).size()); }
};

TEST_F(SelectionTest, EverybodyInTheOrderOfActiveAdvocates) {
    EXPECT_EQ(picked(), world.advocate_order);
    rule.size = 7;
    EXPECT_EQ(picked(), std::vector<std::uint32_t>(world.advocate_order.begin(), world.advocate_order.begin() + 7));
}

TEST_F(SelectionTest, OrdersGoByTheirAttribute) {
    const auto falls = [&](SelectionOrder order, auto value) {
        rule.order = order;
        const auto people = picked();
        EXPECT_EQ(people.size(), world.employees);
        EXPECT_TRUE(std::is_sorted(people.begin(), people.end(),
                                   [&](std::uint32_t a, std::uint32_t b) { return value(a) > value(b); }));
    };
    const auto attribute = [&](Attribute a) { return [this, a](std::uint32_t i) { return world.workforce[a][i]; }; };
    falls(SelectionOrder::connections, [&](std::uint32_t i) { return connections(i); });
    falls(SelectionOrder::activity, attribute(Attribute::social_activity));
    falls(SelectionOrder::persuasion, attribute(Attribute::persuasion));
    falls(SelectionOrder::willingness, attribute(Attribute::willingness));
}

TEST_F(SelectionTest, ReadinessIsTheProductOfItsFactors) {
    rule.order = SelectionOrder::readiness;
    rule.goal = Goal::deals;
    rule.weights = {.fit = 1, .influence = .5, .willingness = 2, .readiness = 0};
    const auto people = select_employees(world, rule);
    for (std::size_t k = 0; k < people.size(); ++k) {
        const Selected& one = people[k];
        double buyers = 0;
        for (const TieWord tie : world.graphs[0].row(one.employee))
            buyers += testing::segment_of(world, tie_person(tie)) == static_cast<std::size_t>(Segment::buyer) ? 1 : 0;
        EXPECT_DOUBLE_EQ(one.fit, buyers / connections(one.employee));
        const double willingness = world.workforce[Attribute::willingness][one.employee];
        const double persuasion = world.workforce[Attribute::persuasion][one.employee];
        EXPECT_NEAR(one.score, one.fit * std::sqrt(persuasion) * willingness * willingness, 1e-12);
        if (k > 0) {
            EXPECT_GE(people[k - 1].score, one.score);
        }
    }
}

TEST_F(SelectionTest, FiltersKeepThoseWhoPassAll) {
    rule.departments = {0, 2};
    rule.connections_above = 40;
    rule.willingness_above = .4;
    std::vector<std::uint32_t> wanted;
    for (const std::uint32_t i : world.advocate_order)
        if ((world.workforce.department[i] == 0 || world.workforce.department[i] == 2) && connections(i) > 40 &&
            world.workforce[Attribute::willingness][i] > .4)
            wanted.push_back(i);
    EXPECT_EQ(picked(), wanted);
    rule.connections_above = 1e9;  // nobody
    EXPECT_TRUE(picked().empty());
}

TEST_F(SelectionTest, QuotasAreExactOrRefused) {
    const auto department = [&](std::uint32_t i) { return world.workforce.department[i]; };
    const std::int32_t first = department(world.advocate_order[0]);
    const auto there =
        static_cast<std::uint32_t>(std::count_if(world.advocate_order.begin(), world.advocate_order.end(),
                                                 [&](std::uint32_t i) { return department(i) == first; }));
    rule.quotas = {{first, there}};
    EXPECT_EQ(picked().size(), there);
    rule.quotas = {{first, 1}};
    EXPECT_EQ(picked(), std::vector<std::uint32_t>{world.advocate_order[0]});
    rule.quotas = {{first, there + 1}};
    EXPECT_NE(message_of([&] { picked(); }).find("program.select.quotas"), std::string::npos);
}

TEST_F(SelectionTest, WavesTakeThoseLeftInTheirDepartments) {
    rule.waves = {{.day = 0, .size = 5, .departments = {}}, {.day = 28, .size = {}, .departments = {0}}};
    const auto people = select_employees(world, rule);
    for (std::size_t k = 0; k < people.size(); ++k) {
        const bool rest = world.workforce.department[people[k].employee] == 0;
        EXPECT_EQ(people[k].wave, k < 5 ? 0 : rest ? 1 : -1);
        EXPECT_EQ(people[k].day, k < 5 ? 0 : rest ? 28 : -1);
    }
}

TEST_F(SelectionTest, NamedPeopleInTheirOrder) {
    rule.named = {9, 2, 17};
    rule.order = SelectionOrder::listed;
    EXPECT_EQ(picked(), (std::vector<std::uint32_t>{9, 2, 17}));
    rule.named = {30};
    EXPECT_NE(message_of([&] { picked(); }).find("employee number 30"), std::string::npos);
}

TEST_F(SelectionTest, APlatformThatIsOffIsRefused) {
    rule.platform = Platform::x;
    EXPECT_NE(message_of([&] { picked(); }).find("program.select.platform = x"), std::string::npos);
}

TEST(Levers, EveryLeverIsAFieldOfTheSettingsAndNeutralByDefault) {
    const ProgramSettings settings;
    for (const Lever& lever : levers()) {
        bool there = false;
        ProgramSettings::fields(settings, [&](std::string_view name, const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, double>)
                if (name == lever.name) {
                    there = true;
                    const bool content = name == "posts_per_week" || name == "company_content_fraction";
                    if (!content) {
                        EXPECT_EQ(value, lever.neutral) << name;
                    }
                }
        });
        EXPECT_TRUE(there) << lever.name;
    }
}

}  // namespace
}  // namespace groundswell
