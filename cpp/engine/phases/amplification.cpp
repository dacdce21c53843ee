#include "engine/phases/amplification.hpp"

#include <algorithm>
#include <tuple>

#include "core/draws.hpp"
#include "engine/phases/program_costs.hpp"

namespace groundswell::phases {

namespace {

bool earlier(const Act& a, const Act& b) {
    return std::tie(a.minute, a.post, a.person, a.kind) < std::tie(b.minute, b.post, b.person, b.kind);
}

}  // namespace

Amplification::Amplification(const RunTables& tables, std::uint32_t replicate, Workspace& workspace,
                             const Workforce& workforce, const Participation& participation)
    : tables_(tables),
      params_(tables.design.params.participation),
      costs_(tables.design.params.costs),
      work_(workspace),
      workforce_(workforce),
      participation_(participation),
      key_(stream_key(tables.world.seed, tables.world.index, replicate, Decision::amplification)) {}

void Amplification::schedule(std::uint32_t post_number, std::uint64_t identity, std::uint32_t minute, Day& day) {
    if (day.program == nullptr || day.program->page_amplification == 0) return;
    const PlatformGraph& graph = tables_.world.graph(work_.posts.post(post_number).platform());
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        // An act shows a post to the ties of a person of the world, which only the first occupant is.
        if (!participation_.posts(seat) || !workforce_.occupant(seat).is_first() || graph.row(seat).empty()) continue;
        const Block words = draw(key_, identity, tables_.world.viewer_numbers[seat]);
        if (unit(words[0]) >= day.program->page_amplification) continue;
        pay_minutes(day, costs_.minutes_supplied, costs_);
        const auto delay = static_cast<std::uint32_t>(unit(words[2]) * 60.0 * params_.amplification_hours);
        const std::uint32_t moment = minute + 1 + delay;
        auto& waiting = waiting_[(static_cast<std::size_t>(day.index) + moment / 1440) % 2];
        waiting.push_back({post_number, seat, moment % 1440, ActKind::surfaced});
        if (unit(words[1]) < params_.amplification_reshare)
            waiting.push_back({post_number, seat, moment % 1440, ActKind::reshare});
    }
}

void Amplification::resolve(std::uint32_t slice, Day& day, Reactions& reactions, std::vector<Act>& acts) {
    auto& waiting = waiting_[static_cast<std::size_t>(day.index % 2)];
    if (waiting.empty()) return;
    if (slice == 0) std::sort(waiting.begin(), waiting.end(), earlier);
    const std::uint32_t end = (slice + 1) * tables_.slice_minutes;
    const auto last = std::find_if(waiting.begin(), waiting.end(), [&](const Act& act) { return act.minute >= end; });
    for (auto act = waiting.begin(); act != last; ++act) {
        const Post& post = work_.posts.post(act->post);
        if (!reactions.is_first_act(post, act->person, act->kind)) continue;
        if (act->kind == ActKind::reshare) {
            day.count_view(MeasureId::reshares, Segment::employee, post);
            reactions.count_reshared_post(post, day);
        } else {
            day.count_view(MeasureId::engagements, Segment::employee, post);
        }
        acts.push_back(*act);
    }
    waiting.erase(waiting.begin(), last);
    std::sort(acts.begin(), acts.end(), earlier);
}

}  // namespace groundswell::phases
