#include "engine/measures.hpp"

#include <array>

namespace groundswell {

namespace {

using enum MeasureKind;

// clang-format off
constexpr std::array kMeasures = {
    Measure{MeasureId::posts, "posts", "posts", sum, false, true, true, false,
            "Company-related posts delivered to a feed, by employees (program, organic) and by the page; reshares are not posts.", "shares"},
    Measure{MeasureId::other_posts, "other_posts", "posts", sum, false, true, true, false,
            "Employees' posts that are not about the company (the rest of the program's posts; their own). Counted, not delivered.", ""},
    Measure{MeasureId::displaced_posts, "displaced_posts", "posts", sum, false, false, false, false,
            "Organic posts not written because the author posted for the program in the seven days before.", ""},
    Measure{MeasureId::potential_reach, "potential_reach", "connections", sum, false, true, true, false,
            "Connections (followers) of the author, summed over posts: nobody is counted once, most never see the post.", "potential reach"},
    Measure{MeasureId::impressions, "impressions", "views", sum, true, true, true, true,
            "Times a company-related post was shown to a person, employees included as viewers, at any hop; source: who posted it first.", "impressions"},
    Measure{MeasureId::attended_impressions, "attended_impressions", "views", sum, true, true, true, true,
            "Impressions that were looked at.", ""},
    Measure{MeasureId::engagements, "engagements", "reactions", sum, true, true, true, true,
            "Viewers who liked or commented, at most once for a post.", "engagements"},
    Measure{MeasureId::clicks, "clicks", "clicks", sum, true, true, true, true,
            "Clicks on a post's link; only posts with a link can be clicked.", "clicks"},
    Measure{MeasureId::reshares, "reshares", "reshares", sum, true, true, true, true,
            "Viewers who reshared the post, at most once each.", "re-shares"},
    Measure{MeasureId::mutes, "mutes", "mutes", sum, true, true, true, true,
            "Viewers who stopped seeing the author (unfollowed the page) from the next day on.", "unfollows"},
    Measure{MeasureId::link_impressions, "link_impressions", "views", sum, true, true, true, true,
            "Impressions of posts with a link: the denominator of a click rate.", ""},
    Measure{MeasureId::weak_tie_impressions, "weak_tie_impressions", "views", sum, false, true, true, false,
            "Impressions over weak ties, at any hop; a page's followers are tied neither weakly nor strongly.", ""},
    Measure{MeasureId::weak_tie_reshares, "weak_tie_reshares", "reshares", sum, false, true, true, false,
            "Reshares of what was seen over a weak tie.", ""},
    Measure{MeasureId::unique_reach, "unique_reach", "people", unique, true, false, true, false,
            "Distinct persons, employees excluded, with at least one impression of an employee's company-related post in the cell.", "unique reach"},
    Measure{MeasureId::unique_reach_with_page, "unique_reach_with_page", "people", unique, true, false, true, false,
            "As unique_reach, the page's posts included.", ""},
    Measure{MeasureId::audience_size, "audience_size", "connections", unique, false, false, true, false,
            "Connections summed over the distinct employees who posted about the company in the cell.", "audience size"},
    Measure{MeasureId::active_sharers, "active_sharers", "people", unique, false, false, true, false,
            "Distinct employees with at least one company-related post in the cell.", "active advocates"},
    Measure{MeasureId::awareness, "awareness", "share of persons", level, true, false, false, false,
            "Baseline plus attainable lift times the mean share of it that is reached, at the end of the cell.", ""},
    Measure{MeasureId::favorability, "favorability", "index, -1 to 1", level, true, false, false, false,
            "Mean favorability of persons at the end of the cell.", ""},
    Measure{MeasureId::impressions_beyond_first_degree, "impressions_beyond_first_degree", "views", sum, false, true, true, false,
            "Impressions of persons who are not connected with (do not follow) the author who posted it first.", ""},
    Measure{MeasureId::reshared_posts, "reshared_posts", "posts", sum, false, true, true, false,
            "Posts with at least one reshare, counted on the day of the first.", ""},
    Measure{MeasureId::later_reshared_posts, "later_reshared_posts", "posts", sum, false, true, true, false,
            "Posts reshared by somebody whom they reached at hop 2 or later, counted on the day of the first such reshare.", ""},
};
// clang-format on

}  // namespace

std::span<const Measure> measures() { return kMeasures; }

}  // namespace groundswell
