#include "engine/phases/acts.hpp"

#include <algorithm>

#include "core/ieee_math.hpp"

namespace groundswell::phases {

namespace {

constexpr std::size_t kAhead = 8;  // acts between two stages of fetching rows ahead

std::size_t at_hop(std::uint32_t hop) { return std::min<std::size_t>(hop - 1, 15); }

// appeal^exponent, 1 for exponent 0.
double shrunk(double appeal, double exponent) {
    return exponent == 1.0 ? appeal : exponent == 0.0 ? 1.0 : ieee::pow(appeal, exponent);
}

double sum_of_ties(std::span<const TieWord> row, const VisibilityTable& tie_value) {
    double sum = 0;
    for (const TieWord tie : row) sum += tie_value[tie_class(tie)];
    return sum;
}

void log_act(const Act& act, const Post& post, Day& day, Origin& origin) {
    if (day.trace != nullptr) {
        auto& acts = day.trace->acts;
        acts.push_back({origin.trace_post, origin.trace_act, act.person, day.minute_of_run(act.minute), post.hop(),
                        act.kind, post.visibility});
        origin.trace_act = static_cast<std::int32_t>(acts.size()) - 1;
    }
    if (day.cascades != nullptr) {
        CascadeLog& log = *day.cascades;
        const std::uint32_t parent =
            origin.cascade_act < 0 ? 0 : log.acts[static_cast<std::size_t>(origin.cascade_act)].number;
        log.acts.push_back({origin.cascade_post, ++log.acts_of_post[origin.cascade_post], parent, act.person,
                            static_cast<std::uint32_t>(day.index), act.minute, post.hop(), act.kind});
        origin.cascade_act = static_cast<std::int32_t>(log.acts.size()) - 1;
    }
}

}  // namespace

void set_reaction_factors(Post& post, const Origin& origin, const RunTables& tables) {
    const PlatformTables& platform = tables[post.platform()];
    const ReactionBases& base = platform.bases[static_cast<std::size_t>(post.carried_by())];
    const std::size_t hop = at_hop(post.hop());
    const double common = origin.carrier.reaction_factor * origin.authenticity * origin.carrier.credibility;
    const double exponent = tables.appeal_exponent[hop];
    const double engage_appeal = shrunk(origin.appeal_engage, exponent);
    const double decay = platform.reaction_decay[hop];
    post.engage = base.engage * origin.engage_kind * common * engage_appeal * decay;
    post.click = base.click * origin.click_kind * common * engage_appeal * decay;
    post.reshare = base.reshare * origin.reshare_kind * common * shrunk(origin.appeal_reshare, exponent) * decay;
    post.weight = static_cast<float>(origin.carrier.persuasion * origin.authenticity);
    post.authenticity = static_cast<float>(origin.authenticity);
}

Acts::Acts(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, const Authors& authors,
           Candidates& candidates)
    : tables_(tables),
      world_(tables.world),
      work_(workspace),
      authors_(authors),
      candidates_(candidates),
      viewers_(world_.viewers()),
      view_key_(stream_key(world_.seed, world_.index, replicate, Decision::views)) {}

void Acts::pass_on(std::vector<Act>& acts, Day& day) {
    const auto graph_of = [&](const Act& act) -> const PlatformGraph& {
        return world_.graph(work_.posts.post(act.post).platform());
    };
    for (std::size_t i = 0; i < acts.size(); ++i) {
        if (i + 2 * kAhead < acts.size()) graph_of(acts[i + 2 * kAhead]).prefetch_place(acts[i + 2 * kAhead].person);
        if (i + kAhead < acts.size()) graph_of(acts[i + kAhead]).prefetch_row(acts[i + kAhead].person);
        show_to_neighbors(acts[i], day);
    }
    acts.clear();
}

void Acts::show_to_neighbors(const Act& act, Day& day) {
    const Post seen = work_.posts.post(act.post);
    Origin origin = work_.posts.origin(act.post);
    const PlatformTables& platform = tables_[seen.platform()];
    const std::span<const TieWord> row = world_.graph(seen.platform()).row(act.person);
    ++day.work.acts;
    if (act.kind == ActKind::reshare) {
        origin.carrier = authors_.carrier_part_of_person(act.person);
        if (tables_.design.params.feed.fractional_contagion != 0)
            work_.resharers.insert(act_key(seen.root, act.person));
    }
    const Post post = post_of(act, seen, origin, row);
    log_act(act, post, day, origin);

    const std::uint32_t number = work_.posts.add(post, origin);
    const std::uint32_t minute = day.minute_of_run(act.minute);
    const std::uint32_t next_slice = (minute / platform.slice_minutes + 1) * platform.slice_minutes;
    candidates_.enqueue({.post = post,
                         .number = number,
                         .row = row,
                         .visibility = tables_.tie_value,
                         .delay = platform.later_hops,
                         .minute = minute,
                         .earliest = next_slice},
                        day.work);
}

// What was seen, as the neighbors of who acted on it see it: a reshare has the resharer as its author.
Post Acts::post_of(const Act& act, const Post& seen, const Origin& origin, std::span<const TieWord> row) const {
    const PlatformTables& platform = tables_[seen.platform()];
    const double decay = platform.surfacing_decay[at_hop(seen.hop())];
    const bool reshare = act.kind == ActKind::reshare;
    Post post = seen;
    if (reshare) {
        post.visibility = platform.reshare_visibility * decay;
        post.carrier = act.person;
    } else {
        const double sum = sum_of_ties(row, tables_.tie_value);
        post.visibility = sum > 0 ? platform.surfaced_views * decay / sum : 0.0;
    }
    post.place = place_of(seen.source(), seen.platform(), std::min(seen.hop() + 1, Post::kMostHops));
    const auto inherited =
        static_cast<std::uint8_t>(seen.flags & ~(Post::kSurfaced | Post::kAct | (reshare ? Post::kPageCarrier : 0)));
    post.flags = static_cast<std::uint8_t>(inherited | Post::kAct | (reshare ? 0 : Post::kSurfaced));
    const Block k = draw(view_key_, origin.identity, viewers_.of(act.person), reshare ? 2 : 1);
    post.key = k[0] | (std::uint64_t{k[1]} << 32);
    set_reaction_factors(post, origin, tables_);
    return post;
}

}  // namespace groundswell::phases
