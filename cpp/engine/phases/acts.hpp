// Attended views are passed on, at the end of their slice: surfacing engagements and reshares. Spec: docs/MODEL.md 4b.
#pragma once

#include <cstdint>
#include <vector>

#include "core/streams.hpp"
#include "engine/phases/authors.hpp"
#include "engine/phases/candidates.hpp"
#include "engine/phases/day.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell::phases {

// The factors of reactions that belong to a post or act.
void set_reaction_factors(Post& post, const Origin& origin, const RunTables& tables);

class Acts {
public:
    Acts(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, const Authors& authors,
         Candidates& candidates);

    // Shows what was seen to the neighbors of who acted, and empties the list. Acts are numbered in the order given.
    void pass_on(std::vector<Act>& acts, Day& day);

private:
    void show_to_neighbors(const Act& act, Day& day);
    Post post_of(const Act& act, const Post& seen, const Origin& origin, std::span<const TieWord> row) const;

    const RunTables& tables_;
    const World& world_;
    Workspace& work_;
    const Authors& authors_;
    Candidates& candidates_;
    ViewerNumbers viewers_;
    StreamKey view_key_;
};

}  // namespace groundswell::phases
