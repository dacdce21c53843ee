// Runs designs x replicates of one world over threads. Results do not depend on the number of threads, because every
// draw is keyed by replicate (docs/RANDOMNESS.md).
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/author_counts.hpp"
#include "engine/replicate.hpp"

namespace groundswell {

struct DesignRuns {
    std::size_t rows = 0;
    std::vector<double> values;          // replicates x rows; NaN where a replicate did not finish
    std::vector<std::uint8_t> finished;  // by replicate
    RunStats stats;                      // summed over finished replicates
    AuthorSums people;                   // over finished replicates; empty where not asked for
    std::vector<CascadeLog> cascades;    // by replicate; empty where not asked for
};

// What a run shares with the thread that watches it: how many replicates are done, and the wish to stop.
struct Progress {
    std::atomic<std::size_t> done{0};
    std::atomic<bool> cancel{false};
};

// What is recorded beside the rows of the layout.
struct RunOptions {
    bool people = false;    // what the posts of each employee did
    bool cascades = false;  // every act; this takes much memory
};

// Replicates [first, last) of every design. After cancellation the finished replicates are kept.
std::vector<DesignRuns> run_designs(const World& world, const std::vector<const Design*>& designs, std::uint32_t first,
                                    std::uint32_t last, int threads, Progress& progress,
                                    const RunOptions& options = {});

// The bytes that run_designs needs beside the world.
std::uint64_t estimate_run_bytes(std::uint64_t persons, std::uint64_t rows, std::size_t designs,
                                 std::uint32_t replicates, int threads);

}  // namespace groundswell
