// Memory that one thread reuses over the replicates of one world.
#pragma once

#include <cstdint>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "engine/post.hpp"
#include "engine/run_tables.hpp"
#include "engine/view_queue.hpp"
#include "engine/viewers.hpp"

namespace groundswell {

struct Workspace {
    explicit Workspace(const World& world) : viewers(world) {}
    void begin_replicate(const RunTables& tables);

    Viewers viewers;
    ViewQueue queue;
    PostRing posts;
    boost::unordered_flat_set<std::uint64_t> acted;      // act_key: who has engaged with, reshared a post
    boost::unordered_flat_set<std::uint64_t> resharers;  // act_key of reshares that have been shown to neighbors
    boost::unordered_flat_map<std::uint64_t, std::int32_t> mutes;     // by carrier, platform and viewer: the day
    boost::unordered_flat_map<std::uint32_t, std::uint8_t> reshared;  // posts with reshares: 1, by a later hop too: 2
    std::vector<std::uint32_t> candidate_ties, candidate_hashes;
};

}  // namespace groundswell
