// What a viewer does on an attended view: engage, click, reshare, mute. Spec: docs/MODEL.md 4, Reactions. Defined here,
// as a part of the path of a view, which is compiled as one piece in feeds.cpp.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "engine/phases/day.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell::phases {

struct Reaction {
    bool engaged = false, clicked = false, reshared = false, muted = false;

    bool any() const { return engaged || clicked || reshared || muted; }
};

// What an attended view comes with.
struct Attended {
    const View& view;
    const Post& post;
    const Viewer& viewer;
    std::uint32_t viewer_number;
    std::uint32_t week_impressions;  // of the viewer on the platform, this one included
    double repeats;                  // of the item, decayed, before this view
};

class Reactions {
public:
    Reactions(const RunTables& tables, Workspace& workspace)
        : tables_(tables), world_(tables.world), params_(tables.design.params.feed), work_(workspace) {}

    // Remembers what can be done only once.
    Reaction react(const Attended& attended, std::int32_t day);
    // A mute acts from the day after.
    bool is_muted(const Post& post, std::uint32_t person, std::int32_t day) const {
        const auto it = work_.mutes.find(mute_key(post, person));
        return it != work_.mutes.end() && it->second < day;
    }
    bool is_first_act(const Post& post, std::uint32_t person, ActKind kind) {
        return work_.acted.insert(act_key(post.root, person, kind)).second;
    }
    // Posts with a reshare, and with one by somebody whom a later hop reached.
    void count_reshared_post(const Post& post, Day& day);

private:
    static bool happens(double u, double odds) { return u < odds * (1.0 - u); }  // u < odds / (1 + odds)
    static std::uint64_t mute_key(const Post& post, std::uint32_t person) {
        return (std::uint64_t{post.carrier} << 32) | (static_cast<std::uint64_t>(post.platform()) << 24) | person;
    }
    double contagion(const Post& post, std::uint32_t person) const;

    const RunTables& tables_;
    const World& world_;
    const FeedParams& params_;
    Workspace& work_;
};

inline Reaction Reactions::react(const Attended& attended, std::int32_t day) {
    const Post& post = attended.post;
    const Viewer& viewer = attended.viewer;
    const PlatformTables& platform = tables_[post.platform()];
    const std::uint32_t person = tie_person(attended.view.tie);
    const double repeat = attended.repeats > 0
                              ? params_.repeat_floor + (1.0 - params_.repeat_floor) * ieee::exp2(-attended.repeats)
                              : 1.0;
    const double viewer_part = tables_.trait[viewer.susceptibility] * tables_.trait[viewer.propensity];
    const auto& endorsement = post.is(Post::kSurfaced) ? platform.surfaced_endorsement : platform.endorsement;
    const double tie_part = endorsement[static_cast<std::size_t>(tie_strength(attended.view.tie))] * repeat;

    const std::uint64_t w1 = view_word(post.key, attended.viewer_number, 1);
    const std::uint64_t w2 = view_word(post.key, attended.viewer_number, 2);
    const auto low = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word)); };
    const auto high = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word >> 32)); };
    const double engage_odds = post.engage * (viewer_part * tables_.affinity_engage[viewer.affinity]) * tie_part;
    const double click_odds = post.click * (viewer_part * tables_.affinity_click[viewer.affinity]) * tie_part;
    const double reshare_odds = post.reshare * (viewer_part * tables_.affinity_reshare[viewer.affinity]) * tie_part;
    const double annoyance =
        1.0 + params_.mute_frequency * static_cast<double>(attended.week_impressions) / params_.viewer_limit;
    const double mute_base =
        platform.mute[static_cast<std::size_t>(post.carried_by())][post.is(Post::kPromotional) ? 1 : 0];

    Reaction reaction;
    reaction.engaged = happens(low(w1), engage_odds) && is_first_act(post, person, ActKind::surfaced);
    reaction.clicked = post.is(Post::kLink) && happens(high(w1), click_odds);
    reaction.reshared =
        happens(low(w2), reshare_odds * contagion(post, person)) && is_first_act(post, person, ActKind::reshare);
    reaction.muted = happens(high(w2), mute_base * tables_.affinity_mute[viewer.affinity] * annoyance) &&
                     work_.mutes.try_emplace(mute_key(post, person), day).second;
    return reaction;
}

// Factor of the reshare odds: share of the viewer's neighbors who have shared the post x mean degree.
inline double Reactions::contagion(const Post& post, std::uint32_t person) const {
    if (params_.fractional_contagion == 0) return 1.0;
    const auto row = world_.graph(post.platform()).row(person);
    const auto sharing = std::count_if(row.begin(), row.end(), [&](TieWord tie) {
        return tie_person(tie) == post.root_author || work_.resharers.contains(act_key(post.root, tie_person(tie)));
    });
    const auto neighbors = static_cast<double>(std::max<std::size_t>(row.size(), 1));
    return static_cast<double>(std::max<std::ptrdiff_t>(sharing, 1)) / neighbors * tables_[post.platform()].mean_degree;
}

inline void Reactions::count_reshared_post(const Post& post, Day& day) {
    std::uint8_t& seen = work_.reshared[post.root];
    if ((seen & 1) == 0) day.recorder.count_post(MeasureId::reshared_posts, post.source(), post.platform());
    seen |= 1;
    if (post.hop() > 1) {
        if ((seen & 2) == 0) day.recorder.count_post(MeasureId::later_reshared_posts, post.source(), post.platform());
        seen |= 2;
    }
}

}  // namespace groundswell::phases
