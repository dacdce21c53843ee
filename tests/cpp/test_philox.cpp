// Known answers of the authors of Philox (Random123, kat_vectors, philox4x32 with 10 rounds).
#include "core/philox.hpp"

#include <gtest/gtest.h>

namespace groundswell {
namespace {

TEST(Philox, ZeroCounterAndKey) {
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}));
}

TEST(Philox, AllOnes) {
    constexpr std::uint32_t ones = 0xffffffffu;
    EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
              (Block{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}));
}

TEST(Philox, DigitsOfPi) {
    EXPECT_EQ(philox({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u}),
              (Block{0xd16cfe09u, 0x94fdcceb, 0x5001e420u, 0x24126ea1u}));
}

}  // namespace
}  // namespace groundswell
