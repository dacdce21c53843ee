// Traits of the persons, and which of them follow the page. Spec: docs/MODEL.md 2, Persons, Quantized, Page.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "core/streams.hpp"
#include "model/pools.hpp"
#include "model/workforce.hpp"

namespace groundswell {

// One world's seed and number, from which every decision's key is made, and the means to build it.
struct BuildContext {
    std::uint64_t seed = 0;
    std::uint32_t world = 0;
    int threads = 1;
    const std::atomic<bool>* cancel = nullptr;

    StreamKey key(Decision decision) const { return world_key(seed, world, decision); }
    void stop_if_cancelled() const;  // throws Cancelled
};

std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const Workforce& workforce);

// The `count` persons with the smallest E / affinity^exponent, E exponential; sorted by number. count <=
// persons.size().
std::vector<std::uint32_t> choose_followers(const BuildContext& context, const std::vector<PersonTraits>& persons,
                                            std::uint32_t count, double exponent);

}  // namespace groundswell
