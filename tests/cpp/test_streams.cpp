#include "core/streams.hpp"

#include <gtest/gtest.h>

#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <set>
#include <vector>

namespace groundswell {
namespace {

// From a second implementation of docs/RANDOMNESS.md, in Python.
TEST(Streams, KnownAnswers) {
    const StreamKey views = stream_key(0x0123456789abcdefu, 3, 5, Decision::views);
    EXPECT_EQ(views.key, (PhiloxKey{0x3bde5112u, 0xb31cf84cu}));
    const std::uint64_t identity = (std::uint64_t{7} << 32) | (19u << 16) | (2u << 12) | 1u;
    EXPECT_EQ(draw(views, identity, 4, 9), (Block{0x03cf9a3bu, 0x88b976a8u, 0x4f8b5316u, 0x8f6ea3fbu}));
    EXPECT_EQ(world_key(1, 0, Decision::employee_traits).key, (PhiloxKey{0x0ea5daa0u, 0xd9d7755eu}));
}

// The numbers of decisions are permanent: saved studies depend on them.
TEST(Streams, NumbersOfDecisionsAreAsPublished) {
    const std::vector<std::pair<Decision, std::uint32_t>> published = {
        {Decision::employee_traits, 1},   {Decision::employee_categories, 2},
        {Decision::coworker_ties, 3},     {Decision::audience_ties, 4},
        {Decision::colleague_copies, 5},  {Decision::tie_strength, 6},
        {Decision::person_traits, 7},     {Decision::affinity_blocks, 8},
        {Decision::page_followers, 9},    {Decision::unprompted_sharers, 10},
        {Decision::active_advocates, 11}, {Decision::post_counts, 20},
        {Decision::post_attributes, 21},  {Decision::item_attributes, 22},
        {Decision::item_appeal, 23},      {Decision::views, 24}};
    for (const auto& [decision, number] : published) EXPECT_EQ(static_cast<std::uint32_t>(decision), number);
}

TEST(Streams, EveryPartOfTheAddressChangesTheKey) {
    std::set<PhiloxKey> keys;
    std::size_t made = 0;
    const std::vector<std::uint64_t> seeds = {0, 1, std::uint64_t{1} << 32};
    const std::vector<std::uint32_t> replicates = {0, 1, 2, 1000, kNoReplicate};
    for (const std::uint64_t seed : seeds)
        for (std::uint32_t world = 0; world < 20; ++world)
            for (const std::uint32_t replicate : replicates)
                for (std::uint32_t decision = 1; decision <= 24; ++decision, ++made)
                    keys.insert(stream_key(seed, world, replicate, static_cast<Decision>(decision)).key);
    EXPECT_EQ(keys.size(), made);
}

TEST(Streams, EveryPartOfTheDrawChangesTheBlock) {
    const StreamKey key = stream_key(1, 0, 0, Decision::post_counts);
    std::set<Block> blocks;
    std::size_t made = 0;
    for (const std::uint64_t entity : {0ull, 1ull, 2ull, 1ull << 32, 1ull << 63})
        for (std::uint32_t step = 0; step < 40; ++step)
            for (std::uint32_t index = 0; index < 40; ++index, ++made) blocks.insert(draw(key, entity, step, index));
    EXPECT_EQ(blocks.size(), made);
}

TEST(Streams, EngineHandsOutTheBlocksWordByWord) {
    const StreamKey key = world_key(7, 2, Decision::person_traits);
    PhiloxEngine engine(key, 99, 3);
    for (std::uint32_t index = 0; index < 5; ++index)
        for (const std::uint32_t word : draw(key, 99, 3, index)) EXPECT_EQ(engine(), word);
}

// Boost's samplers are part of our numbers: their version is pinned (pyproject.toml), and a changed sampler shows here.
TEST(Streams, SamplersOfBoostAreThePinnedOnes) {
    PhiloxEngine engine(world_key(1, 0, Decision::person_traits), 5);
    EXPECT_DOUBLE_EQ(boost::random::normal_distribution<double>(0, 1)(engine), 1.2572150137387377);
    EXPECT_DOUBLE_EQ(boost::random::gamma_distribution<double>(.47, 1 / .47)(engine), 1.6163391890037682);
    EXPECT_EQ(boost::random::uniform_int_distribution<std::uint32_t>(0, 999'999)(engine), 106129u);
}

}  // namespace
}  // namespace groundswell
