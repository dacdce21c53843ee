// The feeds phase: views whose moment has come, in the order (minute, post); what viewers see, do and learn.
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

}  // namespace

void Replicate::feeds(std::int32_t day) {
    const std::vector<View>& views = work_.queue.take(day);
    for (std::size_t i = 0; i < views.size(); ++i) {
        if (i + 2 * kAhead < views.size()) {
            const View& later = views[i + 2 * kAhead];
            __builtin_prefetch(&work_.viewers[tie_person(later.tie)], 1);
            __builtin_prefetch(&work_.post(later.post));
        }
        if (i + kAhead < views.size()) __builtin_prefetch(further_memory(views[i + kAhead]), 1);
        process_view(views[i], day);
    }
}

// What a view needs beyond its viewer's and its post's cache lines, which are there by now; null if nothing.
const void* Replicate::further_memory(const View& view) const {
    const Viewer& viewer = work_.viewers[tie_person(view.tie)];
    if (viewer.epoch != work_.epoch) return &world_.persons[tie_person(view.tie)];
    const Post& post = work_.post(view.post);
    return (post.flags & Post::kProgramItem) != 0 ? work_.overflow.place(viewer, post.item) : nullptr;
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

bool Replicate::muted(std::uint32_t author, std::uint32_t person, std::int32_t day) const {
    const auto it = mutes_.find((std::uint64_t{author} << 32) | person);
    return it != mutes_.end() && it->second < day;
}

Segment Replicate::segment_of(std::uint32_t person) const {
    int segment = 0;
    for (std::size_t s = 1; s < kSegments; ++s) segment += person >= world_.segment_begin[s] ? 1 : 0;
    return static_cast<Segment>(segment);
}

void Replicate::process_view(const View& view, std::int32_t day) {
    const Post& post = work_.post(view.post);
    const std::uint32_t person = tie_person(view.tie);
    const auto today = static_cast<std::uint16_t>(day);
    Viewer& viewer = touch(person);
    TraceView* traced = nullptr;
    if (trace_ != nullptr) {
        traced = &trace_->views.emplace_back();
        *traced = {.post = trace_post_[view.post],
                   .viewer = person,
                   .minute = static_cast<std::uint32_t>(day) * 1440 + view.minute,
                   .refusal = Refusal::muted};
    }
    const std::uint32_t week_impressions = viewer.impressions_of_week(today);
    if ((viewer.flags & Viewer::kHasMuted) != 0 && muted(post.author, person, day)) return;

    ItemMemory* memory = nullptr;
    std::uint32_t copies = 0;
    if ((post.flags & Post::kProgramItem) != 0) {
        memory = find_memory(viewer, post.item, work_.overflow);
        const bool remembered = memory != nullptr && today - memory->copy_day <= design_.params.feed.memory_days;
        if (remembered && (post.flags & Post::kVerbatim) != 0) copies = memory->copies;
    }
    if (traced != nullptr) {
        traced->refusal = Refusal::limit_or_copies;
        traced->week_impressions = week_impressions;
        traced->copies = copies;
    }
    if ((week_impressions | copies) != 0) {  // otherwise a candidate is always shown
        const auto& visibility = post.source == Source::page ? plan_.page_visibility : plan_.person_visibility;
        const double shown_at = visibility[tie_class(view.tie)] * post.visibility;
        if (!still_shown(unit(view.hash), shown_at, plan_.limit[week_impressions], plan_.copy_penalty[copies])) return;
    }
    if (traced != nullptr) traced->refusal = Refusal::none;

    const Segment segment = segment_of(person);
    count_impression(viewer, view, post, segment, today);
    if ((post.flags & Post::kVerbatim) != 0) {
        if (memory == nullptr)
            memory = make_memory(viewer, post.item, today, design_.params.feed.memory_days, work_.overflow);
        memory->copies = static_cast<std::uint8_t>(copies < 255 ? copies + 1 : 255);
        memory->copy_day = today;
    }
    const std::uint64_t w0 = view_word(post.key, person, 0);
    const std::uint32_t attention = post.source == Source::page ? plan_.page_attention : plan_.person_attention;
    if (static_cast<std::uint32_t>(w0 >> 32) < attention)
        attend(viewer, view, post, segment, day, viewer.impressions_of_week(today), memory, traced);
}

void Replicate::count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment,
                                 std::uint16_t today) {
    ++stats_.impressions;
    viewer.count_impression();
    count_view(ViewMeasure::impressions, segment, post);
    if ((post.flags & Post::kLink) != 0) count_view(ViewMeasure::link_impressions, segment, post);
    const bool page = post.source == Source::page;
    if (!page && tie_strength(view.tie) == Strength::weak)
        recorder_.count_post(PostMeasure::weak_tie_impressions, post.source);
    const auto stamp = static_cast<std::uint16_t>(today + 1);
    if (viewer.last_day_with_page != stamp) {
        if (segment != Segment::employee) recorder_.count_person_with_page(segment, viewer.last_day_with_page);
        viewer.last_day_with_page = stamp;
    }
    if (!page && viewer.last_day != stamp) {
        if (segment != Segment::employee) recorder_.count_person(segment, viewer.last_day);
        viewer.last_day = stamp;
    }
}

void Replicate::attend(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day,
                       std::uint32_t week_impressions, ItemMemory* memory, TraceView* traced) {
    const FeedParams& feed = design_.params.feed;
    const std::uint32_t person = tie_person(view.tie);
    double repeats = 0;
    if ((post.flags & Post::kProgramItem) != 0) {
        const auto today = static_cast<std::uint16_t>(day);
        if (memory == nullptr) memory = make_memory(viewer, post.item, today, feed.memory_days, work_.overflow);
        const auto passed = static_cast<std::size_t>(today - memory->attended_day);
        if (memory->repeats > 0 && passed < plan_.repeat_decay.size())
            repeats = static_cast<double>(memory->repeats) * plan_.repeat_decay[passed];
        memory->repeats = static_cast<float>(repeats + 1.0);
        memory->attended_day = today;
    }
    const double repeat = repeats > 0 ? feed.repeat_floor + (1.0 - feed.repeat_floor) * ieee::exp2(-repeats) : 1.0;
    const double viewer_part = plan_.trait[viewer.susceptibility] * plan_.trait[viewer.propensity];
    const double tie_part = plan_.endorsement[static_cast<std::size_t>(tie_strength(view.tie))] * repeat;

    const std::uint64_t w1 = view_word(post.key, person, 1);
    const std::uint64_t w2 = view_word(post.key, person, 2);
    const auto low = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word)); };
    const auto high = [](std::uint64_t word) { return unit(static_cast<std::uint32_t>(word >> 32)); };
    const bool engaged =
        happens(low(w1), post.engage * (viewer_part * plan_.affinity_engage[viewer.affinity]) * tie_part);
    const bool clicked =
        (post.flags & Post::kLink) != 0 &&
        happens(high(w1), post.click * (viewer_part * plan_.affinity_click[viewer.affinity]) * tie_part);
    const bool reshared =
        happens(low(w2), post.reshare * (viewer_part * plan_.affinity_reshare[viewer.affinity]) * tie_part);
    const double annoyance = 1.0 + feed.mute_frequency * static_cast<double>(week_impressions) / feed.viewer_limit;
    const bool mutes = happens(high(w2), post.mute * plan_.affinity_mute[viewer.affinity] * annoyance) &&
                       mutes_.try_emplace((std::uint64_t{post.author} << 32) | person, day).second;

    count_view(ViewMeasure::attended, segment, post);
    if (engaged) count_view(ViewMeasure::engagements, segment, post);
    if (clicked) count_view(ViewMeasure::clicks, segment, post);
    if (reshared) {
        count_view(ViewMeasure::reshares, segment, post);
        if (tie_strength(view.tie) == Strength::weak) recorder_.count_post(PostMeasure::weak_tie_reshares, post.source);
    }
    if (mutes) {
        count_view(ViewMeasure::mutes, segment, post);
        viewer.flags |= Viewer::kHasMuted;
    }
    if (traced != nullptr) {
        traced->attended = true;
        traced->engaged = engaged;
        traced->clicked = clicked;
        traced->reshared = reshared;
        traced->muted = mutes;
        traced->repeats = repeats;
    }
    learn(viewer, view, post, segment, day);
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
    viewer.favorability = static_cast<float>(1.0 - (1.0 - favor_before) / (1.0 + weight * plan_.favorability_odds));
    favor_[s] += static_cast<double>(viewer.favorability) - favor_before;
}

}  // namespace groundswell
