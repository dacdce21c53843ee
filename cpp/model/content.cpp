#include "model/content.hpp"

#include <cmath>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

Kind draw_kind(double u, const KindValues& mix) {
    const auto shares = mix.array();
    double below = 0;
    for (int kind = 0; kind < kKinds - 1; ++kind) {
        below += shares[static_cast<std::size_t>(kind)];
        if (u < below) return static_cast<Kind>(kind);
    }
    return static_cast<Kind>(kKinds - 1);
}

// Views rise with about this power of the appeal for visibility: where many ties see a post already, there is less to
// gain.
constexpr double kViewsPerAppeal = .7;

// Lognormal with mean 1, of a standard normal.
double appeal_of(double z, double log_sd) { return ieee::exp(log_sd * z - log_sd * log_sd / 2.0); }

// The mean over views of an appeal whose log correlates with that of the appeal for visibility.
double mean_over_views(double correlation, double visibility_sd, double log_sd) {
    return ieee::exp(kViewsPerAppeal * correlation * visibility_sd * log_sd);
}

}  // namespace

Item draw_item(StreamKey attributes, StreamKey appeal, std::uint64_t identity, const KindValues& mix, bool page,
               const ContentParams& params) {
    const Block a = draw(attributes, identity);
    const Block e = draw(appeal, identity);
    const double z1 = normal_quantile(unit(e[0]));
    const double z2 = normal_quantile(unit(e[1]));
    const double z3 = normal_quantile(unit(e[2]));
    const double visibility_sd = page ? params.appeal_visibility_page_log_sd : params.appeal_visibility_log_sd;
    const double with_engage = params.appeal_visibility_correlation;
    const double engage_sd = params.appeal_engage_log_sd;
    const double reshare_sd = params.appeal_reshare_log_sd;
    const double rho = params.appeal_correlation;
    const double z_reshare = rho * z1 + std::sqrt(1.0 - rho * rho) * z2;
    const double z_visibility = with_engage * z1 + std::sqrt(1.0 - with_engage * with_engage) * z3;
    return {.kind = draw_kind(unit(a[0]), mix),
            .link = unit(a[1]) < params.link_share,
            .deal = unit(a[2]) < params.deal_share,
            .call_to_action = unit(a[3]) < params.call_to_action_share,
            .appeal_visibility = appeal_of(z_visibility, visibility_sd),
            .appeal_engage = appeal_of(z1, engage_sd) / mean_over_views(with_engage, visibility_sd, engage_sd),
            .appeal_reshare =
                appeal_of(z_reshare, reshare_sd) / mean_over_views(with_engage * rho, visibility_sd, reshare_sd)};
}

double authenticity(const Item& item, bool own_words, const ContentParams& params) {
    if (own_words) return item.kind == Kind::story ? params.authenticity_own_story : params.authenticity_own_words;
    return item.kind == Kind::press_release ? params.authenticity_press_release : params.authenticity_verbatim;
}

void check(const ContentParams& p, double days) {
    require_positive("content.items_per_week", p.items_per_week);
    require_between("content.appeal_visibility_log_sd", p.appeal_visibility_log_sd, 0, 10);
    require_between("content.appeal_visibility_page_log_sd", p.appeal_visibility_page_log_sd, 0, 10);
    require_between("content.appeal_visibility_correlation", p.appeal_visibility_correlation, -1, 1);
    require_between("content.item_life_days", p.item_life_days, 1, 365);
    if (p.items_per_week * (days + p.item_life_days) / 7.0 >= 65'000)
        reject("content.items_per_week", p.items_per_week, "low enough for fewer than 65,000 items over the run");
    // Offer days are up to ceil(7 / rate) apart, and an item's life covers at least floor(life) days.
    const double apart = std::ceil(7.0 / p.items_per_week);
    if (std::floor(p.item_life_days) < apart)
        reject(
            "content.item_life_days", p.item_life_days,
            "at least " + format_number(apart) + " at this content.items_per_week, so that an item is always on offer");
}

}  // namespace groundswell
