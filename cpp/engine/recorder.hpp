// Counts what happens and writes it into the rows of the layout when a cell ends.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/layout.hpp"

namespace groundswell {

// Measures as an event names them: a measure of any other shape does not compile.
using ViewMeasure = Slot<Shape::views>;
using PostMeasure = Slot<Shape::posts>;
using Amount = Slot<Shape::amount>;

// Where in the attribution an event belongs: that of its root post, and the hop of the view.
struct Place {
    Source source;
    Platform platform;
    std::uint8_t hop;  // 1, 2, …
};

class Recorder {
public:
    Recorder(const Calendar& calendar, const Layout& layout, std::vector<Platform> on, std::span<double> values);

    void begin_day(std::int32_t day);
    void count_view(ViewMeasure measure, Segment segment, const Place& place) {
        const auto source = static_cast<std::size_t>(place.source);
        ++views_[measure.index][static_cast<std::size_t>(segment)][source];
        const std::size_t hop = place.hop < kHops ? place.hop - 1u : kHops - 1u;
        ++hops_[measure.index][static_cast<std::size_t>(place.platform)][hop][source];
    }
    void count_post(PostMeasure measure, Source source, Platform platform, std::int64_t amount = 1) {
        posts_[measure.index][static_cast<std::size_t>(platform)][static_cast<std::size_t>(source)] += amount;
    }
    void count_displaced() { add(MeasureId::displaced_posts); }
    void add(Amount what, double amount = 1) { amounts_[what.index] += amount; }

    // A person outside the company with an impression today whose last one was on day last - 1 (0: none so far).
    void count_person(Segment segment, std::uint16_t last) {
        count_unique(people(MeasureId::unique_reach), column(segment), last, 1);
    }
    void count_person_with_page(Segment segment, std::uint16_t last) {
        count_unique(people(MeasureId::unique_reach_with_page), column(segment), last, 1);
    }
    // An employee with a company-related post today whose last one was on day last - 1.
    void count_author(std::uint16_t last) { count_unique(authors(MeasureId::active_sharers), 0, last, 1); }

    // An employee with a program post today whose last one was on day last - 1.
    void count_participant(std::uint16_t last) { count_unique(employees(MeasureId::program_participants), 0, last, 1); }

    // The same on one platform, `last` being the last day there.
    void count_person(Platform platform, std::uint16_t last) {
        count_unique(people(MeasureId::unique_reach), column(platform), last, 1);
    }
    void count_person_with_page(Platform platform, std::uint16_t last) {
        count_unique(people(MeasureId::unique_reach_with_page), column(platform), last, 1);
    }
    void count_author(Platform platform, std::uint16_t last, std::int64_t connections) {
        count_unique(authors(MeasureId::audience_size), 0, last, connections);
        count_unique(authors(MeasureId::audience_size), column(platform), last, connections);
        count_unique(authors(MeasureId::active_sharers), column(platform), last, 1);
    }

    // Levels of today: of all persons outside the company, then of the six segments; or of the company. What is not set
    // today keeps its value.
    using Levels = std::array<double, kSegments>;
    void set(Slot<Shape::segment_levels> measure, const Levels& levels) { segment_levels_[measure.index] = levels; }
    void set(Slot<Shape::level> measure, double level) { levels_[measure.index] = level; }

    // Writes the cells that end today.
    void end_day(std::int32_t day);

private:
    static constexpr std::size_t kGrains = 5;  // week, month, quarter, window, to_date
    // Column 0 is all people (authors) or unused (persons, whose six segments add up); then segments, then platforms.
    using Columns = std::array<std::int64_t, kSegments + kPlatforms>;
    using Unique = std::array<Columns, kGrains>;
    using BySource = std::array<std::int64_t, kSources>;

    static std::size_t column(Segment segment) { return static_cast<std::size_t>(segment); }
    static std::size_t column(Platform platform) { return kSegments + static_cast<std::size_t>(platform); }

    void count_unique(Unique& counts, std::size_t column, std::uint16_t last, std::int64_t amount) {
        for (std::size_t g = 0; g < kGrains; ++g)
            if (last < cell_stamp_[g]) counts[g][column] += amount;
    }
    Unique& people(Slot<Shape::people> measure) { return people_[measure.index]; }
    Unique& authors(Slot<Shape::authors> measure) { return authors_[measure.index]; }
    Unique& employees(Slot<Shape::employees> measure) { return employees_[measure.index]; }

    void write_fragment(std::int32_t fragment);
    void write_cell(Grain grain, std::int32_t period);
    void write_reach(Grain grain, std::int32_t period);
    void write_authors(Grain grain, std::int32_t period);
    void write_levels(Grain grain, std::int32_t period);
    void write_platforms(std::size_t row, const Columns& counts);
    std::size_t write(std::size_t row, const BySource& counts);  // returns the row after them

    template <Shape shape, class Counters>
    using ByMeasure = std::array<Counters, kMeasuresOf<shape>.size()>;

    const Calendar& calendar_;
    const Layout& layout_;
    std::vector<Platform> on_;
    std::span<double> values_;
    ByMeasure<Shape::views, std::array<BySource, kSegments>> views_{};
    ByMeasure<Shape::views, std::array<std::array<BySource, kHops>, kPlatforms>> hops_{};
    ByMeasure<Shape::posts, std::array<BySource, kPlatforms>> posts_{};
    ByMeasure<Shape::amount, double> amounts_{};
    ByMeasure<Shape::people, Unique> people_{};
    ByMeasure<Shape::authors, Unique> authors_{};
    ByMeasure<Shape::employees, Unique> employees_{};
    ByMeasure<Shape::segment_levels, Levels> segment_levels_{};
    ByMeasure<Shape::level, double> levels_{};
    std::array<std::uint32_t, kGrains> cell_stamp_{};  // 1 + first day of the open cell; 0 where nothing counts
};

}  // namespace groundswell
