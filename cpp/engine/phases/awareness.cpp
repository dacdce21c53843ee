#include "engine/phases/awareness.hpp"

namespace groundswell::phases {

void Awareness::run(Day& day) {
    for (std::size_t s = 0; s < kSegments; ++s) {
        lift_[s] = lift_[s] * tables_.minute_decay[1440] + lift_today_[s];
        favor_[s] = favor_[s] * tables_.minute_fade[1440] + favor_today_[s];
        if (day.trace == nullptr) continue;
        day.trace->segment_lift.push_back(lift_[s]);
        day.trace->segment_favor.push_back(favor_[s]);
    }
    lift_today_ = {};
    favor_today_ = {};
}

double Awareness::persons_of(std::size_t segment) const {
    const auto& begin = tables_.world.segment_begin;
    return begin[segment + 1] - begin[segment];
}

double Awareness::mean(const BySegment& sums, std::size_t segment) const {
    const double persons = persons_of(segment);
    return persons > 0 ? sums[segment] / persons : 0.0;
}

Recorder::Levels Awareness::awareness_levels() const {
    const double attainable = tables_.design.params.awareness.attainable_lift;
    Recorder::Levels levels{};
    for (std::size_t s = 1; s < kSegments; ++s)
        levels[s] = tables_.baseline[s] + attainable * (1.0 - tables_.baseline[s]) * mean(lift_, s);
    return with_mean_of_all(levels);
}

Recorder::Levels Awareness::favorability_levels() const {
    Recorder::Levels levels{};
    for (std::size_t s = 1; s < kSegments; ++s)
        levels[s] = tables_.design.params.awareness.favorability_prior + mean(favor_, s);
    return with_mean_of_all(levels);
}

// Employees, segment 0, are not among those whose levels are reported: all persons outside take its place.
Recorder::Levels Awareness::with_mean_of_all(Recorder::Levels levels) const {
    double persons = 0;
    for (std::size_t s = 1; s < kSegments; ++s) {
        levels[0] += levels[s] * persons_of(s);
        persons += persons_of(s);
    }
    levels[0] = persons > 0 ? levels[0] / persons : 0.0;
    return levels;
}

}  // namespace groundswell::phases
