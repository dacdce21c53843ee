// What people know of the company and think of it: awareness, which fades, and favorability. Spec: docs/MODEL.md 5.
#pragma once

#include <array>
#include <cstdint>

#include "core/ieee_math.hpp"
#include "engine/phases/day.hpp"
#include "engine/run_tables.hpp"
#include "engine/viewer.hpp"

namespace groundswell::phases {

class Awareness {
public:
    explicit Awareness(const RunTables& tables) : tables_(tables) {}

    // An attended view: happens inside `feeds`, since a viewer's own events follow each other within a day. Defined
    // below, as a part of the path of a view.
    void attend(Viewer& viewer, Segment segment, const Post& post, std::uint32_t minute, const Day& day);
    // The phase `awareness`: the day's rises join what is left of the days before.
    void run(Day& day);

    // At the end of the day: all persons outside the company, then the six segments.
    Recorder::Levels awareness_levels() const;
    Recorder::Levels favorability_levels() const;

private:
    using BySegment = std::array<double, kSegments>;

    // Mean over a segment's persons of what `sums` holds of them; 0 of a segment without persons.
    double mean(const BySegment& sums, std::size_t segment) const;
    Recorder::Levels with_mean_of_all(Recorder::Levels levels) const;
    double persons_of(std::size_t segment) const;

    const RunTables& tables_;
    BySegment lift_{};        // sums over a segment's persons of the share of the attainable lift, end of yesterday
    BySegment lift_today_{};  // their rises of today, faded to the end of the day
    BySegment favor_{};       // sums of the rises of favorability
};

inline void Awareness::attend(Viewer& viewer, Segment segment, const Post& post, std::uint32_t minute, const Day& day) {
    const std::uint32_t now = day.minute_of_run(minute);
    const double weight = post.weight * tables_.trait[viewer.susceptibility];
    double before = 0;
    if (viewer.awareness > 0) {
        const double passed = static_cast<double>(now - viewer.touched);
        before = static_cast<double>(viewer.awareness) * ieee::exp2(-passed / tables_.half_life_minutes);
    }
    viewer.awareness = static_cast<float>(1.0 - (1.0 - before) / (1.0 + weight * tables_.first_exposure_odds));
    viewer.touched = now;
    const auto s = static_cast<std::size_t>(segment);
    lift_today_[s] += (static_cast<double>(viewer.awareness) - before) * tables_.minute_decay[1440 - minute];

    const auto favor_before = static_cast<double>(viewer.favorability);
    viewer.favorability = static_cast<float>(
        post.is(Post::kNegative) ? (1.0 + favor_before) / (1.0 + 2.0 * weight * tables_.favorability_odds) - 1.0
                                 : 1.0 - (1.0 - favor_before) / (1.0 + weight * tables_.favorability_odds));
    favor_[s] += static_cast<double>(viewer.favorability) - favor_before;
}

}  // namespace groundswell::phases
