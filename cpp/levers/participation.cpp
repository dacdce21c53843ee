#include "levers/participation.hpp"

#include <algorithm>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

// The next spell of activity, with the dormancy that follows it.
void begin_spell(Member& member, std::uint64_t draw_number, std::uint32_t spell, const ParticipationKeys& keys) {
    const Block words = draw(keys.dormancy, draw_number, spell);
    member.spell = spell;
    member.spell_clock = 0;
    member.dormancy_threshold = exponential_threshold(words[0]);
    member.return_threshold = exponential_threshold(words[1]);
}

double damped(double without, double strength) { return without + (1.0 - without) * strength; }

}  // namespace

double exponential_threshold(std::uint32_t bits) { return -ieee::log(1.0 - unit(bits)); }

double training_level(double hours) { return 2.0 * (1.0 - ieee::exp2(-hours / 4.0)); }

double enrollment_hazard(const EnrollmentInputs& inputs, const ProgramSettings& settings,
                         const ParticipationParams& params) {
    const double score = params.enroll_satisfaction * (inputs.satisfaction - .5) +
                         params.enroll_willingness * (inputs.willingness - .5) +
                         params.enroll_leadership * settings.leadership + params.enroll_peers * inputs.peers +
                         params.enroll_trained * training_level(settings.training_hours_per_person) +
                         params.enroll_ease * settings.tool_ease;
    return params.enrollment_rate * ieee::exp(score) * damped(params.no_guidelines, settings.guidelines) *
           damped(params.no_champion, settings.champion);
}

double invitation_pull(std::int32_t days, const ParticipationParams& params) {
    const double weeks = static_cast<double>(days) / 7.0;
    return params.pull_floor + (1.0 - params.pull_floor) * ieee::exp2(-weeks / params.pull_half_life_weeks);
}

double fatigue_on(const Member& member, std::int32_t day, const ParticipationParams& params) {
    if (member.fatigue == 0) return 0;
    return member.fatigue * ieee::exp2(-static_cast<double>(day - member.tired_on) / params.fatigue_half_life_days);
}

void add_fatigue(Member& member, std::int32_t day, std::uint32_t posts, const ParticipationParams& params) {
    double fatigue = fatigue_on(member, day, params);
    for (; posts > 0; --posts) fatigue += params.fatigue_step * (1.0 - fatigue);
    member.fatigue = fatigue;
    member.tired_on = day;
}

double motivation(const Member& member, std::int32_t day, const MotivationInputs& inputs,
                  const ProgramSettings& settings, const ParticipationParams& params) {
    const double weeks = static_cast<double>(day - member.since) / 7.0;
    const double novelty = .5 + .5 * ieee::exp2(-weeks / params.novelty_half_life_weeks);
    double recognition = 0;
    if (inputs.responder)
        recognition = params.recognition_motivation * settings.recognition -
                      (1.0 - params.motivation_after_removal) * novelty *
                          std::max(0.0, member.most_recognition - settings.recognition);
    const double feedback =
        inputs.expected > 0 ? params.feedback * ieee::log(1.0 + inputs.responses / inputs.expected) : 0.0;
    return std::max(0.0, inputs.relative_belief * (novelty + recognition + feedback) *
                             (1.0 - fatigue_on(member, day, params)) *
                             (1.0 + params.money_crowding_out * settings.money));
}

Member start_member(std::uint64_t draw_number, const ParticipationKeys& keys) {
    const Block words = draw(keys.enrollment, draw_number);
    Member member;
    member.enrollment_threshold = exponential_threshold(words[0]);
    member.drop_out_threshold = exponential_threshold(words[1]);
    return member;
}

void begin_membership(Member& member, std::uint64_t draw_number, std::int32_t day, bool by_mandate,
                      const ParticipationKeys& keys) {
    const bool again = member.state == MemberState::dropped_out;
    member.state = MemberState::active;
    member.by_mandate = by_mandate;
    member.since = day;
    member.drop_out_clock = 0;
    begin_spell(member, draw_number, again ? member.spell + 1 : 0, keys);
}

void live_a_day(Member& member, std::uint64_t draw_number, bool mandate, const ParticipationParams& params,
                const ParticipationKeys& keys) {
    const double weariness = ieee::exp(1.0 - member.motivation) / 7.0;
    if (!mandate) {
        member.drop_out_clock += params.drop_out * weariness;
        if (member.drop_out_clock >= member.drop_out_threshold) {
            member.state = MemberState::dropped_out;
            return;
        }
    }
    const bool active = member.state == MemberState::active;
    member.spell_clock += active ? params.dormancy * weariness : params.return_rate / 7.0;
    if (member.spell_clock < (active ? member.dormancy_threshold : member.return_threshold)) return;
    if (active) {
        member.state = MemberState::dormant;
        member.spell_clock = 0;
    } else {
        member.state = MemberState::active;
        begin_spell(member, draw_number, member.spell + 1, keys);
    }
}

void check(const ParticipationParams& p) {
    for (const auto& [name, value] : {std::pair{"enrollment_rate", p.enrollment_rate},
                                      {"dormancy", p.dormancy},
                                      {"return_rate", p.return_rate},
                                      {"drop_out", p.drop_out},
                                      {"recognition_motivation", p.recognition_motivation},
                                      {"feedback", p.feedback}})
        require_not_negative("participation." + std::string(name), value);
    for (const auto& [name, value] : {std::pair{"pull_floor", p.pull_floor},
                                      {"no_guidelines", p.no_guidelines},
                                      {"no_champion", p.no_champion},
                                      {"recognition_responders", p.recognition_responders},
                                      {"motivation_after_removal", p.motivation_after_removal},
                                      {"access_blocked_posting", p.access_blocked_posting},
                                      {"fatigue_step", p.fatigue_step},
                                      {"coerced_authenticity", p.coerced_authenticity},
                                      {"coerced_satisfaction", p.coerced_satisfaction},
                                      {"training_own_words", p.training_own_words},
                                      {"negative_posts", p.negative_posts},
                                      {"negative_posts_without_guidelines", p.negative_posts_without_guidelines},
                                      {"amplification_reshare", p.amplification_reshare}})
        require_probability("participation." + std::string(name), value);
    require_half_life("participation.pull_half_life_weeks", p.pull_half_life_weeks);
    require_half_life("participation.novelty_half_life_weeks", p.novelty_half_life_weeks);
    require_half_life("participation.fatigue_half_life_days", p.fatigue_half_life_days);
    require_between("participation.amplification_hours", p.amplification_hours, 0, 24);
}

}  // namespace groundswell
