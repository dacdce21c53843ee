// Who acts for the company: the n-th occupant of a seat. Why not the employee number: docs/decisions/0012.
#pragma once

#include <cstdint>

namespace groundswell {

// Occupant 0 of a seat is the employee of the company's table, who is also the person of that number in the world's
// graphs. Whoever sits down later is none of those persons: their number lies above every person's, so that they are
// never taken for somebody else, whatever it is compared with. The page is an author too: occupant 0 of the seat after
// the last one.
class Author {
public:
    static constexpr std::uint32_t kSeatBits = 24;                        // as many as a tie has for a person
    static constexpr std::uint32_t kOccupantBits = 7;                     // so that numbers stay below 2^31
    static constexpr std::uint32_t kMostOccupants = 1u << kOccupantBits;  // of one seat in a run

    constexpr explicit Author(std::uint32_t seat, std::uint32_t occupant = 0)
        : number_(seat | (occupant << kSeatBits)) {}

    static constexpr Author from_number(std::uint32_t number) {
        return Author(number & kSeatMask, number >> kSeatBits);
    }

    // seat + occupant 2^24; for occupant 0 it is the employee's number. Draws go by the draw number instead
    // (draw_numbers.hpp).
    constexpr std::uint32_t number() const { return number_; }
    constexpr std::uint32_t seat() const { return number_ & kSeatMask; }
    constexpr std::uint32_t occupant() const { return number_ >> kSeatBits; }
    constexpr bool is_first() const { return occupant() == 0; }

    friend constexpr bool operator==(Author a, Author b) { return a.number_ == b.number_; }

private:
    static constexpr std::uint32_t kSeatMask = (1u << kSeatBits) - 1;
    std::uint32_t number_;
};

}  // namespace groundswell
