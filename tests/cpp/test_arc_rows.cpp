#include "spread/arc_rows.hpp"

#include <gtest/gtest.h>

#include "core/errors.hpp"

namespace groundswell {
namespace {

using Nodes = std::vector<std::uint32_t>;

TEST(ArcRows, AreSortedByTargetWithTheirValues) {
    const Nodes source{2, 0, 2, 0, 2};
    const Nodes target{1, 2, 0, 1, 1};
    const std::vector<double> value{.1, .2, .3, .4, .5};
    const ArcRows rows = make_arc_rows({3, source, target, value, false});
    EXPECT_EQ(rows.begin, (Nodes{0, 2, 2, 5}));
    EXPECT_EQ(rows.target, (Nodes{1, 2, 0, 1, 1}));
    EXPECT_EQ(rows.value, (std::vector<double>{.4, .2, .3, .1, .5})) << "parallel arcs in the order given";
    EXPECT_EQ(rows.in_degree, (Nodes{1, 3, 1}));
}

TEST(ArcRows, BothWaysIsTwoArcsWithOneValue) {
    const Nodes source{1, 0};
    const Nodes target{0, 2};
    const std::vector<double> value{.1, .2};
    const ArcRows rows = make_arc_rows({3, source, target, value, true});
    EXPECT_EQ(rows.begin, (Nodes{0, 2, 3, 4}));
    EXPECT_EQ(rows.target, (Nodes{1, 2, 0, 0}));
    EXPECT_EQ(rows.value, (std::vector<double>{.1, .2, .1, .2}));
}

TEST(ArcRows, LeaveOutArcsFromANodeToItself) {
    const Nodes source{0, 1, 1};
    const Nodes target{0, 1, 0};
    for (const bool both_ways : {false, true}) {
        const ArcRows rows = make_arc_rows({2, source, target, {}, both_ways});
        EXPECT_EQ(rows.arcs(), both_ways ? 2u : 1u);
        EXPECT_EQ(rows.in_degree, (both_ways ? Nodes{1, 1} : Nodes{1, 0}));
    }
}

TEST(ArcRows, OfNothing) {
    EXPECT_EQ(make_arc_rows({}).nodes(), 0u);
    EXPECT_EQ(make_arc_rows({3, {}, {}, {}, true}).begin, (Nodes{0, 0, 0, 0}));
}

TEST(ArcRows, RefuseWhatIsNoGraph) {
    const Nodes one{0};
    const Nodes two{0, 1};
    const std::vector<double> values{.1, .2};
    EXPECT_THROW(make_arc_rows({2, one, two, {}, false}), InvalidInput);
    EXPECT_THROW(make_arc_rows({2, one, one, values, false}), InvalidInput);
    EXPECT_THROW(make_arc_rows({1, two, two, {}, false}), InvalidInput);
    EXPECT_THROW(make_arc_rows({0xFFFFFFFFu, one, one, {}, false}), InvalidInput);
}

}  // namespace
}  // namespace groundswell
