// Every output, declared once. Ids are permanent: never reuse one, never renumber.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace groundswell {

enum class MeasureId : std::int32_t {
    posts = 1,
    other_posts = 2,
    displaced_posts = 3,
    potential_reach = 4,
    impressions = 5,
    attended_impressions = 6,
    engagements = 7,
    clicks = 8,
    reshares = 9,
    mutes = 10,
    link_impressions = 11,
    weak_tie_impressions = 12,
    weak_tie_reshares = 13,
    unique_reach = 14,
    unique_reach_with_page = 15,
    audience_size = 16,
    active_sharers = 17,
    awareness = 18,
    favorability = 19,
    impressions_beyond_first_degree = 20,
    reshared_posts = 21,
    later_reshared_posts = 22,
    invitations = 23,
    enrollments = 24,
    drop_outs = 25,
    exits = 26,
    negative_posts = 27,
    active_member_days = 28,
    seat_days = 29,
    coerced_days = 30,
    motivation_points = 31,
    fatigue_points = 32,
    authenticity_points = 33,
    credibility_points = 34,
    advocate_hours = 35,
    training_hours = 36,
    cost_license = 37,
    cost_content = 38,
    cost_staff = 39,
    cost_training = 40,
    cost_rewards = 41,
    cost_time = 42,
    program_cost = 43,
    program_participants = 44,
    satisfaction = 45,
    headcount = 46,
    enrolled = 47,
    dormant_members = 48
};

inline constexpr std::size_t kMeasureIds = 49;  // one more than the largest

// sum: parts add up. unique: distinct people inside a cell; cells never add up. level: value at the end of a cell.
enum class MeasureKind : std::uint8_t { sum, unique, level };

struct Measure {
    MeasureId id;
    std::string_view name, unit;
    MeasureKind kind;
    bool by_segment, by_source, by_platform, by_hop;
    std::string_view definition;
    std::string_view vendor_word;  // what advocacy products call it; empty where they have no word
};

std::span<const Measure> measures();

}  // namespace groundswell
