#include "model/author.hpp"

#include <gtest/gtest.h>

namespace groundswell {
namespace {

constexpr std::uint32_t kLastSeat = (1u << 24) - 1;

TEST(Author, TheFirstOccupantHasTheEmployeesNumber) {
    for (const std::uint32_t employee : {0u, 7u, kLastSeat}) {
        EXPECT_EQ(Author(employee).number(), employee);
        EXPECT_TRUE(Author(employee).is_first());
    }
}

TEST(Author, LaterOccupantsLieAboveEveryPersonsNumber) {
    EXPECT_EQ(Author(7, 1).number(), 7 + 16777216u);
    EXPECT_GT(Author(0, 1).number(), kLastSeat);
    EXPECT_FALSE(Author(0, 1).is_first());
}

TEST(Author, SeatAndOccupantComeBack) {
    for (const std::uint32_t seat : {0u, 7u, kLastSeat})
        for (const std::uint32_t occupant : {0u, 1u, Author::kMostOccupants - 1}) {
            const auto again = Author::from_number(Author(seat, occupant).number());
            EXPECT_EQ(again.seat(), seat);
            EXPECT_EQ(again.occupant(), occupant);
            EXPECT_EQ(again, Author(seat, occupant));
        }
    EXPECT_FALSE(Author(7, 1) == Author(7, 2));
}

}  // namespace
}  // namespace groundswell
