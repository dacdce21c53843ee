#include "engine/plan.hpp"

#include <algorithm>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

std::array<double, kTieClasses> visibility_table(double rate, const std::array<double, 3>& strengths) {
    std::array<double, kTieClasses> table{};
    for (std::uint32_t c = 0; c < kTieClasses; ++c)
        table[c] = rate * visibility_value(c % kVisibilityClasses) * strengths[c / kVisibilityClasses];
    return table;
}

std::array<double, 256> affinity_table(double exponent) {
    std::array<double, 256> table{};
    for (std::uint32_t level = 0; level < 256; ++level) table[level] = ieee::pow(trait_value(level), exponent);
    return table;
}

ReactionBases bases(const PlatformParams& p, double attention, double ratio, double engage, double click,
                    double reshare, double mute) {
    return {.engage = p.engage * ratio / attention * engage,
            .click = p.click * ratio / attention * click,
            .reshare = p.reshare * ratio / attention * reshare,
            .mute = p.mute / attention * mute};
}

}  // namespace

Thresholds candidate_thresholds(const std::array<double, kTieClasses>& visibility, double g, bool page) {
    Thresholds thresholds{};
    const std::size_t first = page ? 64 : 0;  // a page has one strength of tie, employees the other two
    const std::size_t last = page ? kTieClasses : 64;
    std::array<double, kTieClasses> missed;  // a loop of its own, so that it is vectorized
    for (std::size_t c = first; c < last; ++c) missed[c] = ieee::exp_of_negative(-(visibility[c] * g));
    for (std::size_t c = first; c < last; ++c) thresholds[c] = threshold(1.0 - missed[c]);
    return thresholds;
}

Plan::Plan(const Design& d, const World& w) : design(d), world(w), advocate(d.advocates(w)) {
    const PlatformParams& platform = d.params.linkedin;
    const SolvedConstants& solved = platform.constants;
    const FeedParams& feed = d.params.feed;
    for (const double persuasion : w.workforce[Attribute::persuasion])
        author_persuasion.push_back(ieee::pow(persuasion, feed.persuasion_exponent));

    person_visibility = visibility_table(solved.person_rate, w.strength_value);
    page_visibility = visibility_table(solved.page_rate, w.strength_value);
    for (std::uint32_t level = 0; level < 256; ++level) trait[level] = trait_value(level);
    affinity_engage = affinity_table(feed.affinity_engage);
    affinity_click = affinity_table(feed.affinity_click);
    affinity_reshare = affinity_table(feed.affinity_reshare);
    affinity_mute = affinity_table(feed.affinity_mute);
    endorsement = {platform.endorsement_weak, platform.endorsement_strong, 1.0};

    const double attention = platform.attention;
    const double page_attended = attention / platform.attention_person_page_ratio;
    person_attention = threshold(attention);
    page_attention = threshold(page_attended);
    person_bases = bases(platform, attention, 1.0, solved.engage_person, solved.click_person, solved.reshare_person,
                         solved.mute_person);
    page_bases = bases(platform, page_attended, platform.page_reaction_ratio, solved.engage_page, solved.click_page,
                       solved.reshare_page, solved.mute_page);

    for (std::size_t n = 0; n < limit.size(); ++n) limit[n] = 1.0 + static_cast<double>(n) / feed.viewer_limit;
    copy_penalty[0] = 1.0;
    for (std::size_t c = 1; c < copy_penalty.size(); ++c) copy_penalty[c] = copy_penalty[c - 1] * feed.identical_copy;
    for (int days = 0; static_cast<double>(days) <= feed.memory_days; ++days)
        repeat_decay.push_back(ieee::exp2(-static_cast<double>(days) / feed.repeat_half_life_days));

    const AwarenessParams& aware = d.params.awareness;
    half_life_minutes = aware.half_life_weeks * 7.0 * 1440.0;
    for (std::size_t m = 0; m < minute_decay.size(); ++m)
        minute_decay[m] = ieee::exp2(-static_cast<double>(m) / half_life_minutes);
    first_exposure_odds = aware.phi / (1.0 - aware.phi);
    favorability_odds = aware.favorability_step / (1.0 - aware.favorability_step);
    baseline.fill(aware.baseline_other);
    baseline[static_cast<std::size_t>(Segment::buyer)] = aware.baseline_buyer;
    baseline[static_cast<std::size_t>(Segment::talent)] = aware.baseline_talent;

    const double cut = platform.view_cut_days * 1440.0;
    const double half_life = platform.half_life_hours * 60.0;
    delay_scale = 0.5 * cut * half_life / (0.5 * cut - half_life);
    delay_range = cut / (cut + delay_scale);
}

}  // namespace groundswell
