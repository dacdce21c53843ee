// What every step of building a world shares: the seed and the number of the world, from which the keys of its
// decisions are made (docs/RANDOMNESS.md), the threads, and the wish to stop. Spec: docs/MODEL.md 2.
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
    const std::atomic<bool>* cancel = nullptr;  // null where nobody can ask to stop

    StreamKey key(Decision decision) const { return world_key(seed, world, decision); }
    void stop_if_cancelled() const;  // throws Cancelled
};

// Threads take the persons in chunks of this many.
inline constexpr std::uint32_t kChunk = 1u << 14;
constexpr std::uint32_t chunks_of(std::uint32_t count) { return (count + kChunk - 1) / kChunk; }

// Calls body(begin, end, thread) for consecutive chunks of [first, last), in any order, on the context's threads.
// Throws Cancelled.
void over_chunks(const BuildContext& context, std::uint32_t first, std::uint32_t last,
                 const std::function<void(std::uint32_t, std::uint32_t, int)>& body);

}  // namespace groundswell
