// Counts what happens and writes it into the rows of the layout when a cell ends.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/layout.hpp"

namespace groundswell {

// Sums by viewer's segment and source, in the order of the layout's measures impressions … link_impressions.
enum class ViewMeasure : std::uint8_t { impressions, attended, engagements, clicks, reshares, mutes, link_impressions };
inline constexpr int kViewMeasures = 7;
enum class PostMeasure : std::uint8_t {
    posts,
    other_posts,
    potential_reach,
    weak_tie_impressions,
    weak_tie_reshares,
    beyond_first_degree,
    reshared_posts,
    later_reshared_posts
};
inline constexpr int kPostMeasures = 8;

// What happens in a program, without dimensions: the layout's measures invitations … program_cost.
enum class Amount : std::uint8_t {
    invitations,
    enrollments,
    drop_outs,
    exits,
    negative_posts,
    active_member_days,
    seat_days,
    coerced_days,
    motivation_points,
    fatigue_points,
    authenticity_points,
    credibility_points,
    advocate_hours,
    training_hours,
    cost_license,
    cost_content,
    cost_staff,
    cost_training,
    cost_rewards,
    cost_time,
    program_cost
};
inline constexpr std::size_t kAmounts = 21;

// Of the employees who are still there, at the end of a day.
struct StaffLevels {
    double satisfaction = 0, headcount = 0, enrolled = 0, dormant = 0;
};

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
        const auto m = static_cast<std::size_t>(measure), source = static_cast<std::size_t>(place.source);
        ++views_[m][static_cast<std::size_t>(segment)][source];
        const std::size_t hop = place.hop < kHops ? place.hop - 1u : kHops - 1u;
        ++hops_[m][static_cast<std::size_t>(place.platform)][hop][source];
    }
    void count_post(PostMeasure measure, Source source, Platform platform, std::int64_t amount = 1) {
        posts_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(platform)]
              [static_cast<std::size_t>(source)] += amount;
    }
    void count_displaced() { ++displaced_; }
    void add(Amount what, double amount = 1) { amounts_[static_cast<std::size_t>(what)] += amount; }

    // A person outside the company with an impression today whose last one was on day last - 1 (0: none so far).
    void count_person(Segment segment, std::uint16_t last) { count_unique(reach_, column(segment), last, 1); }
    void count_person_with_page(Segment segment, std::uint16_t last) {
        count_unique(reach_with_page_, column(segment), last, 1);
    }
    // An employee with a company-related post today whose last one was on day last - 1.
    void count_author(std::uint16_t last) { count_unique(sharers_, 0, last, 1); }

    // An employee with a program post today whose last one was on day last - 1.
    void count_participant(std::uint16_t last) { count_unique(participants_, 0, last, 1); }

    // The same on one platform, `last` being the last day there.
    void count_person(Platform platform, std::uint16_t last) { count_unique(reach_, column(platform), last, 1); }
    void count_person_with_page(Platform platform, std::uint16_t last) {
        count_unique(reach_with_page_, column(platform), last, 1);
    }
    void count_author(Platform platform, std::uint16_t last, std::int64_t connections) {
        count_unique(audience_, 0, last, connections);
        count_unique(audience_, column(platform), last, connections);
        count_unique(sharers_, column(platform), last, 1);
    }

    // Levels at the end of the day: all persons outside the company, then the six segments.
    using Levels = std::array<double, kSegments>;
    void end_day(std::int32_t day, const Levels& awareness, const Levels& favorability, const StaffLevels& staff = {});

private:
    static constexpr std::size_t kGrains = 5;  // week, month, quarter, window, to_date
    // Column 0 is all people (authors) or unused (persons, whose six segments add up); then segments, then platforms.
    using Unique = std::array<std::array<std::int64_t, kSegments + kPlatforms>, kGrains>;

    static std::size_t column(Segment segment) { return static_cast<std::size_t>(segment); }
    static std::size_t column(Platform platform) { return kSegments + static_cast<std::size_t>(platform); }

    void count_unique(Unique& counts, std::size_t column, std::uint16_t last, std::int64_t amount) {
        for (std::size_t g = 0; g < kGrains; ++g)
            if (last < cell_stamp_[g]) counts[g][column] += amount;
    }
    void write_fragment(std::int32_t fragment);
    void write_cell(Grain grain, std::int32_t period, const Levels& awareness, const Levels& favorability,
                    const StaffLevels& staff);
    void write_people(MeasureId measure, Grain grain, std::int32_t period, Unique& counts);
    void write_authors(MeasureId measure, Grain grain, std::int32_t period, Unique& counts);
    void write_platforms(std::size_t row, const std::array<std::int64_t, kSegments + kPlatforms>& counts);

    const Calendar& calendar_;
    const Layout& layout_;
    std::vector<Platform> on_;
    std::span<double> values_;
    std::array<std::array<std::array<std::int64_t, kSources>, kSegments>, kViewMeasures> views_{};
    std::array<std::array<std::array<std::array<std::int64_t, kSources>, kHops>, kPlatforms>, kViewMeasures> hops_{};
    std::array<std::array<std::array<std::int64_t, kSources>, kPlatforms>, kPostMeasures> posts_{};
    std::int64_t displaced_ = 0;
    std::array<double, kAmounts> amounts_{};
    Unique reach_{}, reach_with_page_{}, audience_{}, sharers_{}, participants_{};
    std::array<std::uint32_t, kGrains> cell_stamp_{};  // 1 + first day of the open cell; 0 where nothing counts
};

}  // namespace groundswell
