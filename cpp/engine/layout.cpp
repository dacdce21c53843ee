#include "engine/layout.hpp"

#include "core/errors.hpp"

namespace groundswell {

namespace {

std::vector<Grain> grains_of(const Measure& measure) {
    if (measure.kind == MeasureKind::sum) return {Grain::fragment};
    if (measure.kind == MeasureKind::unique && measure.by_segment)
        return {Grain::week, Grain::month, Grain::quarter, Grain::window, Grain::to_date};
    return {Grain::week, Grain::month, Grain::quarter, Grain::window};
}

std::size_t period_count(const Calendar& calendar, Grain grain) {
    switch (grain) {
        case Grain::fragment:
            return calendar.fragments.size();
        case Grain::month:
            return calendar.months.size();
        case Grain::quarter:
            return calendar.quarters.size();
        case Grain::window:
            return calendar.windows.size();
        default:
            return calendar.weeks.size();
    }
}

// Reach to date starts with the horizon; a window without days has no value.
bool recorded(const Calendar& calendar, Grain grain, std::size_t period) {
    if (grain == Grain::to_date) return calendar.weeks[period].window != Window::warm_up;
    if (grain == Grain::window) return calendar.windows[period].first_day < calendar.windows[period].end_day;
    return true;
}

}  // namespace

Layout::Layout(const Calendar& calendar) {
    for (const Measure& measure : measures())
        for (const Grain grain : grains_of(measure))
            for (std::size_t period = 0; period < period_count(calendar, grain); ++period) {
                auto& starts = first_[static_cast<std::size_t>(measure.id)][static_cast<std::size_t>(grain)];
                const bool absent = !recorded(calendar, grain, period);
                starts.push_back(absent ? -1 : static_cast<std::int64_t>(rows.size()));
                if (!absent) add(measure, grain, static_cast<std::int32_t>(period));
            }
}

void Layout::add(const Measure& measure, Grain grain, std::int32_t period) {
    const auto push = [&](int segment, int source) {
        rows.push_back(
            {measure.id, grain, period, static_cast<std::int8_t>(segment), static_cast<std::int8_t>(source)});
    };
    if (measure.kind == MeasureKind::sum) {
        for (int segment = measure.by_segment ? 0 : -1; segment < (measure.by_segment ? kSegments : 0); ++segment)
            for (int source = measure.by_source ? 0 : -1; source < (measure.by_source ? kSources : 0); ++source)
                push(segment, source);
        return;
    }
    push(-1, -1);
    for (int segment = 1; measure.by_segment && segment < kSegments; ++segment) push(segment, -1);
}

std::size_t Layout::first(MeasureId measure, Grain grain, std::int32_t period) const {
    const std::int64_t row =
        first_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(grain)][static_cast<std::size_t>(period)];
    if (row < 0) throw InternalError("layout: row not recorded");
    return static_cast<std::size_t>(row);
}

}  // namespace groundswell
