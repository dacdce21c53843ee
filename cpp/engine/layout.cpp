#include "engine/layout.hpp"

#include "core/errors.hpp"

namespace groundswell {

namespace {

std::vector<Grain> grains_of(const Measure& measure) {
    if (measure.kind() == MeasureKind::sum) return {Grain::fragment};
    if (measure.kind() == MeasureKind::unique && measure.by_segment())
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

Layout::Layout(const Calendar& calendar, const std::vector<Platform>& on) {
    for (const Measure& measure : measures())
        for (const Grain grain : grains_of(measure))
            for (std::size_t period = 0; period < period_count(calendar, grain); ++period) {
                auto& starts = first_[static_cast<std::size_t>(measure.id)][static_cast<std::size_t>(grain)];
                const bool absent = !recorded(calendar, grain, period);
                starts.push_back(absent ? -1 : static_cast<std::int64_t>(rows.size()));
                if (!absent) add(measure, grain, static_cast<std::int32_t>(period), on);
            }
}

void Layout::add(const Measure& measure, Grain grain, std::int32_t period, const std::vector<Platform>& on) {
    const auto push = [&](int segment, int source, int platform, int hop) {
        rows.push_back({measure.id, grain, period, static_cast<std::int8_t>(segment), static_cast<std::int8_t>(source),
                        static_cast<std::int8_t>(platform), static_cast<std::int8_t>(hop)});
    };
    if (measure.kind() == MeasureKind::sum) {
        if (!measure.by_source()) return push(-1, -1, -1, -1);
        for (int segment = 0; measure.by_segment() && segment < kSegments; ++segment)
            for (int source = 0; source < kSources; ++source) push(segment, source, -1, -1);
        for (const Platform platform : on)
            for (int hop = measure.by_hop() ? 1 : -1; hop <= (measure.by_hop() ? kHops : -1); ++hop)
                for (int source = 0; source < kSources; ++source) push(-1, source, static_cast<int>(platform), hop);
        return;
    }
    push(-1, -1, -1, -1);
    for (int segment = 1; measure.by_segment() && segment < kSegments; ++segment) push(segment, -1, -1, -1);
    if (measure.by_platform() && on.size() > 1)
        for (const Platform platform : on) push(-1, -1, static_cast<int>(platform), -1);
}

std::size_t Layout::first(MeasureId measure, Grain grain, std::int32_t period) const {
    const std::int64_t row =
        first_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(grain)][static_cast<std::size_t>(period)];
    if (row < 0) throw InternalError("layout: row not recorded");
    return static_cast<std::size_t>(row);
}

}  // namespace groundswell
