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

}  // namespace

Item draw_item(StreamKey attributes, StreamKey appeal, std::uint64_t identity, const KindValues& mix,
               const ContentParams& params) {
    const Block a = draw(attributes, identity);
    const Block e = draw(appeal, identity);
    const double z1 = normal_quantile(unit(e[0]));
    const double z2 = normal_quantile(unit(e[1]));
    const double engage_sd = params.appeal_engage_log_sd;
    const double reshare_sd = params.appeal_reshare_log_sd;
    const double rho = params.appeal_correlation;
    const double z_reshare = rho * z1 + std::sqrt(1.0 - rho * rho) * z2;
    return {.kind = draw_kind(unit(a[0]), mix),
            .link = unit(a[1]) < params.link_share,
            .deal = unit(a[2]) < params.deal_share,
            .call_to_action = unit(a[3]) < params.call_to_action_share,
            .appeal_engage = ieee::exp(engage_sd * z1 - engage_sd * engage_sd / 2.0),
            .appeal_reshare = ieee::exp(reshare_sd * z_reshare - reshare_sd * reshare_sd / 2.0)};
}

double authenticity(const Item& item, bool own_words, const ContentParams& params) {
    if (own_words) return item.kind == Kind::story ? params.authenticity_own_story : params.authenticity_own_words;
    return item.kind == Kind::press_release ? params.authenticity_press_release : params.authenticity_verbatim;
}

void check(const ContentParams& p, double days) {
    require_positive("content.items_per_week", p.items_per_week);
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
