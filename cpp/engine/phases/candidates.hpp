// Candidates for a view: the ties of a post or act that pass its filter wait for their moments. Spec: docs/MODEL.md 4.
#pragma once

#include <cstdint>
#include <span>

#include "core/system.hpp"
#include "engine/phases/day.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell::phases {

// A post or an act that is shown to a row of ties.
struct Showing {
    const Post& post;
    std::uint32_t number;  // of the post or act
    std::span<const TieWord> row;
    const VisibilityTable& visibility;
    const DelayLaw& delay;
    std::uint32_t minute;    // of the run
    std::uint32_t earliest;  // moment of a view
};

class Candidates {
public:
    Candidates(const RunTables& tables, Workspace& workspace);

    void enqueue(const Showing& showing, WorkCounts& work);

private:
    Workspace& work_;
    ViewerNumbers viewers_;
    std::int32_t days_;
    Isa isa_;
};

}  // namespace groundswell::phases
