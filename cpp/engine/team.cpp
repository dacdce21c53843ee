#include "engine/team.hpp"

#include <algorithm>
#include <numeric>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

std::vector<std::int32_t> invitation_days(const Design& design, const World& world) {
    std::vector<std::int32_t> days(world.employees, -1);
    if (!design.program || !design.program->selection) return days;
    for (const Selected& one : select_employees(world, *design.program->selection))
        if (one.day >= 0) days[one.employee] = design.calendar.horizon_begin() + one.day;
    return days;
}

std::vector<std::uint8_t> draw_responders(const World& world, double share) {
    const StreamKey key = world_key(world.seed, world.index, Decision::recognition_responders);
    std::vector<std::uint8_t> responder(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i) responder[i] = unit(draw(key, i)[0]) < share ? 1 : 0;
    return responder;
}

std::vector<double> relative_beliefs(const World& world) {
    std::vector<double> belief = world.workforce[Attribute::product_belief];
    const double mean = std::accumulate(belief.begin(), belief.end(), 0.0) /
                        static_cast<double>(std::max<std::size_t>(belief.size(), 1));
    for (double& b : belief) b = mean > 0 ? b / mean : 1.0;
    return belief;
}

}  // namespace

TeamPlan::TeamPlan(const Design& design, const World& world, const std::vector<Platform>& on, const Shown& shown)
    : advocate(design.program ? active_advocates(*design.program, world)
                              : std::vector<std::uint8_t>(world.employees, 0)),
      invited_on(invitation_days(design, world)),
      tenure(complete_tenure(design.tenure_years, world.employees, design.params.retention, world.seed, world.index)),
      hazard(solve_hazard(world.workforce[Attribute::satisfaction], tenure, design.params.retention)) {
    const RetentionParams& retention = design.params.retention;
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        const double satisfaction = world.workforce[Attribute::satisfaction][i];
        own_hazard.push_back(hazard * ieee::exp(-retention.satisfaction_slope * (satisfaction - .5)) / 365.25);
        early_hazard.push_back(retention.early_exit * ieee::exp2(-tenure[i] / retention.early_exit_half_life_years));
    }
    if (!design.program || !design.program->selection) return;
    const ParticipationParams& participation = design.params.participation;
    for (std::uint32_t i = 0; i < world.employees; ++i)
        own_enrollment.push_back(
            ieee::exp(participation.enroll_satisfaction * (world.workforce[Attribute::satisfaction][i] - .5) +
                      participation.enroll_willingness * (world.workforce[Attribute::willingness][i] - .5)));
    responder = draw_responders(world, design.params.participation.recognition_responders);
    relative_belief = relative_beliefs(world);
    expected_responses.resize(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i)
        for (const Platform platform : on) {
            const auto p = static_cast<std::size_t>(platform);
            double views = 0;
            if (invited_on[i] >= 0)
                for (const TieWord tie : world.graph(platform).row(i)) views += shown[p][tie_class(tie)];
            expected_responses[i][p] = views * design.params.platforms[p]->engage;
        }
}

Team::Team(const Design& design, const World& world, const TeamPlan& plan, std::uint32_t replicate)
    : design_(design), world_(world), plan_(plan), exit_clock_(world.employees, 0.0) {
    const auto key = [&](Decision decision) { return stream_key(world.seed, world.index, replicate, decision); };
    keys_ = {key(Decision::enrollment), key(Decision::dormancy)};
    const StreamKey exits = key(Decision::exits);
    const bool invites = design.program && design.program->selection;
    members_.reserve(world.employees);
    exit_threshold_.reserve(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        members_.push_back(invites ? start_member(i, keys_) : Member{});
        exit_threshold_.push_back(exponential_threshold(draw(exits, i)[0]));
    }
    if (invites && design.params.participation.feedback > 0) echoes_.resize(world.employees);
}

double Team::satisfaction(std::uint32_t employee) const {
    const double own = world_.workforce[Attribute::satisfaction][employee];
    return members_[employee].coerced ? std::max(0.0, own - design_.params.participation.coerced_satisfaction) : own;
}

void Team::leave(std::int32_t day, Recorder& recorder) {
    if (plan_.hazard == 0) return;
    const RetentionParams& params = design_.params.retention;
    const double passed = static_cast<double>(day - design_.calendar.horizon_begin()) / 365.25;
    const double decay = ieee::exp2(-passed / params.early_exit_half_life_years);
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        if (!is_here(i) || plan_.advocate[i] != 0) continue;
        exit_clock_[i] += members_[i].coerced ? plan_.hazard / 365.25 * params.coerced_exit *
                                                    relative_hazard(satisfaction(i), plan_.tenure[i] + passed, params)
                                              : plan_.own_hazard[i] * (1.0 + plan_.early_hazard[i] * decay);
        if (exit_clock_[i] < exit_threshold_[i]) continue;
        members_[i].state = MemberState::left;
        members_[i].coerced = false;
        recorder.add(Amount::exits);
    }
}

std::vector<double> Team::active_shares() const {
    std::vector<double> active, here;
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        const auto department = static_cast<std::size_t>(world_.workforce.department[i]);
        if (department >= here.size()) {
            here.resize(department + 1, 0.0);
            active.resize(department + 1, 0.0);
        }
        if (!is_here(i)) continue;
        here[department] += 1;
        if (members_[i].state == MemberState::active) active[department] += 1;
    }
    for (std::size_t d = 0; d < here.size(); ++d)
        if (here[d] > 0) active[d] /= here[d];
    return active;
}

// Enrollment hazard of satisfaction and willingness 1/2; who is no member is not coerced, so theirs are their own.
std::vector<double> Team::enrollment_hazards(const ProgramSettings& settings) const {
    std::vector<double> hazards = active_shares();
    for (double& value : hazards)
        value = enrollment_hazard({.satisfaction = .5, .willingness = .5, .peers = value}, settings,
                                  design_.params.participation);
    return hazards;
}

// X of the motivation: responses that the network would give to the posts of the last 28 days.
double Team::expected(std::uint32_t employee) const {
    double sum = 0;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        sum += static_cast<double>(echoes_[employee].all_posts[p]) * plan_.expected_responses[employee][p];
    return sum;
}

double Team::motivation_today(std::uint32_t i, std::int32_t day, const ProgramSettings& settings) const {
    const bool echo = !echoes_.empty();
    const MotivationInputs inputs{.relative_belief = plan_.relative_belief[i],
                                  .responder = plan_.responder[i] != 0,
                                  .responses = echo ? static_cast<double>(echoes_[i].all_responses) : 0.0,
                                  .expected = echo ? expected(i) : 0.0};
    return groundswell::motivation(members_[i], day, inputs, settings, design_.params.participation);
}

// What the day's levers leave with a member.
void Team::keep(std::uint32_t i, const ProgramSettings& settings) {
    Member& member = members_[i];
    member.most_recognition = std::max(member.most_recognition, settings.recognition);
    today_.trained_hours += std::max(0.0, settings.training_hours_per_person - member.trained_hours);
    member.trained_hours = std::max(member.trained_hours, settings.training_hours_per_person);
}

void Team::become_member(std::uint32_t i, std::int32_t day, bool by_mandate, const ProgramSettings& settings,
                         Recorder& recorder) {
    begin_membership(members_[i], i, day, by_mandate, keys_);
    recorder.add(Amount::enrollments);
    members_[i].motivation = motivation_today(i, day, settings);
}

void Team::invited_day(std::uint32_t i, std::int32_t day, const ProgramSettings& settings,
                       const std::vector<double>& hazards, Recorder& recorder) {
    Member& member = members_[i];
    const ParticipationParams& params = design_.params.participation;
    const bool mandate = settings.mandate >= .5;
    if (member.state == MemberState::outside) {
        member.state = MemberState::invited;
        recorder.add(Amount::invitations);
    }
    if (member.is_member()) {
        member.motivation = motivation_today(i, day, settings);
        live_a_day(member, i, mandate, params, keys_);
        if (member.state == MemberState::dropped_out) recorder.add(Amount::drop_outs);
    } else if (mandate) {
        become_member(i, day, true, settings, recorder);
    } else if (member.state == MemberState::invited) {
        const auto department = static_cast<std::size_t>(world_.workforce.department[i]);
        member.enrollment_clock += hazards[department] * plan_.own_enrollment[i] / 7.0;
        if (member.enrollment_clock >= member.enrollment_threshold) become_member(i, day, false, settings, recorder);
    }
    if (member.is_member())
        keep(i, settings);
    else
        member.motivation = 0;
    member.coerced = member.is_member() && member.by_mandate && mandate &&
                     world_.workforce[Attribute::willingness][i] < params.coerced_willingness;
}

TeamDay Team::take_part(std::int32_t day, Recorder& recorder) {
    today_ = {};
    const ProgramSettings& settings = design_.program->on(day - design_.calendar.horizon_begin());
    const bool invites = design_.program->selection.has_value();
    const std::vector<double> hazards = invites ? enrollment_hazards(settings) : std::vector<double>{};
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        if (!is_here(i)) continue;
        if (invites && plan_.invited_on[i] >= 0 && plan_.invited_on[i] <= day)
            invited_day(i, day, settings, hazards, recorder);
        if (plan_.advocate[i] != 0) keep(i, settings);
        if (plan_.advocate[i] == 0 && !members_[i].is_member()) continue;
        today_.seats += 1;
        if (members_[i].coerced) recorder.add(Amount::coerced_days);
        if (!posts(i)) continue;
        today_.active += 1;
        recorder.add(Amount::motivation_points, motivation(i));
        recorder.add(Amount::fatigue_points, fatigue_on(members_[i], day, design_.params.participation));
    }
    recorder.add(Amount::seat_days, today_.seats);
    recorder.add(Amount::active_member_days, today_.active);
    recorder.add(Amount::training_hours, today_.trained_hours);
    recorder.add(Amount::advocate_hours, today_.trained_hours);
    return today_;
}

void Team::begin_day(std::int32_t day) {
    if (echoes_.empty()) return;
    slot_ = static_cast<std::size_t>(day % 28);
    for (Echo& echo : echoes_) {
        echo.all_responses -= echo.responses[slot_];
        echo.responses[slot_] = 0;
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            echo.all_posts[p] -= echo.posts[slot_][p];
            echo.posts[slot_][p] = 0;
        }
    }
}

void Team::count_post(std::uint32_t employee, Platform platform) {
    if (echoes_.empty()) return;
    const auto p = static_cast<std::size_t>(platform);
    ++echoes_[employee].posts[slot_][p];
    ++echoes_[employee].all_posts[p];
}

void Team::count_response(std::uint32_t employee) {
    if (echoes_.empty()) return;
    ++echoes_[employee].responses[slot_];
    ++echoes_[employee].all_responses;
}

void Team::count_program_posts(std::uint32_t employee, std::int32_t day, std::uint32_t posts) {
    if (posts > 0 && plan_.advocate[employee] == 0)
        add_fatigue(members_[employee], day, posts, design_.params.participation);
}

StaffLevels Team::levels(std::int32_t day) const {
    const bool begun = day >= design_.calendar.horizon_begin();
    StaffLevels levels;
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        if (!is_here(i)) continue;
        levels.headcount += 1;
        levels.satisfaction += satisfaction(i);
        if (members_[i].is_member() || (begun && plan_.advocate[i] != 0)) levels.enrolled += 1;
        if (members_[i].state == MemberState::dormant) levels.dormant += 1;
    }
    if (levels.headcount > 0) levels.satisfaction /= levels.headcount;
    return levels;
}

}  // namespace groundswell
