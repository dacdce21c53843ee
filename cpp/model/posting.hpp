// Who posts when, and what that does to the author: posts of a day, displacement, same-day repeats, credibility.
// Spec: docs/MODEL.md 3.
#pragma once

#include <cstdint>

#include "core/fields.hpp"

namespace groundswell {

struct PostingParams {
    double organic_company_posts_per_month = 2;
    double other_posts_per_month = 1.5;
    double displacement = .3;
    GROUNDSWELL_FIELDS(visit("organic_company_posts_per_month", self.organic_company_posts_per_month);
                       visit("other_posts_per_month", self.other_posts_per_month);
                       visit("displacement", self.displacement);)
};

struct CredibilityParams {
    double company_share_tolerance = .3;
    double credibility_slope = 1;
    double credibility_half_life_weeks = 8;
    double pseudo_posts = 5;
    double streak_weight = 1.5;
    GROUNDSWELL_FIELDS(visit("company_share_tolerance", self.company_share_tolerance);
                       visit("credibility_slope", self.credibility_slope);
                       visit("credibility_half_life_weeks", self.credibility_half_life_weeks);
                       visit("pseudo_posts", self.pseudo_posts); visit("streak_weight", self.streak_weight);)
};

enum class Process : std::uint8_t { organic_company, organic_other, program, page };

}  // namespace groundswell
