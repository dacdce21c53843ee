#include "engine/run_tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

VisibilityTable visibility_table(double rate, const std::array<double, 3>& strengths) {
    VisibilityTable table{};
    for (std::uint32_t c = 0; c < kTieClasses; ++c)
        table[c] = rate * visibility_value(c % kVisibilityClasses) * strengths[c / kVisibilityClasses];
    return table;
}

std::array<double, 256> affinity_table(double exponent) {
    std::array<double, 256> table{};
    for (std::uint32_t level = 0; level < 256; ++level) table[level] = ieee::pow(trait_value(level), exponent);
    return table;
}

std::array<double, 16> powers(double base) {
    std::array<double, 16> table{1.0};
    for (std::size_t n = 1; n < table.size(); ++n) table[n] = table[n - 1] * base;
    return table;
}

ReactionBases bases(const PlatformParams& p, double attention, double ratio, double engage, double click,
                    double reshare, double mute) {
    return {.engage = p.engage * ratio / attention * engage,
            .click = p.click * ratio / attention * click,
            .reshare = p.reshare * ratio / attention * reshare,
            .mute = p.mute / attention * mute};
}

// T such that the median after the cut is the half-life.
DelayLaw delay_law(double half_life_hours, double cut_days) {
    const double cut = cut_days * 1440.0;
    const double half_life = half_life_hours * 60.0;
    const double scale = 0.5 * cut * half_life / (0.5 * cut - half_life);
    return {scale, cut / (cut + scale)};
}

std::uint32_t slice_of(double half_life_hours) {
    if (half_life_hours >= 10) return 60;
    std::uint32_t largest = 1;
    for (const std::uint32_t minutes : {2u, 3u, 4u, 5u, 6u, 10u, 12u, 15u, 20u, 30u})
        if (minutes <= half_life_hours * 60.0 / 20.0) largest = minutes;
    return largest;
}

PlatformTables platform_tables(const PlatformParams& p, const std::array<double, 3>& strengths, double mean_degree) {
    const SolvedConstants& solved = p.constants;
    PlatformTables tables;
    tables.visibility = {visibility_table(solved.person_rate, strengths),
                         visibility_table(solved.page_rate, strengths)};
    tables.endorsement = {p.endorsement_weak, p.endorsement_strong, 1.0};
    for (std::size_t s = 0; s < 3; ++s) tables.surfaced_endorsement[s] = 1.0 + (tables.endorsement[s] - 1.0) / 2.0;
    const double attention = p.attention;
    const double page_attention = attention / p.attention_person_page_ratio;
    tables.attention = {threshold(attention), threshold(page_attention)};
    tables.bases = {
        bases(p, attention, 1.0, solved.engage_person, solved.click_person, solved.reshare_person, solved.mute_person),
        bases(p, page_attention, p.page_reaction_ratio, solved.engage_page, solved.click_page, solved.reshare_page,
              solved.mute_page)};
    for (std::size_t c = 0; c < kCarriers; ++c)
        tables.mute[c] = {tables.bases[c].mute, tables.bases[c].mute * p.mute_promotional};
    tables.first_hop = delay_law(p.half_life_hours, p.view_cut_days);
    tables.later_hops = delay_law(p.later_half_life_hours, p.view_cut_days);
    tables.slice_minutes = slice_of(p.half_life_hours);
    tables.surfaced_views = p.surfaced_views;
    tables.reshare_visibility = solved.reshare_rate * p.reshare_views;
    tables.surfacing_decay = powers(p.surfacing_decay);
    tables.reaction_decay = powers(p.reaction_decay);
    tables.mean_degree = mean_degree;
    return tables;
}

// The platforms of the design, each of which the world has.
std::vector<Platform> platforms_of(const Design& design, const World& world) {
    std::vector<Platform> on = design.platforms_on();
    for (const Platform platform : on)
        if (!world.graph(platform).on())
            throw InvalidInput("platforms." + std::string(kPlatformNames[static_cast<std::size_t>(platform)]) +
                               ": on in the design, off in the world");
    return on;
}

// 8 points of Gauss and Hermite for the mean over a standard normal, from both ends.
constexpr std::array<double, 4> kHermitePoint = {4.1445471861258945, 2.8024858612875416, 1.636519042435108,
                                                 .53907981135137519};
constexpr std::array<double, 4> kHermiteWeight = {.00011261453837536751, .0096352201207882616, .11723990766175898,
                                                  .37301225767907736};

// Mean of P over the appeal for visibility, whose mean is 1.
double mean_shown(double visibility, double log_sd) {
    const auto shown = [&](double z) {
        return 1.0 - ieee::exp_of_negative(-(visibility * ieee::exp(log_sd * z - log_sd * log_sd / 2.0)));
    };
    if (log_sd == 0) return shown(0);
    double mean = 0;
    for (std::size_t n = 0; n < kHermitePoint.size(); ++n)
        mean += kHermiteWeight[n] * (shown(-kHermitePoint[n]) + shown(kHermitePoint[n]));
    return mean;
}

// P of being shown a post of a fully credible person, by platform and class of tie.
ParticipationTables::ShownTables shown_tables(const Design& design, const World& world) {
    ParticipationTables::ShownTables shown{};
    for (const Platform platform : design.platforms_on()) {
        const auto p = static_cast<std::size_t>(platform);
        const VisibilityTable visibility =
            visibility_table(design.params.platforms[p]->constants.person_rate, world.strength_value);
        for (std::size_t c = 0; c < kTieClasses; ++c)
            shown[p][c] = mean_shown(visibility[c], design.params.content.appeal_visibility_log_sd);
    }
    return shown;
}

}  // namespace

RunTables::RunTables(const Design& d, const World& w)
    : design(d),
      world(w),
      on(platforms_of(d, w)),
      tie_value(visibility_table(1.0, w.strength_value)),
      participation(d, w, on, shown_tables(d, w)),
      exits(d, w),
      first_degree(w, on) {
    const FeedParams& feed = d.params.feed;
    double cut_days = 0;
    for (const Platform platform : on) {
        const auto p = static_cast<std::size_t>(platform);
        if (feed.fractional_contagion != 0 && std::isnan(w.graphs[p].mean_degree))
            throw InternalError("fractional contagion needs a world with all rows");
        platforms[p] = platform_tables(*d.params.platforms[p], w.strength_value, w.graphs[p].mean_degree);
        slice_minutes = std::gcd(slice_minutes, platforms[p].slice_minutes);
        cut_days = std::max(cut_days, d.params.platforms[p]->view_cut_days);
    }
    longest_wait_days = static_cast<std::int32_t>(std::ceil(cut_days)) + 1;
    for (const double persuasion : w.workforce[Attribute::persuasion])
        author_persuasion.push_back(ieee::pow(persuasion, feed.persuasion_exponent));
    for (std::uint32_t level = 0; level < 256; ++level) trait[level] = trait_value(level);
    affinity_engage = affinity_table(feed.affinity_engage);
    affinity_click = affinity_table(feed.affinity_click);
    affinity_reshare = affinity_table(feed.affinity_reshare);
    affinity_mute = affinity_table(feed.affinity_mute);
    for (std::size_t n = 0; n < limit.size(); ++n) limit[n] = 1.0 + static_cast<double>(n) / feed.viewer_limit;
    copy_penalty[0] = 1.0;
    for (std::size_t c = 1; c < copy_penalty.size(); ++c) copy_penalty[c] = copy_penalty[c - 1] * feed.identical_copy;
    for (int days = 0; static_cast<double>(days) <= feed.memory_days; ++days)
        repeat_decay.push_back(ieee::exp2(-static_cast<double>(days) / feed.repeat_half_life_days));
    appeal_exponent = powers(feed.appeal_shrink);

    const AwarenessParams& aware = d.params.awareness;
    half_life_minutes = aware.half_life_weeks * 7.0 * 1440.0;
    favorability_half_life_minutes = aware.favorability_half_life_weeks * 7.0 * 1440.0;
    wear_out_half_life_minutes = aware.wear_out_half_life_weeks * 7.0 * 1440.0;
    for (std::size_t m = 0; m < minute_decay.size(); ++m) {
        minute_decay[m] = ieee::exp2(-static_cast<double>(m) / half_life_minutes);
        minute_fade[m] = ieee::exp2(-static_cast<double>(m) / favorability_half_life_minutes);
    }
    favorability_prior = static_cast<double>(static_cast<float>(aware.favorability_prior));
    first_exposure_odds = aware.phi / (1.0 - aware.phi);
    favorability_odds = aware.favorability_step / (1.0 - aware.favorability_step);
    baseline.fill(aware.baseline_other);
    baseline[static_cast<std::size_t>(Segment::buyer)] = aware.baseline_buyer;
    baseline[static_cast<std::size_t>(Segment::talent)] = aware.baseline_talent;
}

}  // namespace groundswell
