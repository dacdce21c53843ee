// Members pass on the posts of the page because the program asks for it. Spec: docs/MODEL.md 2b, Page amplification.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/streams.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/participation.hpp"
#include "engine/phases/reactions.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell::phases {

class Amplification {
public:
    Amplification(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, const Workforce& workforce,
                  const Participation& participation);

    // Decides who will engage with a new post of the page, and reshare it. minute: of the day.
    void schedule(std::uint32_t post_number, std::uint64_t identity, std::uint32_t minute, Day& day);
    // Adds the acts of a slice, after its views: who has done the same already does nothing.
    void resolve(std::uint32_t slice, Day& day, Reactions& reactions, std::vector<Act>& acts);

private:
    const RunTables& tables_;
    const ParticipationParams& params_;
    const CostParams& costs_;
    Workspace& work_;
    const Workforce& workforce_;
    const Participation& participation_;
    StreamKey key_;
    std::array<std::vector<Act>, 2> waiting_;  // by day % 2: nobody waits for more than a day
};

}  // namespace groundswell::phases
