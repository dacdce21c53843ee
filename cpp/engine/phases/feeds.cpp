#include "engine/phases/feeds.hpp"

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"

namespace groundswell::phases {

namespace {

constexpr std::size_t kAhead = 16;  // views between two stages of fetching ahead: covers a miss to memory

// r * crowding < penalty with r = -ln(1 - u) / visibility. Mostly u <= -ln(1 - u) <= u / (1 - u) decides without the
// logarithm; the margin keeps rounding out of it.
bool still_shown(double u, double visibility, double crowding, double penalty) {
    const double bound = penalty * visibility / crowding;
    if (u < bound * (1.0 - u) * (1.0 - 1e-9)) return true;
    if (u > bound * (1.0 + 1e-9)) return false;
    return -ieee::log(1.0 - u) / visibility * crowding < penalty;
}

}  // namespace

Feeds::Feeds(const RunTables& tables, Workspace& workspace, Acts& acts, Amplification& amplification,
             Awareness& awareness)
    : tables_(tables),
      world_(tables.world),
      params_(tables.design.params.feed),
      work_(workspace),
      viewers_(workspace.viewers),
      acts_(acts),
      amplification_(amplification),
      awareness_(awareness),
      reactions_(tables, workspace) {}

void Feeds::run(Day& day) {
    work_.queue.begin_day(day.index);
    for (std::uint32_t slice = 0; slice < work_.queue.slices(); ++slice) {
        process_slice(work_.queue.slice(slice), day);
        amplification_.resolve(slice, day, reactions_, acts_of_slice_);
        acts_.pass_on(acts_of_slice_, day);
    }
    work_.queue.end_day();
}

void Feeds::process_slice(std::span<const View> views, Day& day) {
    for (std::size_t i = 0; i < views.size(); ++i) {
        if (i + 2 * kAhead < views.size()) {
            const View& later = views[i + 2 * kAhead];
            prefetch<true>(&viewers_.states[tie_person(later.tie)]);
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
const void* Feeds::further_memory(const View& view) {
    const std::uint32_t person = tie_person(view.tie);
    if (!viewers_.is_touched(person)) return &world_.persons[person];
    const Post& post = work_.posts.post(view.post);
    return post.is(Post::kProgramItem) ? viewers_.overflow.place(viewers_.states[person], post.item) : nullptr;
}

// Where a later hop will look up whether its viewer is connected with the author; null at the first hop.
const void* Feeds::first_degree_memory(const View& view) const {
    const Post& post = work_.posts.post(view.post);
    if (post.hop() == 1) return nullptr;
    return tables_.first_degree.memory(post.platform(), post.root_author, tie_person(view.tie));
}

TraceView& Feeds::trace_view(const View& view, const Post& post, Day& day) const {
    const Origin& origin = work_.posts.origin(view.post);
    return day.trace->views.emplace_back(TraceView{.post = origin.trace_post,
                                                   .act = origin.trace_act,
                                                   .viewer = tie_person(view.tie),
                                                   .minute = day.minute_of_run(view.minute),
                                                   .hop = post.hop(),
                                                   .refusal = Refusal::muted});
}

Segment Feeds::segment_of(std::uint32_t person) const {
    int segment = 0;
    for (std::size_t s = 1; s < kSegments; ++s) segment += person >= world_.segment_begin[s] ? 1 : 0;
    return static_cast<Segment>(segment);
}

// Verbatim showings of the post's item to a viewer that still count against it.
std::uint32_t Feeds::copies_seen(const ItemMemory* memory, const Post& post, std::uint16_t today) const {
    if (memory == nullptr || !post.is(Post::kVerbatim)) return 0;
    return today - memory->copy_day <= params_.memory_days ? memory->copies : 0;
}

// Whether a candidate that is not muted is shown.
bool Feeds::is_shown(const View& view, const Post& post, std::uint32_t week_impressions, std::uint32_t copies) const {
    if ((week_impressions | copies) == 0) return true;
    const VisibilityTable& visibility =
        post.is(Post::kAct) ? tables_.tie_value
                            : tables_[post.platform()].visibility[static_cast<std::size_t>(post.carried_by())];
    return still_shown(unit(view.hash), visibility[tie_class(view.tie)] * post.visibility,
                       tables_.limit[week_impressions], tables_.copy_penalty[copies]);
}

void Feeds::process_view(const View& view, Day& day) {
    const Post& post = work_.posts.post(view.post);
    const std::uint32_t person = tie_person(view.tie);
    const auto today = static_cast<std::uint16_t>(day.index);
    Viewer& viewer = viewers_.touch(person);
    TraceView* traced = day.trace != nullptr ? &trace_view(view, post, day) : nullptr;
    WeekCount& week_count = viewers_.week(viewer, person, post.platform());
    const std::uint32_t week_impressions = week_count.upto(today);
    if ((viewer.flags & Viewer::kHasMuted) != 0 && reactions_.is_muted(post, person, day.index)) return;

    ItemMemory* memory = post.is(Post::kProgramItem) ? find_memory(viewer, post.item, viewers_.overflow) : nullptr;
    const std::uint32_t copies = copies_seen(memory, post, today);
    const bool shown = is_shown(view, post, week_impressions, copies);
    if (traced != nullptr) {
        traced->refusal = shown ? Refusal::none : Refusal::limit_or_copies;
        traced->week_impressions = week_impressions;
        traced->copies = copies;
    }
    if (!shown) return;

    const Segment segment = segment_of(person);
    week_count.count();
    count_impression(viewer, view, post, segment, day);
    if (post.is(Post::kVerbatim)) {
        if (memory == nullptr) memory = make_memory(viewer, post.item, today, params_.memory_days, viewers_.overflow);
        memory->copies = static_cast<std::uint8_t>(copies < 255 ? copies + 1 : 255);
        memory->copy_day = today;
    }
    const std::uint64_t w0 = view_word(post.key, world_.viewer_number(person, segment), 0);
    const std::uint32_t attention = tables_[post.platform()].attention[static_cast<std::size_t>(post.carried_by())];
    if (static_cast<std::uint32_t>(w0 >> 32) < attention)
        attend(viewer, view, post, segment, day, week_count.upto(today), memory, traced);
}

void Feeds::count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment, Day& day) {
    ++day.work.impressions;
    day.count_view(MeasureId::impressions, segment, post);
    if (post.is(Post::kLink)) day.count_view(MeasureId::link_impressions, segment, post);
    if (tie_strength(view.tie) == Strength::weak)
        day.recorder.count_post(MeasureId::weak_tie_impressions, post.source(), post.platform());
    const std::uint32_t person = tie_person(view.tie);
    if (post.hop() == 1)
        ++day.work.first_hop_impressions;
    else if (!tables_.first_degree.connected(post.platform(), post.root_author, person))
        day.recorder.count_post(MeasureId::impressions_beyond_first_degree, post.source(), post.platform());
    if (day.cascades != nullptr) {
        const std::int32_t act = work_.posts.origin(view.post).cascade_act;
        if (act >= 0) ++day.cascades->acts[static_cast<std::size_t>(act)].views;
    }
    count_reach(viewer, person, post, segment, day);
}

// A person counts in a cell with the first impression there.
void Feeds::count_reach(Viewer& viewer, std::uint32_t person, const Post& post, Segment segment, Day& day) {
    const std::uint16_t stamp = day.stamp();
    const bool page = post.source() == Source::page;
    const bool outside = segment != Segment::employee;
    if (viewer.last.with_page != stamp) {
        if (outside) day.recorder.count_person_with_page(segment, viewer.last.with_page);
        viewer.last.with_page = stamp;
    }
    if (!page && viewer.last.employee != stamp) {
        if (outside) day.recorder.count_person(segment, viewer.last.employee);
        viewer.last.employee = stamp;
    }
    if (!viewers_.several_platforms()) return;
    LastDays& on_platform = viewers_.touch(person, post.platform()).last;
    if (on_platform.with_page != stamp) {
        if (outside) day.recorder.count_person_with_page(post.platform(), on_platform.with_page);
        on_platform.with_page = stamp;
    }
    if (!page && on_platform.employee != stamp) {
        if (outside) day.recorder.count_person(post.platform(), on_platform.employee);
        on_platform.employee = stamp;
    }
}

void Feeds::attend(Viewer& viewer, const View& view, const Post& post, Segment segment, Day& day,
                   std::uint32_t week_impressions, ItemMemory* memory, TraceView* traced) {
    const double repeats =
        post.is(Post::kProgramItem) ? count_repeat(viewer, post, memory, static_cast<std::uint16_t>(day.index)) : 0.0;
    const Reaction reaction = reactions_.react(
        {view, post, viewer, world_.viewer_number(tie_person(view.tie), segment), week_impressions, repeats},
        day.index);
    day.count_view(MeasureId::attended_impressions, segment, post);
    if (reaction.any()) follow_reaction(reaction, viewer, view, post, segment, day);
    const double exposures = awareness_.attend(viewer, segment, post, view.minute, day);
    if (traced != nullptr) {
        traced->attended = true;
        traced->engaged = reaction.engaged;
        traced->clicked = reaction.clicked;
        traced->reshared = reaction.reshared;
        traced->muted = reaction.muted;
        traced->repeats = repeats;
        traced->exposures = exposures;
    }
}

// Attended exposures to the post's item before this one, decayed; counts this one.
double Feeds::count_repeat(Viewer& viewer, const Post& post, ItemMemory* memory, std::uint16_t today) {
    double repeats = 0;
    if (memory == nullptr) memory = make_memory(viewer, post.item, today, params_.memory_days, viewers_.overflow);
    const auto passed = static_cast<std::size_t>(today - memory->attended_day);
    if (memory->repeats > 0 && passed < tables_.repeat_decay.size())
        repeats = static_cast<double>(memory->repeats) * tables_.repeat_decay[passed];
    memory->repeats = static_cast<float>(repeats + 1.0);
    memory->attended_day = today;
    return repeats;
}

// Counts what a viewer did, and what of it becomes an act at the end of the slice.
void Feeds::follow_reaction(const Reaction& reaction, Viewer& viewer, const View& view, const Post& post,
                            Segment segment, Day& day) {
    if (reaction.engaged) {
        day.count_view(MeasureId::engagements, segment, post);
        if (post.source() != Source::page) day.engaged_with.push_back(post.root_author);
        acts_of_slice_.push_back({view.post, tie_person(view.tie), view.minute, ActKind::surfaced});
    }
    if (reaction.clicked) day.count_view(MeasureId::clicks, segment, post);
    if (reaction.reshared) {
        day.count_view(MeasureId::reshares, segment, post);
        if (tie_strength(view.tie) == Strength::weak)
            day.recorder.count_post(MeasureId::weak_tie_reshares, post.source(), post.platform());
        reactions_.count_reshared_post(post, day);
        acts_of_slice_.push_back({view.post, tie_person(view.tie), view.minute, ActKind::reshare});
    }
    if (reaction.muted) {
        day.count_view(MeasureId::mutes, segment, post);
        viewer.flags |= Viewer::kHasMuted;
    }
}

}  // namespace groundswell::phases
