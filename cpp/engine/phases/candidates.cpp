#include "engine/phases/candidates.hpp"

#include <algorithm>

#include "core/draws.hpp"
#include "core/keyed_hash.hpp"

namespace groundswell::phases {

Candidates::Candidates(const RunTables& tables, Workspace& workspace)
    : work_(workspace),
      viewers_(tables.world.viewers()),
      days_(tables.design.calendar.day_count()),
      isa_(active_isa()) {}

void Candidates::enqueue(const Showing& showing, WorkCounts& counts) {
    const Post& post = showing.post;
    const std::span<const TieWord> row = showing.row;
    const bool page = !post.is(Post::kAct) && post.is(Post::kPageCarrier);
    const Thresholds thresholds = candidate_thresholds(showing.visibility, post.visibility, page, isa_);
    if (work_.candidate_ties.size() < row.size() + kFilterSlack) {
        work_.candidate_ties.resize(row.size() + kFilterSlack);
        work_.candidate_hashes.resize(row.size() + kFilterSlack);
    }
    const std::size_t candidates = filter_views(row.data(), row.size(), post.key, viewers_, thresholds,
                                                work_.candidate_ties.data(), work_.candidate_hashes.data(), isa_);
    counts.ties_filtered += row.size();
    counts.candidates += candidates;
    const DelayLaw law = showing.delay;
    for (std::size_t i = 0; i < candidates; ++i) {
        const TieWord tie = work_.candidate_ties[i];
        if (tie_person(tie) == post.root_author || tie_person(tie) == post.carrier) continue;
        const std::uint64_t w0 = view_word(post.key, viewers_.of(tie_person(tie)), 0);
        const double u = unit(static_cast<std::uint32_t>(w0)) * law.range;
        const auto delay = static_cast<std::uint32_t>(law.scale * u / (1.0 - u));
        const std::uint32_t moment = std::max(showing.minute + delay, showing.earliest);
        const auto view_day = static_cast<std::int32_t>(moment / 1440);
        if (view_day < days_)
            work_.queue.push(
                view_day,
                {.tie = tie, .hash = work_.candidate_hashes[i], .post = showing.number, .minute = moment % 1440});
    }
}

}  // namespace groundswell::phases
