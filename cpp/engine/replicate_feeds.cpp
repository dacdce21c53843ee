// The feeds phase: views whose moment has come, in the order (minute, post); what viewers see, do and learn.
#include <algorithm>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "engine/replicate.hpp"

namespace groundswell {

namespace {

constexpr std::size_t kAhead = 16;  // views between two stages of fetching ahead: covers a miss to memory

bool happens(double u, double x) { return u < x * (1.0 - u); }  // u < x / (1 + x)

// r * crowding < penalty with r = -ln(1 - u) / visibility. Mostly u <= -ln(1 - u) <= u / (1 - u) decides without the
// logarithm; the margin keeps rounding out of it.
bool still_shown(double u, double visibility, double crowding, double penalty) {
    const double bound = penalty * visibility / crowding;
    if (u < bound * (1.0 - u) * (1.0 - 1e-9)) return true;
    if (u > bound * (1.0 + 1e-9)) return false;
    return -ieee::log(1.0 - u) / visibility * crowding < penalty;
}

std::uint64_t mute_key(const Post& post, std::uint32_t person) {
    return (std::uint64_t{post.carrier} << 32) | (static_cast<std::uint64_t>(post.platform()) << 24) | person;
}

}  // namespace

void Replicate::feeds(std::int32_t day) {
    work_.queue.begin_day(day);
    for (std::uint32_t slice = 0; slice < work_.queue.slices(); ++slice) {
        process_slice(work_.queue.slice(slice), day);
        resolve_amplified(day, slice);
        carry_out_acts(day);
    }
    work_.queue.end_day();
}

void Replicate::process_slice(std::span<const View> views, std::int32_t day) {
    for (std::size_t i = 0; i < views.size(); ++i) {
        if (i + 2 * kAhead < views.size()) {
            const View& later = views[i + 2 * kAhead];
            prefetch<true>(&work_.viewers[tie_person(later.tie)]);
            prefetch(&work_.posts.post(later.post));
        }
        if (i + kAhead < views.size()) {
            prefetch<true>(further_memory(views[i + kAhead]));
            prefetch(first_degree_memory(views[i + kAhead]));
        }
        process_view(views[i], day);
    }
}

// What a view needs beyond its viewer's and its post's cache lines, which are there by now; null if nothing. Addresses,
// not prefetches: the compiler takes a function that only prefetches for one without effect, and drops its calls.
const void* Replicate::further_memory(const View& view) {
    const Viewer& viewer = work_.viewers[tie_person(view.tie)];
    if (viewer.epoch != work_.epoch) return &world_.persons[tie_person(view.tie)];
    const Post& post = work_.posts.post(view.post);
    return post.is(Post::kProgramItem) ? work_.overflow.place(viewer, post.item) : nullptr;
}

// Where a later hop will look up whether its viewer is connected with the author; null at the first hop.
const void* Replicate::first_degree_memory(const View& view) const {
    const Post& post = work_.posts.post(view.post);
    if (post.hop() == 1) return nullptr;
    return plan_.first_degree.memory(post.platform(), post.root_author, tie_person(view.tie));
}

Viewer& Replicate::touch(std::uint32_t person) {
    Viewer& viewer = work_.viewers[person];
    if (viewer.epoch != work_.epoch) {
        const PersonTraits& traits = world_.persons[person];
        viewer = Viewer{};
        viewer.epoch = work_.epoch;
        viewer.favorability = static_cast<float>(design_.params.awareness.favorability_prior);
        viewer.affinity = traits.affinity;
        viewer.susceptibility = traits.susceptibility;
        viewer.propensity = traits.propensity;
    }
    return viewer;
}

PlatformViewer& Replicate::touch(std::uint32_t person, Platform platform) {
    PlatformViewer& viewer = work_.platform_viewers[static_cast<std::size_t>(platform)][person];
    if (viewer.epoch != work_.epoch) viewer = {.week = {}, .last = {}, .epoch = work_.epoch};
    return viewer;
}

bool Replicate::muted(const Post& post, std::uint32_t person, std::int32_t day) const {
    const auto it = work_.mutes.find(mute_key(post, person));
    return it != work_.mutes.end() && it->second < day;
}

// Factor of the reshare odds: share of the viewer's neighbors who have shared the post x mean degree.
double Replicate::contagion(const Post& post, std::uint32_t person) const {
    if (design_.params.feed.fractional_contagion == 0) return 1.0;
    const auto row = world_.graph(post.platform()).row(person);
    const auto sharing = std::count_if(row.begin(), row.end(), [&](TieWord tie) {
        return tie_person(tie) == post.root_author || work_.carried.contains(act_key(post.root, tie_person(tie)));
    });
    const auto neighbors = static_cast<double>(std::max<std::size_t>(row.size(), 1));
    return static_cast<double>(std::max<std::ptrdiff_t>(sharing, 1)) / neighbors * plan_[post.platform()].mean_degree;
}

Segment Replicate::segment_of(std::uint32_t person) const {
    int segment = 0;
    for (std::size_t s = 1; s < kSegments; ++s) segment += person >= world_.segment_begin[s] ? 1 : 0;
    return static_cast<Segment>(segment);
}

TraceView& Replicate::trace_view(const View& view, const Post& post, std::int32_t day) {
    const Origin& origin = work_.posts.origin(view.post);
    return records_.trace->views.emplace_back(TraceView{.post = origin.trace_post,
                                                        .act = origin.trace_act,
                                                        .viewer = tie_person(view.tie),
                                                        .minute = static_cast<std::uint32_t>(day) * 1440 + view.minute,
                                                        .hop = post.hop(),
                                                        .refusal = Refusal::muted});
}

// Verbatim showings of the post's item to a viewer that still count against it.
std::uint32_t Replicate::copies_seen(const ItemMemory* memory, const Post& post, std::uint16_t today) const {
    if (memory == nullptr || !post.is(Post::kVerbatim)) return 0;
    return today - memory->copy_day <= design_.params.feed.memory_days ? memory->copies : 0;
}

// Whether a candidate that is not muted is shown.
bool Replicate::shown(const View& view, const Post& post, std::uint32_t week_impressions, std::uint32_t copies) const {
    if ((week_impressions | copies) == 0) return true;
    const VisibilityTable& visibility =
        post.is(Post::kAct) ? plan_.tie_value
                            : plan_[post.platform()].visibility[static_cast<std::size_t>(post.carried_by())];
    return still_shown(unit(view.hash), visibility[tie_class(view.tie)] * post.visibility,
                       plan_.limit[week_impressions], plan_.copy_penalty[copies]);
}

void Replicate::process_view(const View& view, std::int32_t day) {
    const Post& post = work_.posts.post(view.post);
    const std::uint32_t person = tie_person(view.tie);
    const auto today = static_cast<std::uint16_t>(day);
    Viewer& viewer = touch(person);
    TraceView* traced = records_.trace != nullptr ? &trace_view(view, post, day) : nullptr;
    WeekCount& week_count = week(viewer, person, post.platform());
    const std::uint32_t week_impressions = week_count.upto(today);
    if ((viewer.flags & Viewer::kHasMuted) != 0 && muted(post, person, day)) return;

    ItemMemory* memory = post.is(Post::kProgramItem) ? find_memory(viewer, post.item, work_.overflow) : nullptr;
    const std::uint32_t copies = copies_seen(memory, post, today);
    const bool is_shown = shown(view, post, week_impressions, copies);
    if (traced != nullptr) {
        traced->refusal = is_shown ? Refusal::none : Refusal::limit_or_copies;
        traced->week_impressions = week_impressions;
        traced->copies = copies;
    }
    if (!is_shown) return;

    const Segment segment = segment_of(person);
    week_count.count();
    count_impression(viewer, view, post, segment, day);
    if (post.is(Post::kVerbatim)) {
        if (memory == nullptr)
            memory = make_memory(viewer, post.item, today, design_.params.feed.memory_days, work_.overflow);
        memory->copies = static_cast<std::uint8_t>(copies < 255 ? copies + 1 : 255);
        memory->copy_day = today;
    }
    const std::uint64_t w0 = view_word(post.key, person, 0);
    const std::uint32_t attention = plan_[post.platform()].attention[static_cast<std::size_t>(post.carried_by())];
    if (static_cast<std::uint32_t>(w0 >> 32) < attention)
        attend(viewer, view, post, segment, day, week_count.upto(today), memory, traced);
}

void Replicate::count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment,
                                 std::int32_t day) {
    ++stats_.impressions;
    count_view(ViewMeasure::impressions, segment, post);
    if (post.is(Post::kLink)) count_view(ViewMeasure::link_impressions, segment, post);
    if (tie_strength(view.tie) == Strength::weak)
        recorder_.count_post(PostMeasure::weak_tie_impressions, post.source(), post.platform());
    const std::uint32_t person = tie_person(view.tie);
    if (post.hop() == 1)
        ++stats_.first_hop_impressions;
    else if (!plan_.first_degree.connected(post.platform(), post.root_author, person))
        recorder_.count_post(PostMeasure::beyond_first_degree, post.source(), post.platform());
    if (records_.cascades != nullptr) {
        const std::int32_t act = work_.posts.origin(view.post).cascade_act;
        if (act >= 0) ++records_.cascades->acts[static_cast<std::size_t>(act)].views;
    }
    count_reach(viewer, person, post, segment, static_cast<std::uint16_t>(day + 1));
}

// A person counts in a cell with the first impression there; stamp: 1 + today.
void Replicate::count_reach(Viewer& viewer, std::uint32_t person, const Post& post, Segment segment,
                            std::uint16_t stamp) {
    const bool page = post.source() == Source::page;
    const bool outside = segment != Segment::employee;
    if (viewer.last.with_page != stamp) {
        if (outside) recorder_.count_person_with_page(segment, viewer.last.with_page);
        viewer.last.with_page = stamp;
    }
    if (!page && viewer.last.employee != stamp) {
        if (outside) recorder_.count_person(segment, viewer.last.employee);
        viewer.last.employee = stamp;
    }
    if (!several_) return;
    LastDays& here = touch(person, post.platform()).last;
    if (here.with_page != stamp) {
        if (outside) recorder_.count_person_with_page(post.platform(), here.with_page);
        here.with_page = stamp;
    }
    if (!page && here.employee != stamp) {
        if (outside) recorder_.count_person(post.platform(), here.employee);
        here.employee = stamp;
    }
}

void Replicate::attend(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day,
                       std::uint32_t week_impressions, ItemMemory* memory, TraceView* traced) {
    const double repeats =
        post.is(Post::kProgramItem) ? count_repeat(viewer, post, memory, static_cast<std::uint16_t>(day)) : 0.0;
    const Reactions reactions = react_to(viewer, view, post, day, week_impressions, repeats);
    count_view(ViewMeasure::attended, segment, post);
    if (reactions.engaged) {
        count_view(ViewMeasure::engagements, segment, post);
        acts_.push_back({view.post, tie_person(view.tie), view.minute, ActKind::surfaced});
    }
    if (reactions.clicked) count_view(ViewMeasure::clicks, segment, post);
    if (reactions.reshared) count_reshare(view, post, segment);
    if (reactions.muted) {
        count_view(ViewMeasure::mutes, segment, post);
        viewer.flags |= Viewer::kHasMuted;
    }
    if (traced != nullptr) {
        traced->attended = true;
        traced->engaged = reactions.engaged;
        traced->clicked = reactions.clicked;
        traced->reshared = reactions.reshared;
        traced->muted = reactions.muted;
        traced->repeats = repeats;
    }
    learn(viewer, view, post, segment, day);
}

// Attended exposures to the post's item before this one, decayed; counts this one.
double Replicate::count_repeat(Viewer& viewer, const Post& post, ItemMemory* memory, std::uint16_t today) {
    double repeats = 0;
    if (memory == nullptr)
        memory = make_memory(viewer, post.item, today, design_.params.feed.memory_days, work_.overflow);
    const auto passed = static_cast<std::size_t>(today - memory->attended_day);
    if (memory->repeats > 0 && passed < plan_.repeat_decay.size())
        repeats = static_cast<double>(memory->repeats) * plan_.repeat_decay[passed];
    memory->repeats = static_cast<float>(repeats + 1.0);
    memory->attended_day = today;
    return repeats;
}

// What a viewer does on an attended view; remembers what can be done only once.
Reactions Replicate::react_to(const Viewer& viewer, const View& view, const Post& post, std::int32_t day,
                              std::uint32_t week_impressions, double repeats) {
    const FeedParams& feed = design_.params.feed;
    const PlatformPlan& platform = plan_[post.platform()];
    const std::uint32_t person = tie_person(view.tie);
    const double repeat = repeats > 0 ? feed.repeat_floor + (1.0 - feed.repeat_floor) * ieee::exp2(-repeats) : 1.0;
    const double viewer_part = plan_.trait[viewer.susceptibility] * plan_.trait[viewer.propensity];
    const auto& endorsement = post.is(Post::kSurfaced) ? platform.surfaced_endorsement : platform.endorsement;
    const double tie_part = endorsement[static_cast<std::size_t>(tie_strength(view.tie))] * repeat;

    const std::uint64_t w1 = view_word(post.key, person, 1);
    const std::uint64_t w2 = view_word(post.key, person, 2);
    const auto low = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word)); };
    const auto high = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word >> 32)); };
    const auto first_act = [&](ActKind kind) { return work_.acted.insert(act_key(post.root, person, kind)).second; };
    const double engage_odds = post.engage * (viewer_part * plan_.affinity_engage[viewer.affinity]) * tie_part;
    const double click_odds = post.click * (viewer_part * plan_.affinity_click[viewer.affinity]) * tie_part;
    const double reshare_odds = post.reshare * (viewer_part * plan_.affinity_reshare[viewer.affinity]) * tie_part;
    const double annoyance = 1.0 + feed.mute_frequency * static_cast<double>(week_impressions) / feed.viewer_limit;
    const double mute_base =
        platform.mute[static_cast<std::size_t>(post.carried_by())][post.is(Post::kPromotional) ? 1 : 0];

    Reactions reactions;
    reactions.engaged = happens(low(w1), engage_odds) && first_act(ActKind::surfaced);
    reactions.clicked = post.is(Post::kLink) && happens(high(w1), click_odds);
    reactions.reshared = happens(low(w2), reshare_odds * contagion(post, person)) && first_act(ActKind::reshare);
    reactions.muted = happens(high(w2), mute_base * plan_.affinity_mute[viewer.affinity] * annoyance) &&
                      work_.mutes.try_emplace(mute_key(post, person), day).second;
    return reactions;
}

void Replicate::count_reshare(const View& view, const Post& post, Segment segment) {
    count_view(ViewMeasure::reshares, segment, post);
    if (tie_strength(view.tie) == Strength::weak)
        recorder_.count_post(PostMeasure::weak_tie_reshares, post.source(), post.platform());
    count_reshared_post(post);
    acts_.push_back({view.post, tie_person(view.tie), view.minute, ActKind::reshare});
}

// Posts with a reshare, and with one by somebody whom a later hop reached.
void Replicate::count_reshared_post(const Post& post) {
    std::uint8_t& seen = work_.reshared[post.root];
    if ((seen & 1) == 0) recorder_.count_post(PostMeasure::reshared_posts, post.source(), post.platform());
    seen |= 1;
    if (post.hop() > 1) {
        if ((seen & 2) == 0) recorder_.count_post(PostMeasure::later_reshared_posts, post.source(), post.platform());
        seen |= 2;
    }
}

void Replicate::learn(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day) {
    const std::uint32_t now = static_cast<std::uint32_t>(day) * 1440 + view.minute;
    const double weight = post.weight * plan_.trait[viewer.susceptibility];
    double before = 0;
    if (viewer.awareness > 0) {
        const double passed = static_cast<double>(now - viewer.touched);
        before = static_cast<double>(viewer.awareness) * ieee::exp2(-passed / plan_.half_life_minutes);
    }
    viewer.awareness = static_cast<float>(1.0 - (1.0 - before) / (1.0 + weight * plan_.first_exposure_odds));
    viewer.touched = now;
    const auto s = static_cast<std::size_t>(segment);
    lift_today_[s] += (static_cast<double>(viewer.awareness) - before) * plan_.minute_decay[1440 - view.minute];

    const auto favor_before = static_cast<double>(viewer.favorability);
    viewer.favorability = static_cast<float>(
        post.is(Post::kNegative) ? (1.0 + favor_before) / (1.0 + 2.0 * weight * plan_.favorability_odds) - 1.0
                                 : 1.0 - (1.0 - favor_before) / (1.0 + weight * plan_.favorability_odds));
    favor_[s] += static_cast<double>(viewer.favorability) - favor_before;
}

}  // namespace groundswell
