// What viewers see: views whose moment has come, in the order (minute, number of post or act). Spec: docs/MODEL.md
// 3, 4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/phases/acts.hpp"
#include "engine/phases/amplification.hpp"
#include "engine/phases/awareness.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/reactions.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell::phases {

// The day is sequential within a person: a view, the reactions to it and what it teaches follow each other before the
// viewer's next view, so reactions and a viewer's own awareness happen in this phase and not in phases after it.
class Feeds {
public:
    Feeds(const RunTables& tables, Workspace& workspace, Acts& acts, Amplification& amplification,
          Awareness& awareness);

    void run(Day& day);

private:
    void process_slice(std::span<const View> views, Day& day);
    void process_view(const View& view, Day& day);
    const void* further_memory(const View& view);
    const void* first_degree_memory(const View& view) const;
    TraceView& trace_view(const View& view, const Post& post, Day& day) const;
    Segment segment_of(std::uint32_t person) const;
    std::uint32_t copies_seen(const ItemMemory* memory, const Post& post, std::uint16_t today) const;
    bool is_shown(const View& view, const Post& post, std::uint32_t week_impressions, std::uint32_t copies) const;
    void count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment, Day& day);
    void count_reach(Viewer& viewer, std::uint32_t person, const Post& post, Segment segment, Day& day);
    void attend(Viewer& viewer, const View& view, const Post& post, Segment segment, Day& day,
                std::uint32_t week_impressions, ItemMemory* memory, TraceView* traced);
    double count_repeat(Viewer& viewer, const Post& post, ItemMemory* memory, std::uint16_t today);
    void follow_reaction(const Reaction& reaction, Viewer& viewer, const View& view, const Post& post, Segment segment,
                         Day& day);

    const RunTables& tables_;
    const World& world_;
    const FeedParams& params_;
    Workspace& work_;
    Viewers& viewers_;
    Acts& acts_;
    Amplification& amplification_;
    Awareness& awareness_;
    Reactions reactions_;
    std::vector<Act> acts_of_slice_;
};

}  // namespace groundswell::phases
