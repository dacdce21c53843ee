#include "engine/design.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/checks.hpp"

namespace groundswell {

namespace {

// A time after which something has halved; infinity switches the halving off.
void require_half_life(std::string_view address, double value) {
    if (!(value > 0)) reject(address, value, "above zero (infinite switches it off)");
}

void check_items(const ContentParams& p, double days) {
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

void check_platform(const std::string& address, const PlatformParams& p) {
    require_between(address + ".view_cut_days", p.view_cut_days, 1, 90);
    const auto require_half_life_of_views = [&](const char* name, double value) {
        if (!(value > 0 && value < 12 * p.view_cut_days))
            reject(address + name, value, "above zero and below half of " + address + ".view_cut_days");
    };
    require_half_life_of_views(".half_life_hours", p.half_life_hours);
    require_half_life_of_views(".later_half_life_hours", p.later_half_life_hours);
    if (!(p.attention > 0 && p.attention <= 1)) reject(address + ".attention", p.attention, "above 0, at most 1");
    require_positive(address + ".attention_person_page_ratio", p.attention_person_page_ratio);
    require_between(address + ".surfaced_views", p.surfaced_views, 0, 1e6);
    require_between(address + ".surfacing_decay", p.surfacing_decay, 0, 1);
    require_between(address + ".reaction_decay", p.reaction_decay, 0, 1);
    require_between(address + ".reshare_views", p.reshare_views, 0, 1e6);
}

// Shares of posts: on platforms that are on, adding up to one.
void check_shares(const std::string& address, const std::array<double, kPlatforms>& shares,
                  const PlatformsParams& platforms) {
    double sum = 0;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        const std::string name(kPlatformNames[p]);
        require_between(address + "." + name, shares[p], 0, 1);
        if (shares[p] > 0 && !platforms[p])
            reject(address + "." + name, shares[p], "0 while platforms." + name + " is off");
        sum += shares[p];
    }
    if (std::abs(sum - 1) > 1e-9) reject(address, sum, "1 in sum");
}

void check_viewers(const FeedParams& feed, const AwarenessParams& awareness) {
    require_between("feed.memory_days", feed.memory_days, 0, 365);
    if (!(feed.viewer_limit > 0))
        reject("feed.viewer_limit", feed.viewer_limit, "above zero (infinite switches it off)");
    require_half_life("feed.repeat_half_life_days", feed.repeat_half_life_days);
    require_half_life("awareness.half_life_weeks", awareness.half_life_weeks);
    if (!(awareness.phi >= 0 && awareness.phi < 1)) reject("awareness.phi", awareness.phi, "at least 0, below 1");
    if (!(awareness.favorability_step >= 0 && awareness.favorability_step < 1))
        reject("awareness.favorability_step", awareness.favorability_step, "at least 0, below 1");
}

void check_factors(const Calendar& calendar) {
    for (const Day& day : calendar.days)
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (!(day.factor[p] >= 0 && std::isfinite(day.factor[p])))
                reject("platforms." + std::string(kPlatformNames[p]) + ".weekday_weights", day.factor[p],
                       "such that every day's factor is zero or more, and finite");
}

void check_participation(const ParticipationParams& p) {
    for (const auto& [name, value] : {std::pair{"enrollment_rate", p.enrollment_rate},
                                      {"dormancy", p.dormancy},
                                      {"return_rate", p.return_rate},
                                      {"drop_out", p.drop_out},
                                      {"recognition_motivation", p.recognition_motivation},
                                      {"feedback", p.feedback}})
        require_not_negative("participation." + std::string(name), value);
    for (const auto& [name, value] : {std::pair{"no_guidelines", p.no_guidelines},
                                      {"no_champion", p.no_champion},
                                      {"recognition_responders", p.recognition_responders},
                                      {"motivation_after_removal", p.motivation_after_removal},
                                      {"access_blocked_posting", p.access_blocked_posting},
                                      {"fatigue_step", p.fatigue_step},
                                      {"coerced_authenticity", p.coerced_authenticity},
                                      {"coerced_satisfaction", p.coerced_satisfaction},
                                      {"negative_posts", p.negative_posts},
                                      {"amplification_reshare", p.amplification_reshare}})
        require_probability("participation." + std::string(name), value);
    require_half_life("participation.novelty_half_life_weeks", p.novelty_half_life_weeks);
    require_half_life("participation.fatigue_half_life_days", p.fatigue_half_life_days);
    require_between("participation.amplification_hours", p.amplification_hours, 0, 24);
}

void check_retention(const RetentionParams& p, std::span<const double> tenure_years) {
    if (!(p.turnover_per_year >= 0 && p.turnover_per_year < 1))
        reject("retention.turnover_per_year", p.turnover_per_year, "at least 0, below 1");
    require_not_negative("retention.early_exit", p.early_exit);
    require_positive("retention.early_exit_half_life_years", p.early_exit_half_life_years);
    require_positive("retention.tenure_mean_years", p.tenure_mean_years);
    require_not_negative("retention.coerced_exit", p.coerced_exit);
    for (std::size_t i = 0; i < tenure_years.size(); ++i)
        if (!std::isnan(tenure_years[i]))
            require_not_negative("tenure_years[" + std::to_string(i) + "]", tenure_years[i]);
}

void check_program_of(const Program& program, const PlatformsParams& platforms, const Calendar& calendar) {
    for (const ProgramPeriod& period : program.periods)
        check_shares("program.platforms", period.settings.platforms.array(), platforms);
    check_program(program, calendar);
}

// The schema checks every parameter for the user; these are the bounds without which the engine would misbehave.
void check(const YearParams& p, const Calendar& calendar, const std::optional<Program>& program) {
    check_items(p.content, calendar.day_count());
    for (std::size_t k = 0; k < kPlatforms; ++k)
        if (p.platforms[k]) check_platform("platforms." + std::string(kPlatformNames[k]), *p.platforms[k]);
    check_shares("posting.organic_platforms", p.posting.organic_platforms.array(), p.platforms);
    check_viewers(p.feed, p.awareness);
    require_positive("credibility.pseudo_posts", p.credibility.pseudo_posts);
    require_half_life("credibility.credibility_half_life_weeks", p.credibility.credibility_half_life_weeks);
    check_factors(calendar);
    check_participation(p.participation);
    if (program) check_program_of(*program, p.platforms, calendar);
}

}  // namespace

Design::Design(YearParams p, Calendar c, std::optional<Program> prog, std::vector<double> tenure)
    : params(p),
      calendar(std::move(c)),
      program(std::move(prog)),
      tenure_years(std::move(tenure)),
      layout(calendar, platforms_on()) {
    check(params, calendar, program);
    check_retention(params.retention, tenure_years);
}

std::vector<Platform> Design::platforms_on() const {
    std::vector<Platform> on;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (params.platforms[p]) on.push_back(static_cast<Platform>(p));
    if (on.empty()) throw InvalidInput("platforms: none is on");
    return on;
}

}  // namespace groundswell
