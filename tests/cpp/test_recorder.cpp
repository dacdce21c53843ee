#include "engine/recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "engine/calendar.hpp"

namespace groundswell {
namespace {

constexpr std::uint32_t kPersons = 140;  // twenty of each segment
Segment segment_of(std::uint32_t person) { return static_cast<Segment>(person / 20); }

struct Impression {
    std::int32_t day;
    std::uint32_t person;
    Place place;
};

struct AuthorDay {
    std::int32_t day;
    std::uint32_t author;
    Platform platform;
};

const std::vector<Platform> kOn = {Platform::linkedin, Platform::instagram, Platform::x};

std::int64_t connections(std::uint32_t author, Platform platform) {
    return 100 + static_cast<std::int64_t>(author) + 1000 * static_cast<std::int64_t>(platform);
}

// A script of random counts, told to the recorder as the engine does, and kept for brute force.
class RecorderTest : public ::testing::Test {
protected:
    void play(unsigned seed, int impressions_a_day) {
        std::mt19937 random(seed);
        Recorder recorder(calendar, layout, kOn, values);
        for (std::int32_t day = 0; day < calendar.day_count(); ++day) {
            recorder.begin_day(day);
            for (int n = 0; n < impressions_a_day; ++n) {
                const auto person = static_cast<std::uint32_t>(random() % kPersons);
                const Place place{static_cast<Source>(random() % 3), kOn[random() % kOn.size()],
                                  static_cast<std::uint8_t>(1 + random() % 5)};
                impression(recorder, {day, person, place});
            }
            for (std::uint32_t author = 0; author < 9; ++author)
                for (const Platform platform : kOn)
                    if (random() % 30 == 0) author_posts(recorder, {day, author, platform});
            Recorder::Levels awareness{}, favorability{};
            for (std::size_t s = 0; s < kSegments; ++s) {
                awareness[s] = 10.0 * day + static_cast<double>(s);
                favorability[s] = -awareness[s];
            }
            recorder.set(MeasureId::awareness, awareness);
            recorder.set(MeasureId::favorability, favorability);
            recorder.end_day(day);
        }
    }

    void forget() {
        impressions.clear();
        author_days.clear();
        last_days = {};
        last_post = {};
        last_post_on = {};
    }

    // Distinct persons of the days and of the segment and platform of a row, by sets.
    double distinct(const Row& row, bool with_page) const {
        const Cell cell = cell_of(row);
        std::set<std::uint32_t> persons;
        for (const Impression& i : impressions) {
            const auto s = static_cast<int>(segment_of(i.person));
            if (i.day >= cell.first_day && i.day < cell.end_day && s != 0 && (row.segment < 0 || s == row.segment) &&
                on_platform(row, i.place.platform) && (with_page || i.place.source != Source::page))
                persons.insert(i.person);
        }
        return static_cast<double>(persons.size());
    }
    std::set<std::pair<std::uint32_t, Platform>> authors(const Row& row) const {
        const Cell cell = cell_of(row);
        std::set<std::pair<std::uint32_t, Platform>> distinct_authors;
        for (const AuthorDay& a : author_days)
            if (a.day >= cell.first_day && a.day < cell.end_day && on_platform(row, a.platform))
                distinct_authors.emplace(a.author, a.platform);
        return distinct_authors;
    }
    static bool on_platform(const Row& row, Platform platform) {
        return row.platform < 0 || row.platform == static_cast<std::int8_t>(platform);
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

    Calendar calendar{"2025-02-20", 2, 9, 2, PlatformsParams{PlatformParams{}}};  // months that begin inside weeks
    Layout layout{calendar, kOn};
    std::vector<double> values = std::vector<double>(layout.rows.size(), std::numeric_limits<double>::quiet_NaN());
    std::vector<Impression> impressions;
    std::vector<AuthorDay> author_days;

private:
    // Remembers the last day as the engine does: overall (column 4) and on each platform.
    void impression(Recorder& recorder, const Impression& i) {
        impressions.push_back(i);
        const Segment segment = segment_of(i.person);
        const Platform platform = i.place.platform;
        recorder.count_view(MeasureId::impressions, segment, i.place);
        recorder.count_post(MeasureId::potential_reach, i.place.source, platform, 7);
        if (i.place.hop > 1) recorder.count_post(MeasureId::impressions_beyond_first_degree, i.place.source, platform);
        if (i.place.source == Source::organic) recorder.count_displaced();
        const auto stamp = static_cast<std::uint16_t>(i.day + 1);
        const auto told = [&](std::uint16_t& last) { return std::exchange(last, stamp) == stamp; };
        LastDays& all = last_days[i.person][kPlatforms];
        LastDays& here = last_days[i.person][static_cast<std::size_t>(platform)];
        const bool outside = segment != Segment::employee;
        const LastDays all_before = all, here_before = here;
        if (!told(all.with_page) && outside) recorder.count_person_with_page(segment, all_before.with_page);
        if (!told(here.with_page) && outside) recorder.count_person_with_page(platform, here_before.with_page);
        if (i.place.source == Source::page) return;
        if (!told(all.employee) && outside) recorder.count_person(segment, all_before.employee);
        if (!told(here.employee) && outside) recorder.count_person(platform, here_before.employee);
    }
    void author_posts(Recorder& recorder, const AuthorDay& a) {
        author_days.push_back(a);
        const auto stamp = static_cast<std::uint16_t>(a.day + 1);
        std::uint16_t& here = last_post_on[a.author][static_cast<std::size_t>(a.platform)];
        if (last_post[a.author] != stamp) recorder.count_author(last_post[a.author]);
        recorder.count_author(a.platform, here, connections(a.author, a.platform));
        last_post[a.author] = here = stamp;
    }
    struct LastDays {
        std::uint16_t employee = 0, with_page = 0;
    };
    std::array<std::array<LastDays, kPlatforms + 1>, kPersons> last_days{};
    std::array<std::uint16_t, 9> last_post{};
    std::array<std::array<std::uint16_t, kPlatforms>, 9> last_post_on{};
};

TEST_F(RecorderTest, EveryRowIsWritten) {
    play(1, 5);
    for (std::size_t r = 0; r < values.size(); ++r) ASSERT_FALSE(std::isnan(values[r])) << "row " << r;
}

TEST_F(RecorderTest, SumsLandInTheirFragmentSegmentPlatformHopAndSource) {
    play(2, 25);
    double by_segment = 0, by_hop = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = layout.rows[r];
        if (row.grain != Grain::fragment) continue;
        const Cell cell = cell_of(row);
        double count = 0, organic = 0, later = 0;
        for (const Impression& i : impressions) {
            if (i.day < cell.first_day || i.day >= cell.end_day) continue;
            organic += i.place.source == Source::organic ? 1 : 0;
            if (static_cast<int>(i.place.source) != row.source || !on_platform(row, i.place.platform)) continue;
            if (row.segment >= 0 && row.segment != static_cast<int>(segment_of(i.person))) continue;
            if (row.hop >= 0 && row.hop != std::min<int>(i.place.hop, 3)) continue;
            count += 1;
            later += i.place.hop > 1 ? 1 : 0;
        }
        double expected = 0;  // of what the script never counts
        if (row.measure == MeasureId::impressions) expected = count;
        if (row.measure == MeasureId::potential_reach) expected = 7 * count;
        if (row.measure == MeasureId::impressions_beyond_first_degree) expected = later;
        if (row.measure == MeasureId::displaced_posts) expected = organic;
        ASSERT_EQ(values[r], expected) << "row " << r;
        if (row.measure == MeasureId::impressions) (row.hop < 0 ? by_segment : by_hop) += values[r];
    }
    EXPECT_EQ(by_segment, static_cast<double>(impressions.size()));
    EXPECT_EQ(by_hop, by_segment);
}

TEST_F(RecorderTest, UniqueCountsAreThoseOfSets) {
    for (const auto& [seed, a_day] : {std::pair{3u, 2}, std::pair{4u, 12}, std::pair{5u, 200}}) {
        play(seed, a_day);
        for (std::size_t r = 0; r < values.size(); ++r) {
            const Row& row = layout.rows[r];
            const bool with_page = row.measure == MeasureId::unique_reach_with_page;
            if (!with_page && row.measure != MeasureId::unique_reach) continue;
            ASSERT_EQ(values[r], distinct(row, with_page))
                << "grain " << static_cast<int>(row.grain) << " period " << row.period << " segment "
                << int{row.segment} << " platform " << int{row.platform};
        }
        forget();
    }
}

TEST_F(RecorderTest, AuthorsAreThoseOfSets) {
    play(6, 1);
    double most = 0;
    for (std::size_t r = 0; r < values.size(); ++r) {
        const Row& row = layout.rows[r];
        if (row.measure != MeasureId::audience_size && row.measure != MeasureId::active_sharers) continue;
        double ties = 0;
        std::set<std::uint32_t> persons;
        for (const auto& [author, platform] : authors(row)) {
            ties += static_cast<double>(connections(author, platform));
            persons.insert(author);
        }
        const auto expected = row.measure == MeasureId::active_sharers ? static_cast<double>(persons.size()) : ties;
        ASSERT_EQ(values[r], expected) << "grain " << static_cast<int>(row.grain) << " period " << row.period
                                       << " platform " << int{row.platform};
        if (row.measure == MeasureId::active_sharers) most = std::max(most, values[r]);
    }
    EXPECT_GT(most, 4);
}

TEST_F(RecorderTest, OnePlatformHasNoReachOfItsOwn) {
    const std::vector<Platform> one = {Platform::x};
    const Layout single(calendar, one);
    std::vector<double> written(single.rows.size(), std::numeric_limits<double>::quiet_NaN());
    Recorder recorder(calendar, single, one, written);
    for (std::int32_t day = 0; day < calendar.day_count(); ++day) {
        recorder.begin_day(day);
        recorder.count_view(MeasureId::clicks, Segment::buyer, {Source::page, Platform::x, 15});
        recorder.end_day(day);
    }
    for (std::size_t r = 0; r < written.size(); ++r) {
        const Row& row = single.rows[r];
        const bool counted = row.measure == MeasureId::clicks && row.source == 2 &&
                             (row.segment == static_cast<int>(Segment::buyer) || row.hop == 3);
        const Cell cell = cell_of(row);
        ASSERT_EQ(written[r], counted ? cell.end_day - cell.first_day : 0) << "row " << r;
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

TEST_F(RecorderTest, ALevelThatIsNotSetKeepsItsValue) {
    Recorder recorder(calendar, layout, kOn, values);
    for (std::int32_t day = 0; day < calendar.day_count(); ++day) {
        recorder.begin_day(day);
        if (day == 3) recorder.set(MeasureId::headcount, 7);
        recorder.end_day(day);
    }
    for (std::size_t r = 0; r < values.size(); ++r) {
        if (layout.rows[r].measure == MeasureId::headcount) {
            ASSERT_EQ(values[r], cell_of(layout.rows[r]).end_day > 3 ? 7 : 0);
        }
    }
}

}  // namespace
}  // namespace groundswell
