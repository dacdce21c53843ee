#include "engine/replicate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

#include "core/errors.hpp"

namespace groundswell {

Workspace::Workspace(const World& world) : viewers(world.person_count()) {
    const auto on = std::count_if(world.graphs.begin(), world.graphs.end(), [](const auto& g) { return g.on(); });
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (on > 1 && world.graphs[p].on()) platform_viewers[p] = PageArray<PlatformViewer>(world.person_count());
}

std::uint16_t Workspace::next_epoch() {
    if (++epoch == 0) {  // wrapped: old states could look current
        std::memset(static_cast<void*>(&viewers[0]), 0, viewers.size() * sizeof(Viewer));
        for (auto& array : platform_viewers)
            if (array.size() > 0) std::memset(static_cast<void*>(&array[0]), 0, array.size() * sizeof(PlatformViewer));
        epoch = 1;
    }
    return epoch;
}

Replicate::Replicate(const Plan& plan, std::uint32_t replicate, Workspace& workspace, std::span<double> values,
                     const Records& records)
    : plan_(plan),
      world_(plan.world),
      design_(plan.design),
      work_(workspace),
      recorder_(plan.design.calendar, plan.design.layout, plan.on, values),
      records_(records),
      isa_(active_isa()),
      several_(std::count_if(world_.graphs.begin(), world_.graphs.end(), [](const auto& g) { return g.on(); }) > 1),
      team_(plan.design, plan.world, plan.team, replicate),
      authors_(world_.employees + 1, AuthorState{Credibility(design_.params.credibility)}),
      program_posts_(world_.employees) {
    if (values.size() != design_.layout.rows.size()) throw InternalError("replicate: values do not match the layout");
    const auto key = [&](Decision decision) { return stream_key(world_.seed, world_.index, replicate, decision); };
    counts_key_ = key(Decision::post_counts);
    post_key_ = key(Decision::post_attributes);
    item_key_ = key(Decision::item_attributes);
    appeal_key_ = key(Decision::item_appeal);
    view_key_ = key(Decision::views);
    amplification_key_ = key(Decision::amplification);
    negative_key_ = key(Decision::negative_posts);
    work_.next_epoch();
    work_.overflow.clear();
    work_.posts.reset();
    work_.acted.clear();
    work_.carried.clear();
    work_.mutes.clear();
    work_.reshared.clear();
    double cut_days = 0;
    for (const Platform platform : plan_.on)
        cut_days = std::max(cut_days, design_.params.platforms[static_cast<std::size_t>(platform)]->view_cut_days);
    longest_wait_ = static_cast<std::int32_t>(std::ceil(cut_days)) + 1;
    work_.queue.reset(longest_wait_, plan_.slice_minutes);
    posts_of_day_begin_.reserve(design_.calendar.days.size() + 1);
}

RunStats Replicate::run(const std::atomic<bool>* cancel) {
    using Clock = std::chrono::steady_clock;
    constexpr std::array<void (Replicate::*)(std::int32_t), kPhases.size()> phases = {
        &Replicate::workforce, &Replicate::program, &Replicate::posting,
        &Replicate::feeds,     &Replicate::authors, &Replicate::record};
    for (std::int32_t day = 0; day < design_.calendar.day_count(); ++day) {
        if (cancel != nullptr && cancel->load(std::memory_order_relaxed)) throw Cancelled();
        recorder_.begin_day(day);
        const Window window = design_.calendar.days[static_cast<std::size_t>(day)].window;
        counting_ = window == Window::horizon ? records_.authors : nullptr;
        auto before = Clock::now();
        for (std::size_t p = 0; p < phases.size(); ++p) {
            (this->*phases[p])(day);
            const auto after = Clock::now();
            stats_.phase_seconds[p] += std::chrono::duration<double>(after - before).count();
            before = after;
        }
    }
    return stats_;
}

void Replicate::authors(std::int32_t day) {
    const CredibilityParams& params = design_.params.credibility;
    for (std::size_t i = 0; i < written_.size();) {
        const std::uint32_t author = written_[i].author;
        Credibility& credibility = authors_[author].credibility;
        credibility.begin_day(day, params);
        std::uint32_t program_posts = 0;
        for (; i < written_.size() && written_[i].author == author; ++i) {
            const WrittenPost& post = written_[i];
            program_posts += post.program ? 1 : 0;
            if (post.company)
                credibility.add_company_post(post.authenticity, post.promotional, params);
            else
                credibility.add_other_post();
        }
        credibility.end_day(params);
        team_.count_program_posts(author, day, program_posts);
    }
    written_.clear();
}

void Replicate::record(std::int32_t day) {
    Recorder::Levels awareness{}, favorability{};
    const AwarenessParams& params = design_.params.awareness;
    double persons = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
        lift_[s] = lift_[s] * plan_.minute_decay[1440] + lift_today_[s];
        lift_today_[s] = 0;
        if (records_.trace != nullptr) records_.trace->segment_lift.push_back(lift_[s]);
        if (s == static_cast<std::size_t>(Segment::employee)) continue;
        const double size = world_.segment_begin[s + 1] - world_.segment_begin[s];
        const double mean_lift = size > 0 ? lift_[s] / size : 0.0;
        awareness[s] = plan_.baseline[s] + params.attainable_lift * (1.0 - plan_.baseline[s]) * mean_lift;
        favorability[s] = params.favorability_prior + (size > 0 ? favor_[s] / size : 0.0);
        awareness[0] += awareness[s] * size;
        favorability[0] += favorability[s] * size;
        persons += size;
    }
    awareness[0] = persons > 0 ? awareness[0] / persons : 0.0;
    favorability[0] = persons > 0 ? favorability[0] / persons : 0.0;
    recorder_.end_day(day, awareness, favorability, team_.levels(day));
    if (records_.trace == nullptr || day + 1 != design_.calendar.day_count()) return;
    Trace& trace = *records_.trace;
    for (std::uint32_t person = 0; person < world_.person_count(); ++person) {
        const Viewer& viewer = work_.viewers[person];
        if (viewer.epoch != work_.epoch) continue;
        trace.viewer.push_back(person);
        trace.awareness.push_back(static_cast<double>(viewer.awareness));
        trace.favorability.push_back(static_cast<double>(viewer.favorability));
    }
    for (std::uint32_t author = 0; author < world_.employees; ++author)
        trace.credibility.push_back(authors_[author].credibility.value());
}

}  // namespace groundswell
