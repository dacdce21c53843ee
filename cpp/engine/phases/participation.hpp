// Who takes part in the program and how much they feel like posting: membership, motivation, fatigue. Spec:
// docs/MODEL.md 2b.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/phases/advocate_group.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/program_costs.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "levers/participation.hpp"

namespace groundswell::phases {

class Participation {
public:
    Participation(const RunTables& tables, std::uint32_t replicate, const Workforce& workforce);

    // The phase `program`: invitations, enrollment, dormancy, dropping out; what the day costs.
    void run(Day& day);
    // What today's posts and the responses to them leave with their authors, felt from tomorrow on.
    void carry_over(const Day& day);
    // The seat's new occupant belongs to no group and has had no invitation.
    void sit_down(Author author);

    // Posts all year, whatever the program asks for.
    bool is_advocate(std::uint32_t seat) const { return advocates_.has(seat); }
    bool is_coerced(std::uint32_t seat) const { return members_[seat].coerced; }
    // Whether an employee posts for the program, and how much, as of the last run.
    bool posts(std::uint32_t seat) const { return is_advocate(seat) || members_[seat].state == MemberState::active; }
    double motivation(std::uint32_t seat) const { return is_advocate(seat) ? 1.0 : members_[seat].motivation; }
    // What the program's cadence is multiplied by.
    double drive(std::uint32_t seat) const {
        return own_pace_.empty() ? motivation(seat) : motivation(seat) * own_pace_[seat];
    }
    double satisfaction(std::uint32_t seat) const {
        const double trait = world_.workforce[Attribute::satisfaction][seat];
        return is_coerced(seat) ? std::max(0.0, trait - params_.coerced_satisfaction) : trait;
    }
    const Member& member(std::uint32_t seat) const { return members_[seat]; }

private:
    // Posts and responses of the last 28 days by day % 28, and their sums.
    struct Responses {
        std::array<std::uint32_t, 28> responses{};
        std::array<std::array<std::uint16_t, kPlatforms>, 28> posts{};
        std::uint32_t all_responses = 0;
        std::array<std::uint32_t, kPlatforms> all_posts{};
    };

    Member fresh_member(Author author) const;
    void note_exits(Day& day);
    void end_running_program();
    void welcome(std::uint32_t seat);
    ProgramDay take_part(Day& day);
    void take_turn(std::uint32_t seat, Day& day, const std::vector<double>& hazards);
    void set_own_pace(std::uint32_t seat, std::int32_t day);
    std::vector<double> active_shares() const;                                      // by department
    std::vector<double> enrollment_hazards(const ProgramSettings& settings) const;  // by department, a week
    void follow_invitation(std::uint32_t seat, Day& day, const std::vector<double>& hazards);
    void become_member(std::uint32_t seat, Day& day, bool by_mandate);
    double expected_responses(std::uint32_t seat) const;
    double motivation_on(std::int32_t day, std::uint32_t seat, const ProgramSettings& settings) const;
    double train(std::uint32_t seat, const ProgramSettings& settings);
    void trace_members(Trace& trace) const;
    void tire(const Day& day);
    void count_responses(const Day& day);

    const World& world_;
    const Design& design_;
    const ParticipationTables& tables_;
    const ParticipationParams& params_;
    const Workforce& workforce_;
    ProgramCosts costs_;
    ParticipationKeys keys_;
    bool invites_;
    std::int32_t relaunched_on_ = -1;  // day of the run; -1 never
    AdvocateGroup advocates_;
    // By seat.
    std::vector<std::int32_t> invited_on_;
    // Of the members of a program that runs, empty without one: when they joined, and their rate of posts next to that
    // of their motivation.
    std::vector<std::int32_t> joined_on_;
    std::vector<double> own_pace_;
    std::vector<Member> members_;
    std::vector<Responses> responses_;  // empty where no motivation depends on them
};

}  // namespace groundswell::phases
