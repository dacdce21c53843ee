// What people know of the company and think of it: awareness and favorability, which both fade. Spec: docs/MODEL.md 5.
#pragma once

#include <algorithm>
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
    // Returns the viewer's attended exposures before this one, decayed.
    double attend(Viewer& viewer, Segment segment, const Post& post, std::uint32_t minute, const Day& day);
    // The phase `awareness`: the day's rises join what is left of the days before.
    void run(Day& day);

    // At the end of the day: all persons outside the company, then the six segments.
    Recorder::Levels awareness_levels() const;
    Recorder::Levels favorability_levels() const;

private:
    using BySegment = std::array<double, kSegments>;

    struct Opinion {
        double awareness, favorability, exposures;
    };

    Opinion opinion_at(const Viewer& viewer, std::uint32_t now) const;
    double valence(const Post& post, double exposures) const;
    // Mean over a segment's persons of what `sums` holds of them; 0 of a segment without persons.
    double mean(const BySegment& sums, std::size_t segment) const;
    Recorder::Levels with_mean_of_all(Recorder::Levels levels) const;
    double persons_of(std::size_t segment) const;

    const RunTables& tables_;
    BySegment lift_{};         // sums over a segment's persons of the share of the attainable lift, end of yesterday
    BySegment lift_today_{};   // their rises of today, faded to the end of the day
    BySegment favor_{};        // sums of what favorability is above its prior mean, end of yesterday
    BySegment favor_today_{};  // its changes of today, faded to the end of the day
};

// What is left of a viewer's state since their last attended view.
inline Awareness::Opinion Awareness::opinion_at(const Viewer& viewer, std::uint32_t now) const {
    if (viewer.exposures == 0) return {0, tables_.favorability_prior, 0};
    const auto passed = static_cast<double>(now - viewer.touched);
    const double prior = tables_.favorability_prior;
    const double above = static_cast<double>(viewer.favorability) - prior;
    return {
        .awareness = static_cast<double>(viewer.awareness) * ieee::exp2(-passed / tables_.half_life_minutes),
        .favorability = prior + above * ieee::exp2(-passed / tables_.favorability_half_life_minutes),
        .exposures = static_cast<double>(viewer.exposures) * ieee::exp2(-passed / tables_.wear_out_half_life_minutes)};
}

// Where an exposure draws favorability to: below zero where the post seems less authentic than what leaves people cold.
inline double Awareness::valence(const Post& post, double exposures) const {
    if (post.is(Post::kNegative)) return -1.0;
    const AwarenessParams& p = tables_.design.params.awareness;
    double felt = static_cast<double>(post.authenticity);
    if (exposures > p.wear_out_exposures && p.wear_out_exponent > 0)
        felt *= ieee::pow(p.wear_out_exposures / exposures, p.wear_out_exponent);
    return std::clamp((felt - p.valence_threshold) / (1.0 - p.valence_threshold), -1.0, 1.0);
}

inline double Awareness::attend(Viewer& viewer, Segment segment, const Post& post, std::uint32_t minute,
                                const Day& day) {
    const std::uint32_t now = day.minute_of_run(minute);
    const std::uint32_t left = 1440 - minute;
    const auto s = static_cast<std::size_t>(segment);
    const double weight = static_cast<double>(post.weight) * tables_.trait[viewer.susceptibility];
    const Opinion before = opinion_at(viewer, now);
    viewer.awareness =
        static_cast<float>(1.0 - (1.0 - before.awareness) / (1.0 + weight * tables_.first_exposure_odds));
    lift_today_[s] += (static_cast<double>(viewer.awareness) - before.awareness) * tables_.minute_decay[left];

    const double toward = valence(post, before.exposures);
    const double odds = (post.is(Post::kNegative) ? 2.0 : 1.0) * weight * tables_.favorability_odds;
    viewer.favorability = static_cast<float>(toward + (before.favorability - toward) / (1.0 + odds));
    favor_today_[s] += (static_cast<double>(viewer.favorability) - before.favorability) * tables_.minute_fade[left];
    viewer.exposures = static_cast<float>(before.exposures + 1.0);
    viewer.touched = now;
    return before.exposures;
}

}  // namespace groundswell::phases
