// Enrollment, dormancy, drop-out, motivation, fatigue of one employee in a program. Spec: docs/MODEL.md 2b.
#pragma once

#include <cstdint>

#include "core/fields.hpp"
#include "core/streams.hpp"
#include "levers/settings.hpp"

namespace groundswell {

struct ParticipationParams {
    double enrollment_rate = .025;  // a week
    double enroll_satisfaction = 1;
    double enroll_willingness = 2;
    double enroll_leadership = .33647223662121295;  // ln 1.4
    double enroll_peers = 1;
    double enroll_trained = .5;
    double enroll_ease = .3;
    double pull_half_life_weeks = 4;  // of an invitation
    double pull_floor = .1;           // what is left of it in the end; 1: it does not fade
    double no_guidelines = .7;
    double no_champion = .8;
    double dormancy = .03;  // a week, at motivation 1
    double return_rate = .03;
    double drop_out = .01;
    double novelty_half_life_weeks = 8;
    double recognition_responders = .2;
    double recognition_motivation = 2.5;
    double motivation_after_removal = .5;
    double feedback = .2;  // of responses on motivation; 0 switches it off
    double money_crowding_out = -.1;
    double access_blocked_posting = .5;
    double fatigue_half_life_days = 14;
    double fatigue_step = .05;
    double training_authenticity = .05;
    double training_own_words = .1;  // share that four hours of training add
    double coerced_willingness = .4;
    double coerced_authenticity = .6;
    double coerced_satisfaction = .1;
    double negative_posts = .02;                       // of the coerced
    double negative_posts_without_guidelines = .0005;  // of everybody: taste
    double amplification_reshare = .2;
    double amplification_hours = 8;
    GROUNDSWELL_FIELDS(
        visit("enrollment_rate", self.enrollment_rate); visit("enroll_satisfaction", self.enroll_satisfaction);
        visit("enroll_willingness", self.enroll_willingness); visit("enroll_leadership", self.enroll_leadership);
        visit("enroll_peers", self.enroll_peers); visit("enroll_trained", self.enroll_trained);
        visit("enroll_ease", self.enroll_ease); visit("pull_half_life_weeks", self.pull_half_life_weeks);
        visit("pull_floor", self.pull_floor); visit("no_guidelines", self.no_guidelines);
        visit("no_champion", self.no_champion); visit("dormancy", self.dormancy);
        visit("return_rate", self.return_rate); visit("drop_out", self.drop_out);
        visit("novelty_half_life_weeks", self.novelty_half_life_weeks);
        visit("recognition_responders", self.recognition_responders);
        visit("recognition_motivation", self.recognition_motivation);
        visit("motivation_after_removal", self.motivation_after_removal); visit("feedback", self.feedback);
        visit("money_crowding_out", self.money_crowding_out);
        visit("access_blocked_posting", self.access_blocked_posting);
        visit("fatigue_half_life_days", self.fatigue_half_life_days); visit("fatigue_step", self.fatigue_step);
        visit("training_authenticity", self.training_authenticity);
        visit("training_own_words", self.training_own_words); visit("coerced_willingness", self.coerced_willingness);
        visit("coerced_authenticity", self.coerced_authenticity);
        visit("coerced_satisfaction", self.coerced_satisfaction); visit("negative_posts", self.negative_posts);
        visit("negative_posts_without_guidelines", self.negative_posts_without_guidelines);
        visit("amplification_reshare", self.amplification_reshare);
        visit("amplification_hours", self.amplification_hours);)
};

enum class MemberState : std::uint8_t { outside, invited, active, dormant, dropped_out, left };

// One employee in a program. Clocks are cumulated hazards; an event happens when its clock reaches its threshold.
struct Member {
    MemberState state = MemberState::outside;
    bool by_mandate = false, coerced = false;
    std::int32_t since = 0;  // day on which this membership began
    std::uint32_t spell = 0;
    double enrollment_clock = 0, drop_out_clock = 0, spell_clock = 0;
    double enrollment_threshold = 0, drop_out_threshold = 0, dormancy_threshold = 0, return_threshold = 0;
    double fatigue = 0;
    std::int32_t tired_on = 0;  // day of the last post that added to fatigue
    double trained_hours = 0, most_recognition = 0, motivation = 0;

    bool is_member() const { return state == MemberState::active || state == MemberState::dormant; }
};

// Draws of participation in one replicate.
struct ParticipationKeys {
    StreamKey enrollment, dormancy;
};

// What a member's motivation depends on beside the member and the settings.
struct MotivationInputs {
    double relative_belief;      // product belief / its mean
    bool responder;              // to recognition
    double responses, expected;  // in 28 days
};

// What an employee's enrollment depends on beside the settings.
struct EnrollmentInputs {
    double satisfaction, willingness, peers;
};

double exponential_threshold(std::uint32_t bits);  // Exp(1)

// 1 for four hours, at most 2.
double training_level(double hours);

double enrollment_hazard(const EnrollmentInputs& inputs, const ProgramSettings& settings,
                         const ParticipationParams& params);  // a week

// What is left of the pull of an invitation, or of a relaunch, after so many days.
double invitation_pull(std::int32_t days, const ParticipationParams& params);

double fatigue_on(const Member& member, std::int32_t day, const ParticipationParams& params);
void add_fatigue(Member& member, std::int32_t day, std::uint32_t posts, const ParticipationParams& params);

double motivation(const Member& member, std::int32_t day, const MotivationInputs& inputs,
                  const ProgramSettings& settings, const ParticipationParams& params);

// draw_number: of the author, which keys their thresholds.
Member start_member(std::uint64_t draw_number, const ParticipationKeys& keys);
void begin_membership(Member& member, std::uint64_t draw_number, std::int32_t day, bool by_mandate,
                      const ParticipationKeys& keys);

// One day of a member whose motivation is known: dropping out, falling dormant, coming back.
void live_a_day(Member& member, std::uint64_t draw_number, bool mandate, const ParticipationParams& params,
                const ParticipationKeys& keys);

// Throws InvalidInput for values that the engine cannot run.
void check(const ParticipationParams& params);

}  // namespace groundswell
