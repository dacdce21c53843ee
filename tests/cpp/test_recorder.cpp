#include "engine/recorder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "engine/calendar.hpp"

namespace groundswell {
namespace {

constexpr std::uint32_t kPersons = 140;  // twenty of each segment
Segment segment_of(std::uint32_t person) { return static_cast<Segment>(person / 20); }

struct Impression {
    std::int32_t day;
    std::uint32_t person;
    Source source;
};

struct AuthorDay {
    std::int32_t day;
    std::uint32_t author;
};

// A script of random counts, told to the recorder as the engine does, and kept for brute force.
class RecorderTest : public ::testing::Test {
protected:
    void play(unsigned seed, int impressions_a_day) {
        std::mt19937 random(seed);
        Recorder recorder(calendar, layout, values);
        for (std::int32_t day = 0; day < calendar.day_count(); ++day) {
            recorder.begin_day(day);
            for (int n = 0; n < impressions_a_day; ++n)
                impression(recorder,
                           {day, static_cast<std::uint32_t>(random() % kPersons), static_cast<Source>(random() % 3)});
            for (std::uint32_t author = 0; author < 9; ++author)
                if (random() % 15 == 0) author_posts(recorder, {day, author});
            Recorder::Levels awareness{}, favorability{};
            for (std::size_t s = 0; s < kSegments; ++s) {
                awareness[s] = 10.0 * day + static_cast<double>(s);
                favorability[s] = -awareness[s];
            }
            recorder.end_day(day, awareness, favorability);
        }
    }

    void forget() {
        impressions.clear();
        author_days.clear();
        last = last_with_page = {};
        last_post = {};
    }

    // Distinct persons (of a segment, or all) of days [first, end) by sets.
    double distinct(std::int32_t first, std::int32_t end, int segment, bool with_page) const {
        std::set<std::uint32_t> persons;
        for (const Impression& i : impressions) {
            const auto s = static_cast<int>(segment_of(i.person));
            if (i.day >= first && i.day < end && s != 0 && (segment < 0 || s == segment) &&
                (with_page || i.source != Source::page))
                persons.insert(i.person);
        }
        return static_cast<double>(persons.size());
    }
    std::set<std::uint32_t> authors(const Cell& cell) const {
        std::set<std::uint32_t> distinct_authors;
        for (const AuthorDay& a : author_days)
            if (a.day >= cell.first_day && a.day < cell.end_day) distinct_authors.insert(a.author);
        return distinct_authors;
    }
    Cell cell_of(const Row& row) const {
        const auto p = static_cast<std::size_t>(row.period);
        switch (row.grain) {
            case Grain::fragment:
                return {calendar.fragments[p].first_day, calendar.fragments[p].end_day, calendar.fragments[p].window};
            case Grain::week:
                return calendar.weeks[p];
            case Grain::month:
                return calendar.months[p];
            case Grain::quarter:
                return calendar.quarters[p];
            case Grain::window:
                return calendar.windows[p];
            default:
                return {calendar.horizon_begin(), calendar.weeks[p].end_day, Window::horizon};
        }
    }

    Calendar calendar{"2025-02-20", 2, 9, 2, PlatformParams{}};  // months and quarters that begin inside weeks
    Layout layout{calendar};
    std::vector<double> values = std::vector<double>(layout.rows.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<Impression> impressions;
    std::vector<AuthorDay> author_days;

private:
    void impression(Recorder& recorder, const Impression& i) {
        impressions.push_back(i);
        const Segment segment = segment_of(i.person);
        recorder.count_view(ViewMeasure::impressions, segment, i.source);
        recorder.count_post(PostMeasure::potential_reach, i.source, 7);
        if (i.source == Source::organic) recorder.count_displaced();
        const auto stamp = static_cast<std::uint16_t>(i.day + 1);
        if (segment != Segment::employee && last_with_page[i.person] != stamp)
            recorder.count_person_with_page(segment, last_with_page[i.person]);
        last_with_page[i.person] = stamp;
        if (i.source == Source::page) return;
        if (segment != Segment::employee && last[i.person] != stamp) recorder.count_person(segment, last[i.person]);
        last[i.person] = stamp;
    }
    void author_posts(Recorder& recorder, const AuthorDay& a) {
        author_days.push_back(a);
        recorder.count_author(last_post[a.author], 100 + static_cast<std::int64_t>(a.author));
        last_post[a.author] = static_cast<std::uint16_t>(a.day + 1);
    }
    std::array<std::uint16_t, kPersons> last{}, last_with_page{};
    std::array<std::uint16_t, 9> last_post{};
};

TEST_F(RecorderTest, EveryRowIsWritten) {
    play(1, 5);
    for (std::size_t r = 0; r < values.size(); ++r) ASSERT_FALSE(std::isnan(values[r])) << "row " << r;
}

TEST_F(RecorderTest, SumsLandInTheirFragmentSegmentAndSource) {
    play(2, 25);
    double all = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = layout.rows[r];
        if (row.grain != Grain::fragment) continue;
        const Cell cell = cell_of(row);
        double count = 0, organic = 0, of_source = 0;
        for (const Impression& i : impressions) {
            if (i.day < cell.first_day || i.day >= cell.end_day) continue;
            organic += i.source == Source::organic ? 1 : 0;
            of_source += static_cast<int>(i.source) == row.source ? 1 : 0;
            count += static_cast<int>(i.source) == row.source && static_cast<int>(segment_of(i.person)) == row.segment
                         ? 1
                         : 0;
        }
        double expected = 0;  // of what the script never counts
        if (row.measure == MeasureId::impressions) expected = count;
        if (row.measure == MeasureId::potential_reach) expected = 7 * of_source;
        if (row.measure == MeasureId::displaced_posts) expected = organic;
        ASSERT_EQ(values[r], expected) << "row " << r;
        if (row.measure == MeasureId::impressions) all += values[r];
    }
    EXPECT_EQ(all, static_cast<double>(impressions.size()));
}

TEST_F(RecorderTest, UniqueCountsAreThoseOfSets) {
    for (const auto& [seed, a_day] : {std::pair{3u, 2}, std::pair{4u, 12}, std::pair{5u, 200}}) {
        play(seed, a_day);
        for (std::size_t r = 0; r < values.size(); ++r) {
            const Row& row = layout.rows[r];
            const bool with_page = row.measure == MeasureId::unique_reach_with_page;
            if (!with_page && row.measure != MeasureId::unique_reach) continue;
            const Cell cell = cell_of(row);
            ASSERT_EQ(values[r], distinct(cell.first_day, cell.end_day, row.segment, with_page))
                << "grain " << static_cast<int>(row.grain) << " period " << row.period << " segment "
                << int{row.segment};
        }
        forget();
    }
}

TEST_F(RecorderTest, AuthorsAreThoseOfSets) {
    play(6, 1);
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = layout.rows[r];
        if (row.measure != MeasureId::audience_size && row.measure != MeasureId::active_sharers) continue;
        double expected = 0;
        for (const std::uint32_t author : authors(cell_of(row)))
            expected += row.measure == MeasureId::active_sharers ? 1 : 100 + static_cast<double>(author);
        ASSERT_EQ(values[r], expected) << "grain " << static_cast<int>(row.grain) << " period " << row.period;
    }
}

TEST_F(RecorderTest, LevelsAreThoseOfTheLastDay) {
    play(7, 1);
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = layout.rows[r];
        if (row.measure != MeasureId::awareness && row.measure != MeasureId::favorability) continue;
        const double level = 10.0 * (cell_of(row).end_day - 1) + std::max(0, int{row.segment});
        ASSERT_EQ(values[r], row.measure == MeasureId::awareness ? level : -level);
    }
}

}  // namespace
}  // namespace groundswell
