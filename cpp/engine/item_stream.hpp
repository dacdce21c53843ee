// The stream of items that a program offers: which are live on a day, and of which kinds. Spec: docs/MODEL.md 3.
#pragma once

#include <cstdint>

#include "engine/design.hpp"

namespace groundswell {

class ItemStream {
public:
    explicit ItemStream(const Design& design) : design_(design) {}

    // Number of items offered up to and including a day. Item o is offered on day begin + floor(7 o / rate), where
    // begin is a life before the first day of a program.
    double offered_by(double day) const;
    // The item that u chooses among those live on a day, which are the items offered in (day - life, day].
    std::uint64_t pick(std::int32_t day, double u) const;
    // The mix of kinds on the day on which an item is offered; before the first day of a program that day's.
    const KindValues& mix_of(std::uint64_t item) const;

private:
    const Design& design_;
};

}  // namespace groundswell
