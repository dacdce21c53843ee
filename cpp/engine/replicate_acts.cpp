// What is shown waits for its moment; attended views are passed on: surfacing engagements and reshares.
#include <algorithm>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "engine/replicate.hpp"

namespace groundswell {

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

}  // namespace

// Candidates of a row wait for their moments, none before the minute `earliest`.
void Replicate::wait(const Post& post, std::uint32_t number, std::span<const TieWord> row,
                     const VisibilityTable& visibility, const DelayLaw& law, std::uint32_t minute,
                     std::uint32_t earliest) {
    const Thresholds thresholds =
        candidate_thresholds(visibility, post.visibility, !post.is(Post::kAct) && post.is(Post::kPageCarrier));
    if (work_.candidate_ties.size() < row.size() + kFilterSlack) {
        work_.candidate_ties.resize(row.size() + kFilterSlack);
        work_.candidate_hashes.resize(row.size() + kFilterSlack);
    }
    const std::size_t candidates = filter_views(row.data(), row.size(), post.key, thresholds,
                                                work_.candidate_ties.data(), work_.candidate_hashes.data(), isa_);
    stats_.ties_filtered += row.size();
    stats_.candidates += candidates;
    for (std::size_t i = 0; i < candidates; ++i) {
        const TieWord tie = work_.candidate_ties[i];
        if (tie_person(tie) == post.root_author || tie_person(tie) == post.carrier) continue;
        const std::uint64_t w0 = view_word(post.key, tie_person(tie), 0);
        const double u = unit(static_cast<std::uint32_t>(w0)) * law.range;
        const auto delay = static_cast<std::uint32_t>(law.scale * u / (1.0 - u));
        const std::uint32_t moment = std::max(minute + delay, earliest);
        const auto view_day = static_cast<std::int32_t>(moment / 1440);
        if (view_day < design_.calendar.day_count())
            work_.queue.push(view_day,
                             {.tie = tie, .hash = work_.candidate_hashes[i], .post = number, .minute = moment % 1440});
    }
}

CarrierPart Replicate::carrier_part(std::uint32_t person) const {
    if (person >= world_.employees) return {1.0, 1.0, 1.0};  // the page, and persons outside the company
    return {world_.workforce[Attribute::persuasion][person], plan_.author_persuasion[person],
            authors_[person].credibility.value()};
}

// The factors of reactions that belong to the post or act.
void Replicate::react(Post& post, const Origin& origin) const {
    const PlatformPlan& platform = plan_[post.platform()];
    const ReactionBases& base = platform.bases[static_cast<std::size_t>(post.carried_by())];
    const std::size_t hop = at_hop(post.hop());
    const double common = origin.carrier.reaction_factor * origin.authenticity * origin.carrier.credibility;
    const double exponent = plan_.appeal_exponent[hop];
    const double engage_appeal = shrunk(origin.appeal_engage, exponent);
    const double decay = platform.reaction_decay[hop];
    post.engage = base.engage * origin.engage_kind * common * engage_appeal * decay;
    post.click = base.click * origin.click_kind * common * engage_appeal * decay;
    post.reshare = base.reshare * origin.reshare_kind * common * shrunk(origin.appeal_reshare, exponent) * decay;
    post.weight = origin.carrier.persuasion * origin.authenticity;
}

void Replicate::carry_out_acts(std::int32_t day) {
    const auto graph_of = [&](const Act& act) -> const PlatformGraph& {
        return world_.graph(work_.posts.post(act.post).platform());
    };
    for (std::size_t i = 0; i < acts_.size(); ++i) {
        if (i + 2 * kAhead < acts_.size()) graph_of(acts_[i + 2 * kAhead]).prefetch_place(acts_[i + 2 * kAhead].person);
        if (i + kAhead < acts_.size()) graph_of(acts_[i + kAhead]).prefetch_row(acts_[i + kAhead].person);
        carry_out(acts_[i], day);
    }
    acts_.clear();
}

void Replicate::carry_out(const Act& act, std::int32_t day) {
    const Post seen = work_.posts.post(act.post);
    Origin origin = work_.posts.origin(act.post);
    const PlatformPlan& platform = plan_[seen.platform()];
    const std::span<const TieWord> row = world_.graph(seen.platform()).row(act.person);
    const double decay = platform.surfacing_decay[at_hop(seen.hop())];
    const bool reshare = act.kind == ActKind::reshare;
    ++stats_.acts;

    Post post = seen;
    if (reshare) {
        post.visibility = platform.reshare_visibility * decay;
        post.carrier = act.person;
        origin.carrier = carrier_part(act.person);
        if (design_.params.feed.fractional_contagion != 0) work_.carried.insert(act_key(seen.root, act.person));
    } else {
        const double sum = sum_of_ties(row, plan_.tie_value);
        post.visibility = sum > 0 ? platform.surfaced_views * decay / sum : 0.0;
    }
    post.place = place_of(seen.source(), seen.platform(), std::min(seen.hop() + 1, Post::kMostHops));
    const auto kept =
        static_cast<std::uint8_t>(seen.flags & ~(Post::kSurfaced | Post::kAct | (reshare ? Post::kPageCarrier : 0)));
    post.flags = static_cast<std::uint8_t>(kept | Post::kAct | (reshare ? 0 : Post::kSurfaced));
    const Block k = draw(view_key_, origin.identity, act.person + 1, reshare ? 2 : 1);
    post.key = k[0] | (std::uint64_t{k[1]} << 32);
    react(post, origin);
    log_act(act, post, day, origin);

    const std::uint32_t number = work_.posts.add(post, origin);
    const std::uint32_t minute = static_cast<std::uint32_t>(day) * 1440 + act.minute;
    const std::uint32_t next_slice = (minute / platform.slice_minutes + 1) * platform.slice_minutes;
    wait(post, number, row, plan_.tie_value, platform.later_hops, minute, next_slice);
}

void Replicate::log_act(const Act& act, const Post& post, std::int32_t day, Origin& origin) {
    if (records_.trace != nullptr) {
        auto& acts = records_.trace->acts;
        acts.push_back({origin.trace_post, origin.trace_act, act.person,
                        static_cast<std::uint32_t>(day) * 1440 + act.minute, post.hop(), act.kind, post.visibility});
        origin.trace_act = static_cast<std::int32_t>(acts.size()) - 1;
    }
    if (records_.cascades != nullptr) {
        CascadeLog& log = *records_.cascades;
        const std::uint32_t parent =
            origin.cascade_act < 0 ? 0 : log.acts[static_cast<std::size_t>(origin.cascade_act)].number;
        log.acts.push_back({origin.cascade_post, ++log.acts_of_post[origin.cascade_post], parent, act.person,
                            static_cast<std::uint32_t>(day), act.minute, post.hop(), act.kind});
        origin.cascade_act = static_cast<std::int32_t>(log.acts.size()) - 1;
    }
}

}  // namespace groundswell
