#include "model/posting.hpp"

#include <algorithm>

#include "core/checks.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

Credibility::Credibility(const CredibilityParams& params)
    : authenticity_weight_(params.pseudo_posts),
      company_(params.pseudo_posts * params.company_share_tolerance),
      weight_(params.pseudo_posts) {}

void Credibility::begin_day(std::int32_t day, const CredibilityParams& params) {
    const double kept = ieee::exp2(-static_cast<double>(day - last_day_) / (7.0 * params.credibility_half_life_weeks));
    authenticity_ *= kept;
    authenticity_weight_ *= kept;
    company_ *= kept;
    weight_ *= kept;
    last_day_ = day;
}

void Credibility::add_company_post(double authenticity, bool promotional, const CredibilityParams& params) {
    const double counts = promotional && last_promotional_ ? params.streak_weight : 1.0;
    weight_ += counts;
    company_ += counts;
    authenticity_ += authenticity - 1.0;
    authenticity_weight_ += 1.0;
    last_promotional_ = promotional;
}

void Credibility::add_other_post() {
    weight_ += 1.0;
    last_promotional_ = false;
}

void Credibility::end_day(const CredibilityParams& params) {
    const double excess = std::max(0.0, company_ / weight_ - params.company_share_tolerance);
    const double z = authenticity_ / authenticity_weight_ - params.credibility_slope * excess;
    value_ = 0.5 + 1.0 / (1.0 + ieee::exp(-4.0 * z));
}

void check(const PostingParams& p, const PlatformsParams& platforms) {
    check_shares("posting.organic_platforms", p.organic_platforms, platforms);
}

void check(const CredibilityParams& p) {
    require_positive("credibility.pseudo_posts", p.pseudo_posts);
    require_half_life("credibility.credibility_half_life_weeks", p.credibility_half_life_weeks);
}

}  // namespace groundswell
