#include "engine/recorder.hpp"

#include <utility>

namespace groundswell {

namespace {

std::size_t column_of(Grain grain) { return static_cast<std::size_t>(grain) - static_cast<std::size_t>(Grain::week); }

}  // namespace

Recorder::Recorder(const Calendar& calendar, const Layout& layout, std::vector<Platform> on, std::span<double> values)
    : calendar_(calendar), layout_(layout), on_(std::move(on)), values_(values) {}

void Recorder::begin_day(std::int32_t day) {
    const CalendarDay& today = calendar_.days[static_cast<std::size_t>(day)];
    const auto stamp = [](const std::vector<Cell>& cells, std::int32_t index) {
        return static_cast<std::uint32_t>(cells[static_cast<std::size_t>(index)].first_day + 1);
    };
    cell_stamp_ = {stamp(calendar_.weeks, today.week), stamp(calendar_.months, today.month),
                   stamp(calendar_.quarters, today.quarter),
                   stamp(calendar_.windows, static_cast<std::int32_t>(today.window)),
                   day < calendar_.horizon_begin() ? 0u : static_cast<std::uint32_t>(calendar_.horizon_begin() + 1)};
}

void Recorder::end_day(std::int32_t day) {
    const CalendarDay& today = calendar_.days[static_cast<std::size_t>(day)];
    const auto ends = [&](const std::vector<Cell>& cells, std::int32_t index) {
        return cells[static_cast<std::size_t>(index)].end_day == day + 1;
    };
    if (calendar_.fragments[static_cast<std::size_t>(today.fragment)].end_day == day + 1)
        write_fragment(today.fragment);
    if (ends(calendar_.weeks, today.week)) {
        if (today.window != Window::warm_up) write_reach(Grain::to_date, today.week);
        write_cell(Grain::week, today.week);
    }
    if (ends(calendar_.months, today.month)) write_cell(Grain::month, today.month);
    if (ends(calendar_.quarters, today.quarter)) write_cell(Grain::quarter, today.quarter);
    const auto window = static_cast<std::int32_t>(today.window);
    if (ends(calendar_.windows, window)) write_cell(Grain::window, window);
}

void Recorder::write_fragment(std::int32_t fragment) {
    const auto first = [&](MeasureId measure) { return layout_.first(measure, Grain::fragment, fragment); };
    for (std::size_t m = 0; m < views_.size(); ++m) {
        std::size_t row = first(kMeasuresOf<Shape::views>[m]);
        for (const BySource& counts : views_[m]) row = write(row, counts);
        for (const Platform platform : on_)
            for (const BySource& counts : hops_[m][static_cast<std::size_t>(platform)]) row = write(row, counts);
    }
    for (std::size_t m = 0; m < posts_.size(); ++m) {
        std::size_t row = first(kMeasuresOf<Shape::posts>[m]);
        for (const Platform platform : on_) row = write(row, posts_[m][static_cast<std::size_t>(platform)]);
    }
    for (std::size_t m = 0; m < amounts_.size(); ++m) values_[first(kMeasuresOf<Shape::amount>[m])] = amounts_[m];
    amounts_ = {};
    views_ = {};
    hops_ = {};
    posts_ = {};
}

void Recorder::write_cell(Grain grain, std::int32_t period) {
    write_reach(grain, period);
    write_authors(grain, period);
    write_levels(grain, period);
}

// Persons outside the company: all of them are the sum of the six segments.
void Recorder::write_reach(Grain grain, std::int32_t period) {
    for (std::size_t m = 0; m < people_.size(); ++m) {
        auto& columns = people_[m][column_of(grain)];
        const std::size_t row = layout_.first(kMeasuresOf<Shape::people>[m], grain, period);
        double all = 0;
        for (std::size_t s = 1; s < kSegments; ++s) {
            values_[row + s] = static_cast<double>(columns[s]);
            all += values_[row + s];
        }
        values_[row] = all;
        write_platforms(row + kSegments, columns);
        if (grain != Grain::to_date) columns = {};
    }
}

void Recorder::write_authors(Grain grain, std::int32_t period) {
    for (std::size_t m = 0; m < authors_.size(); ++m) {
        auto& columns = authors_[m][column_of(grain)];
        const std::size_t row = layout_.first(kMeasuresOf<Shape::authors>[m], grain, period);
        values_[row] = static_cast<double>(columns[0]);
        write_platforms(row + 1, columns);
        columns = {};
    }
    for (std::size_t m = 0; m < employees_.size(); ++m) {
        auto& columns = employees_[m][column_of(grain)];
        values_[layout_.first(kMeasuresOf<Shape::employees>[m], grain, period)] = static_cast<double>(columns[0]);
        columns = {};
    }
}

void Recorder::write_levels(Grain grain, std::int32_t period) {
    for (std::size_t m = 0; m < segment_levels_.size(); ++m) {
        const std::size_t row = layout_.first(kMeasuresOf<Shape::segment_levels>[m], grain, period);
        for (std::size_t s = 0; s < kSegments; ++s) values_[row + s] = segment_levels_[m][s];
    }
    for (std::size_t m = 0; m < levels_.size(); ++m)
        values_[layout_.first(kMeasuresOf<Shape::level>[m], grain, period)] = levels_[m];
}

void Recorder::write_platforms(std::size_t row, const Columns& counts) {
    if (on_.size() < 2) return;
    for (const Platform platform : on_) values_[row++] = static_cast<double>(counts[column(platform)]);
}

std::size_t Recorder::write(std::size_t row, const BySource& counts) {
    for (const std::int64_t count : counts) values_[row++] = static_cast<double>(count);
    return row;
}

}  // namespace groundswell
