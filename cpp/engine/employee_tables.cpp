#include "engine/employee_tables.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "core/draws.hpp"
#include "core/errors.hpp"
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
    for (std::uint32_t i = 0; i < world.employees; ++i)
        responder[i] = unit(draw(key, world.draw_numbers[i])[0]) < share ? 1 : 0;
    return responder;
}

std::vector<double> relative_beliefs(const World& world) {
    std::vector<double> belief = world.workforce[Attribute::product_belief];
    const double mean = std::accumulate(belief.begin(), belief.end(), 0.0) /
                        static_cast<double>(std::max<std::size_t>(belief.size(), 1));
    for (double& b : belief) b = mean > 0 ? b / mean : 1.0;
    return belief;
}

std::vector<double> enrollment_factors(const World& world, const ParticipationParams& params) {
    std::vector<double> factors;
    factors.reserve(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i)
        factors.push_back(ieee::exp(params.enroll_satisfaction * (world.workforce[Attribute::satisfaction][i] - .5) +
                                    params.enroll_willingness * (world.workforce[Attribute::willingness][i] - .5)));
    return factors;
}

}  // namespace

ExitTables::ExitTables(const Design& design, const World& world)
    : tenure(
          complete_tenure(design.tenure_years, world.draw_numbers, design.params.retention, world.seed, world.index)),
      hazard(solve_hazard(world.workforce[Attribute::satisfaction], tenure, design.params.retention)) {
    const RetentionParams& params = design.params.retention;
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        const double satisfaction = world.workforce[Attribute::satisfaction][i];
        late_hazard.push_back(hazard * ieee::exp(-params.satisfaction_slope * (satisfaction - .5)) / 365.25);
        early_excess.push_back(params.early_exit * ieee::exp2(-tenure[i] / params.early_exit_half_life_years));
    }
}

ParticipationTables::ParticipationTables(const Design& design, const World& world, const std::vector<Platform>& on,
                                         const ShownTables& shown)
    : advocate(design.program ? active_advocates(*design.program, world)
                              : std::vector<std::uint8_t>(world.employees, 0)),
      invited_on(invitation_days(design, world)) {
    const bool invites = design.program && design.program->selection;
    if (!invites && !design.running) return;
    if (design.running) read_members(*design.running, design.calendar.horizon_begin());
    for (std::int32_t days = 0; days < design.calendar.horizon_end() - design.calendar.horizon_begin(); ++days)
        pull.push_back(invitation_pull(days, design.params.participation));
    responder = draw_responders(world, design.params.participation.recognition_responders);
    relative_belief = relative_beliefs(world);
    enrollment_factor = enrollment_factors(world, design.params.participation);
    expected_responses.resize(world.employees);
    for (std::uint32_t i = 0; i < world.employees; ++i)
        for (const Platform platform : on) {
            const auto p = static_cast<std::size_t>(platform);
            double views = 0;
            if (takes_part(i))
                for (const TieWord tie : world.graph(platform).row(i)) views += shown[p][tie_class(tie)];
            expected_responses[i][p] = views * design.params.platforms[p]->engage;
        }
}

void ParticipationTables::read_members(const RunningProgram& running, std::int32_t horizon_begin) {
    joined_on.resize(advocate.size(), kNever);
    seen_posts.resize(advocate.size(), 0.0);
    for (std::size_t k = 0; k < running.members.size(); ++k) {
        const std::uint32_t employee = running.members[k];
        if (employee >= advocate.size() || joined_on[employee] != kNever)
            throw InvalidInput("company.members: employee number " + std::to_string(employee) +
                               " is there twice, or not below " + std::to_string(advocate.size()));
        joined_on[employee] = horizon_begin - running.days[k];
        seen_posts[employee] = running.posts_per_week[k];
    }
}

}  // namespace groundswell
