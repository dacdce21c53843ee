#include "engine/workspace.hpp"

#include <algorithm>
#include <cstring>

namespace groundswell {

Viewers::Viewers(const World& w)
    : world(w),
      states(w.person_count()),
      several(std::count_if(w.graphs.begin(), w.graphs.end(), [](const auto& graph) { return graph.on(); }) > 1) {
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (several && w.graphs[p].on()) platform_states[p] = PageArray<PlatformViewer>(w.person_count());
}

void Viewers::begin_replicate(double favorability_prior) {
    first_favorability = static_cast<float>(favorability_prior);
    overflow.clear();
    if (++epoch != 0) return;
    // The epoch has wrapped: states of 65,536 replicates ago would look current.
    std::memset(static_cast<void*>(states.data()), 0, states.size() * sizeof(Viewer));
    for (auto& array : platform_states)
        if (array.size() > 0) std::memset(static_cast<void*>(array.data()), 0, array.size() * sizeof(PlatformViewer));
    epoch = 1;
}

void Workspace::begin_replicate(const RunTables& tables) {
    viewers.begin_replicate(tables.design.params.awareness.favorability_prior);
    queue.reset(tables.longest_wait_days, tables.slice_minutes);
    posts.reset();
    acted.clear();
    resharers.clear();
    mutes.clear();
    reshared.clear();
}

}  // namespace groundswell
