// Who works here and takes part in the program, in one replicate: exits, membership, motivation. Spec: docs/MODEL.md
// 2b.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/view_filter.hpp"
#include "engine/design.hpp"
#include "engine/recorder.hpp"
#include "world/world.hpp"

namespace groundswell {

// What a design and a world fix about employees before luck.
struct TeamPlan {
    // P of being shown a post of a fully credible author, by platform and class of tie.
    using Shown = std::array<std::array<double, kTieClasses>, kPlatforms>;
    TeamPlan(const Design& design, const World& world, const std::vector<Platform>& on, const Shown& shown);

    std::vector<std::uint8_t> advocate;                              // posts all year
    std::vector<std::int32_t> invited_on;                            // day of the run; -1 never
    std::vector<std::uint8_t> responder;                             // to recognition
    std::vector<double> relative_belief;                             // product belief / its mean
    std::vector<std::array<double, kPlatforms>> expected_responses;  // to one post of a member
    std::vector<double> tenure;                                      // years on the first day of the horizon
    double hazard = 0;                                               // a year, of an old hand of satisfaction 1/2
    // relative_hazard in two parts that do not change with the days: own (1 + early 2^(-days / half-life)), own a day.
    std::vector<double> own_hazard, early_hazard;
    std::vector<double> own_enrollment;  // factor of the enrollment hazard: satisfaction and willingness
};

// What a day of the program is paid for.
struct TeamDay {
    double seats = 0, active = 0, trained_hours = 0;
};

class Team {
public:
    Team(const Design& design, const World& world, const TeamPlan& plan, std::uint32_t replicate);

    // Phases of a day of the horizon, in this order.
    void leave(std::int32_t day, Recorder& recorder);
    TeamDay take_part(std::int32_t day, Recorder& recorder);

    const Member& operator[](std::uint32_t employee) const { return members_[employee]; }
    bool is_here(std::uint32_t employee) const { return members_[employee].state != MemberState::left; }
    // Whether an employee posts for the program, as of the last take_part.
    bool posts(std::uint32_t employee) const {
        return is_here(employee) && (plan_.advocate[employee] != 0 || members_[employee].state == MemberState::active);
    }
    double motivation(std::uint32_t employee) const {
        return plan_.advocate[employee] != 0 ? 1.0 : members_[employee].motivation;
    }

    // What happens on a day; what it does to the team shows from the next day on.
    void begin_day(std::int32_t day);
    void count_post(std::uint32_t employee, Platform platform);  // company-related
    void count_response(std::uint32_t employee);
    void count_program_posts(std::uint32_t employee, std::int32_t day, std::uint32_t posts);

    StaffLevels levels(std::int32_t day) const;

private:
    // Posts and responses of the last 28 days by day % 28, and their sums. Kept where motivation depends on them.
    struct Echo {
        std::array<std::uint32_t, 28> responses{};
        std::array<std::array<std::uint16_t, kPlatforms>, 28> posts{};
        std::uint32_t all_responses = 0;
        std::array<std::uint32_t, kPlatforms> all_posts{};
    };

    double satisfaction(std::uint32_t employee) const;
    std::vector<double> active_shares() const;                                      // by department
    std::vector<double> enrollment_hazards(const ProgramSettings& settings) const;  // by department, a week
    void invited_day(std::uint32_t employee, std::int32_t day, const ProgramSettings& settings,
                     const std::vector<double>& hazards, Recorder& recorder);
    double motivation_today(std::uint32_t employee, std::int32_t day, const ProgramSettings& settings) const;
    void keep(std::uint32_t employee, const ProgramSettings& settings);
    void become_member(std::uint32_t employee, std::int32_t day, bool by_mandate, const ProgramSettings& settings,
                       Recorder& recorder);
    double expected(std::uint32_t employee) const;

    const Design& design_;
    const World& world_;
    const TeamPlan& plan_;
    ParticipationKeys keys_;
    std::vector<Member> members_;
    std::vector<double> exit_clock_, exit_threshold_;
    std::vector<Echo> echoes_;  // empty where not needed
    std::size_t slot_ = 0;      // of today
    TeamDay today_;
};

}  // namespace groundswell
