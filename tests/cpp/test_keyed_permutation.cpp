#include "core/keyed_permutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "statistics.hpp"

namespace groundswell {
namespace {

StreamKey key(std::uint32_t world) { return world_key(3, world, Decision::circle_positions); }

TEST(KeyedPermutation, HitsEveryPointOnce) {
    for (const std::uint32_t size : {1u, 2u, 3u, 31u, 32u, 33u, 1000u, 65537u}) {
        const KeyedPermutation shuffled(key(0), 1, size);
        std::vector<int> hits(size, 0);
        for (std::uint32_t i = 0; i < size; ++i) {
            ASSERT_LT(shuffled(i), size);
            ++hits[shuffled(i)];
        }
        EXPECT_EQ(std::count(hits.begin(), hits.end(), 1), static_cast<std::ptrdiff_t>(size)) << size;
    }
}

// Where a point and the difference of two neighbors land, over many keys: uniform.
TEST(KeyedPermutation, PlacesAreUniform) {
    constexpr std::uint32_t kSize = 50, kKeys = 20000;
    std::vector<std::uint64_t> place(kSize, 0), step(kSize - 1, 0);
    for (std::uint32_t world = 0; world < kKeys; ++world) {
        const KeyedPermutation shuffled(key(world), 0, kSize);
        ++place[shuffled(7)];
        ++step[(shuffled(21) + kSize - shuffled(20)) % kSize - 1];
    }
    const auto z = [&](const std::vector<std::uint64_t>& counts) {
        const auto cells = static_cast<double>(counts.size());
        return testing::chi_square_z(
            testing::chi_square(counts, std::vector<double>(counts.size(), double{kKeys} / cells)), cells - 1);
    };
    EXPECT_LT(z(place), testing::bound(2));
    EXPECT_LT(z(step), testing::bound(2));
}

// Neighbors in the permutation of a large set, as random ties use them: no person is tied to their own kind more often
// than chance.
TEST(KeyedPermutation, NeighborsAreStrangers) {
    constexpr std::uint32_t kSize = 1u << 18, kKinds = 16;
    const KeyedPermutation shuffled(key(1), 0, kSize);
    std::vector<std::uint32_t> at(kSize);
    for (std::uint32_t i = 0; i < kSize; ++i) at[shuffled(i)] = i;
    double same_low = 0, same_high = 0;
    for (std::uint32_t k = 0; k < kSize; k += 2) {
        same_low += at[k] % kKinds == at[k + 1] % kKinds ? 1 : 0;
        same_high += at[k] / (kSize / kKinds) == at[k + 1] / (kSize / kKinds) ? 1 : 0;
    }
    EXPECT_LT(std::fabs(testing::binomial_z(same_low, kSize / 2, 1. / kKinds)), testing::bound(2));
    EXPECT_LT(std::fabs(testing::binomial_z(same_high, kSize / 2, 1. / kKinds)), testing::bound(2));
}

}  // namespace
}  // namespace groundswell
