// What every step of building a world shares: its seed and number, from which every decision's key is made, and the
// means to build it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "core/streams.hpp"

namespace groundswell {

struct BuildContext {
    std::uint64_t seed = 0;
    std::uint32_t world = 0;
    int threads = 1;
    const std::atomic<bool>* cancel = nullptr;

    StreamKey key(Decision decision) const { return world_key(seed, world, decision); }
    void stop_if_cancelled() const;  // throws Cancelled
};

// Persons are worked on in chunks of this many.
inline constexpr std::uint32_t kChunk = 1u << 14;
constexpr std::uint32_t chunks_of(std::uint32_t count) { return (count + kChunk - 1) / kChunk; }

// Calls body(begin, end, thread) for consecutive chunks of [first, last), in any order, on the context's threads.
// Throws Cancelled.
void over_chunks(const BuildContext& context, std::uint32_t first, std::uint32_t last,
                 const std::function<void(std::uint32_t, std::uint32_t, int)>& body);

}  // namespace groundswell
