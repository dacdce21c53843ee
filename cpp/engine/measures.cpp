#include "engine/measures.hpp"

#include <array>

namespace groundswell {

namespace {

using enum MeasureKind;

// clang-format off
constexpr std::array kMeasures = {
    Measure{MeasureId::posts, "posts", "posts", sum, false, true,
            "Company-related posts delivered to a feed, by employees (program, organic) and by the page.", "shares"},
    Measure{MeasureId::other_posts, "other_posts", "posts", sum, false, true,
            "Employees' posts that are not about the company (the rest of the program's posts; their own). Counted, not delivered.", ""},
    Measure{MeasureId::displaced_posts, "displaced_posts", "posts", sum, false, false,
            "Organic posts not written because the author posted for the program in the seven days before.", ""},
    Measure{MeasureId::potential_reach, "potential_reach", "connections", sum, false, true,
            "Connections (followers) of the author, summed over posts: nobody is counted once, most never see the post.", "potential reach"},
    Measure{MeasureId::impressions, "impressions", "views", sum, true, true,
            "Times a company-related post was shown to a person, employees included as viewers.", "impressions"},
    Measure{MeasureId::attended_impressions, "attended_impressions", "views", sum, true, true,
            "Impressions that were looked at.", ""},
    Measure{MeasureId::engagements, "engagements", "reactions", sum, true, true,
            "Likes and comments, at most one per impression.", "engagements"},
    Measure{MeasureId::clicks, "clicks", "clicks", sum, true, true,
            "Clicks on a post's link; only posts with a link can be clicked.", "clicks"},
    Measure{MeasureId::reshares, "reshares", "reshares", sum, true, true,
            "Viewers who reshared the post. Later hops are not simulated yet.", "re-shares"},
    Measure{MeasureId::mutes, "mutes", "mutes", sum, true, true,
            "Viewers who stopped seeing the author (unfollowed the page) from the next day on.", "unfollows"},
    Measure{MeasureId::link_impressions, "link_impressions", "views", sum, true, true,
            "Impressions of posts with a link: the denominator of a click rate.", ""},
    Measure{MeasureId::weak_tie_impressions, "weak_tie_impressions", "views", sum, false, true,
            "Impressions of employees' posts over weak ties.", ""},
    Measure{MeasureId::weak_tie_reshares, "weak_tie_reshares", "reshares", sum, false, true,
            "Reshares of employees' posts by viewers connected by a weak tie.", ""},
    Measure{MeasureId::unique_reach, "unique_reach", "people", unique, true, false,
            "Distinct persons, employees excluded, with at least one impression of an employee's company-related post in the cell.", "unique reach"},
    Measure{MeasureId::unique_reach_with_page, "unique_reach_with_page", "people", unique, true, false,
            "As unique_reach, the page's posts included.", ""},
    Measure{MeasureId::audience_size, "audience_size", "connections", unique, false, false,
            "Connections summed over the distinct employees who posted about the company in the cell.", "audience size"},
    Measure{MeasureId::active_sharers, "active_sharers", "people", unique, false, false,
            "Distinct employees with at least one company-related post in the cell.", "active advocates"},
    Measure{MeasureId::awareness, "awareness", "share of persons", level, true, false,
            "Baseline plus attainable lift times the mean share of it that is reached, at the end of the cell.", ""},
    Measure{MeasureId::favorability, "favorability", "index, -1 to 1", level, true, false,
            "Mean favorability of persons at the end of the cell.", ""},
};
// clang-format on

}  // namespace

std::span<const Measure> measures() { return kMeasures; }

}  // namespace groundswell
