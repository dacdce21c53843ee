// The seven groups of persons. A person's segment is the pool they belong to; it is also the category of a tie to them.
// Their names are here and nowhere else in the engine; Python has one tuple of them, which a test compares with this
// one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/fields.hpp"

namespace groundswell {

enum class Segment : std::uint8_t { employee, alumni, buyer, peer, talent, personal, other };
inline constexpr int kSegments = 7;
inline constexpr std::array<std::string_view, kSegments> kSegmentNames = {"employee", "alumni",   "buyer", "peer",
                                                                          "talent",   "personal", "other"};

struct SegmentValues {
    double employee = 0, alumni = 0, buyer = 0, peer = 0, talent = 0, personal = 0, other = 0;
    GROUNDSWELL_FIELDS(visit("employee", self.employee); visit("alumni", self.alumni); visit("buyer", self.buyer);
                       visit("peer", self.peer); visit("talent", self.talent); visit("personal", self.personal);
                       visit("other", self.other);)
    std::array<double, kSegments> array() const { return {employee, alumni, buyer, peer, talent, personal, other}; }
};

}  // namespace groundswell
