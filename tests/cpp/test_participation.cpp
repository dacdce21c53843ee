#include "levers/participation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace groundswell {
namespace {

constexpr MotivationInputs kPlain{.relative_belief = 1, .responder = false, .responses = 0, .expected = 0};

double motivation_of(const Member& member, std::int32_t day, const ProgramSettings& settings = {},
                     const MotivationInputs& inputs = kPlain) {
    return motivation(member, day, inputs, settings, ParticipationParams{});
}

TEST(Participation, NoveltyFallsFromOneToAHalf) {
    Member member;
    member.since = 10;
    EXPECT_DOUBLE_EQ(motivation_of(member, 10), 1);
    EXPECT_NEAR(motivation_of(member, 10 + 56), .75, 1e-12);
    EXPECT_NEAR(motivation_of(member, 10 + 5600), .5, 1e-12);
}

TEST(Participation, RecognitionLiftsRespondersAndItsRemovalHalvesThem) {
    Member member;
    MotivationInputs inputs = kPlain;
    ProgramSettings on;
    on.recognition = 1;
    member.most_recognition = 1;
    EXPECT_DOUBLE_EQ(motivation_of(member, 0, on, inputs), 1) << "who does not respond";
    inputs.responder = true;
    EXPECT_DOUBLE_EQ(motivation_of(member, 0, on, inputs), 3.5);
    EXPECT_DOUBLE_EQ(motivation_of(member, 0, {}, inputs), .5) << "removed";
    member.most_recognition = 0;
    EXPECT_DOUBLE_EQ(motivation_of(member, 0, {}, inputs), 1) << "never there";
}

TEST(Participation, ResponsesMoneyBeliefAndFatigueAreFactors) {
    Member member;
    MotivationInputs inputs = kPlain;
    inputs.responses = 6;
    inputs.expected = 3;
    EXPECT_NEAR(motivation_of(member, 0, {}, inputs), 1 + .2 * std::log(3.0), 1e-12);
    ProgramSettings paid;
    paid.money = 2;
    EXPECT_NEAR(motivation_of(member, 0, paid), .8, 1e-12);
    paid.money = 20;
    EXPECT_EQ(motivation_of(member, 0, paid), 0) << "never below zero";
    inputs = kPlain;
    inputs.relative_belief = 1.5;
    EXPECT_NEAR(motivation_of(member, 0, {}, inputs), 1.5, 1e-12);
    add_fatigue(member, 0, 2, {});
    EXPECT_NEAR(motivation_of(member, 0), 1 - (.05 + .05 * .95), 1e-12);
    EXPECT_NEAR(fatigue_on(member, 14, {}), (.05 + .05 * .95) / 2, 1e-12);
}

TEST(Participation, EnrollmentHazardFollowsItsFactors) {
    const ParticipationParams params;
    const auto hazard = [&](const ProgramSettings& s, const EnrollmentInputs& in) {
        return enrollment_hazard(in, s, params) / params.enrollment_rate;
    };
    const EnrollmentInputs middle{.satisfaction = .5, .willingness = .5, .peers = 0};
    EXPECT_NEAR(hazard({}, middle), .7 * .8, 1e-12);
    ProgramSettings s;
    s.guidelines = s.champion = 1;
    EXPECT_NEAR(hazard(s, middle), 1, 1e-12);
    s.leadership = 1;
    EXPECT_NEAR(hazard(s, middle), 1.4, 1e-9);
    s.training_hours_per_person = 4;
    s.tool_ease = 1;
    EXPECT_NEAR(hazard(s, middle), 1.4 * std::exp(.8), 1e-9);
    EXPECT_NEAR(hazard(s, {.satisfaction = .7, .willingness = .9, .peers = .5}), 1.4 * std::exp(.8 + .2 + .8 + .5),
                1e-9);
}

TEST(Participation, TrainingSaturates) {
    EXPECT_EQ(training_level(0), 0);
    EXPECT_DOUBLE_EQ(training_level(4), 1);
    EXPECT_LT(training_level(400), 2.0000001);
}

TEST(Participation, EventsHappenWhenTheirClockReachesTheThreshold) {
    const ParticipationKeys keys{stream_key(1, 0, 0, Decision::enrollment), stream_key(1, 0, 0, Decision::dormancy)};
    const ParticipationParams params;
    Member member = start_member(4, keys);
    begin_membership(member, 4, 0, false, keys);
    member.motivation = 1;
    member.drop_out_threshold = 1e9;
    const double first = member.dormancy_threshold;
    int days = 0;
    while (member.state == MemberState::active) {
        live_a_day(member, 4, false, params, keys);
        ++days;
    }
    EXPECT_NEAR(days, first / (params.dormancy / 7), 1);
    while (member.state == MemberState::dormant) live_a_day(member, 4, false, params, keys);
    EXPECT_EQ(member.spell, 1u);
    EXPECT_NE(member.dormancy_threshold, first) << "each spell has a threshold of its own";
    member.drop_out_clock = 0;
    member.drop_out_threshold = params.drop_out / 7 * 2.5;
    live_a_day(member, 4, false, params, keys);
    live_a_day(member, 4, true, params, keys);  // under a mandate nobody drops out
    live_a_day(member, 4, false, params, keys);
    EXPECT_NE(member.state, MemberState::dropped_out);
    live_a_day(member, 4, false, params, keys);
    EXPECT_EQ(member.state, MemberState::dropped_out);
}

TEST(Participation, TheSameHazardEarlierMeansAnEarlierEvent) {
    const ParticipationKeys keys{stream_key(9, 0, 0, Decision::enrollment), stream_key(9, 0, 0, Decision::dormancy)};
    const auto dormant_after = [&](double m) {
        Member member = start_member(1, keys);
        begin_membership(member, 1, 0, true, keys);
        member.motivation = m;
        int days = 0;
        for (; member.state == MemberState::active; ++days) live_a_day(member, 1, true, {}, keys);
        return days;
    };
    EXPECT_LT(dormant_after(.2), dormant_after(.8));
    EXPECT_LT(dormant_after(.8), dormant_after(2));
}

}  // namespace
TEST(Participation, ThePullOfAnInvitationHalvesTowardsItsFloor) {
    ParticipationParams params;
    params.pull_half_life_weeks = 4;
    params.pull_floor = .2;
    EXPECT_EQ(invitation_pull(0, params), 1.0);
    EXPECT_NEAR(invitation_pull(28, params), .2 + .8 / 2, 1e-15);
    EXPECT_NEAR(invitation_pull(56, params), .2 + .8 / 4, 1e-15);
    params.pull_floor = 1;
    EXPECT_EQ(invitation_pull(500, params), 1.0);
}

}  // namespace groundswell
