#include "world/ties/employee_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/sampling.hpp"
#include "world/ties/coworker_ties.hpp"
#include "world/ties/platform_connections.hpp"
#include "world/ties/tie_completion.hpp"
#include "world/ties/tie_strengths.hpp"

namespace groundswell {
namespace {

constexpr std::size_t kCoworkers = static_cast<std::size_t>(Segment::employee);

// Employees and ties to whom one thing happened while the connections were split.
struct Tally {
    std::uint64_t employees = 0, ties = 0;
    void add(std::uint64_t count) {
        employees += count > 0 ? 1 : 0;
        ties += count;
    }
};

struct Tallies {
    Tally capped, cut, raised;
};

void add_warnings(const Tallies& tallies, Platform platform, World& world) {
    const std::string where(kPlatformNames[static_cast<std::size_t>(platform)]);
    const auto add = [&](const char* code, const Tally& tally, const std::string& consequence) {
        if (tally.employees == 0) return;
        world.warnings.push_back({code,
                                  where + ", " + std::to_string(tally.employees) + " employees, " +
                                      std::to_string(tally.ties) + " ties: " + consequence,
                                  tally.employees});
    };
    add("category_capped", tallies.capped,
        "a category would have taken more than half of its pool (audience.pool); the ties went to the other "
        "categories");
    add("connections_cut", tallies.cut,
        "no category has room for them (half of each pool of audience.pool, where audience.mix is above zero); "
        "connections are the ties made");
    add("connections_raised", tallies.raised,
        "more coworkers are given (or completed) than connections; connections are the number of coworkers");
}

// What a coworker network is generated from, by employee.
struct CoworkerTargets {
    std::vector<std::uint32_t> wanted, limit;  // a network makes about as many as wanted, and never more than the limit
    std::vector<std::uint32_t> moved;          // connections that coworkers would have taken but for their cap
};

CoworkerTargets coworker_targets(const std::vector<std::uint32_t>& connections, const SegmentValues& mix,
                                 const CategoryCounts& caps) {
    CoworkerTargets targets;
    for (const std::uint32_t wanted : connections) {
        const ConnectionSplit split = split_by_mix(wanted, mix.array(), caps);
        targets.wanted.push_back(split.counts[kCoworkers]);
        targets.limit.push_back(std::min(wanted, caps[kCoworkers]));
        targets.moved.push_back(split.moved);
    }
    return targets;
}

// Each employee makes half of the picks. Ties that both sides pick count once, so the number of picks is raised until
// within a hundredth of the wanted ties are there, or three times.
CoworkerTies draw_wanted_coworkers(const BuildContext& context, const World& world, const CoworkerTargets& targets,
                                   TiePicker& picker, const std::vector<PersonPair>& known) {
    constexpr std::uint32_t kRoundingIndex = 0xFFFFFFFFu;  // no pick has this index
    const StreamKey key = context.key(Decision::coworker_ties);
    const double wanted = std::accumulate(targets.wanted.begin(), targets.wanted.end(), 0.0);
    CoworkerTies ties;
    double share = 0.5;
    for (int round = 0; round < 3; ++round) {
        for (std::uint32_t i = 0; i < targets.wanted.size(); ++i) {
            const double picks =
                std::floor(targets.wanted[i] * share + unit(draw(key, world.draw_numbers[i], 0, kRoundingIndex)[0]));
            picker.slots[i][kCoworkers] = std::min(static_cast<std::uint32_t>(picks), targets.limit[i]);
        }
        ties = draw_coworker_ties(context, world, picker, targets.limit, known);
        const auto made = static_cast<double>(ties.coworkers.size());
        if (made >= .99 * wanted) break;
        share *= wanted / std::max(made, wanted / 2);
    }
    return ties;
}

// The mix of what the coworkers leave, by job function: sellers know more buyers, recruiters more talent.
using FunctionMixes = std::array<std::array<double, kSegments>, 3>;

FunctionMixes mixes_by_function(const SegmentValues& all_categories, const AudienceParams& params) {
    FunctionMixes mixes;
    mixes.fill(all_categories.array());
    mixes[static_cast<std::size_t>(JobFunction::sales)][static_cast<std::size_t>(Segment::buyer)] *=
        params.seller_buyer_factor;
    mixes[static_cast<std::size_t>(JobFunction::recruiter)][static_cast<std::size_t>(Segment::talent)] *=
        params.recruiter_talent_factor;
    for (auto& mix : mixes) mix[kCoworkers] = 0;
    return mixes;
}

// The connections that each employee wants on one platform, and how they become ties.
struct PlatformPlan {
    Platform platform;
    std::vector<std::uint32_t> connections;
    CategoryCounts caps;
    const CoworkerTies& coworkers;
    std::vector<std::uint32_t> moved;  // as in CoworkerTargets; empty where the coworkers were not split by the mix
};

// Splits what the coworkers leave over the other categories, which become the picker's slots, and sets where the rows
// that come of it begin.
Tallies split_rest(const PlatformPlan& plan, const std::vector<std::int32_t>& function, const FunctionMixes& mixes,
                   TiePicker& picker, std::vector<std::uint64_t>& begin) {
    Tallies tallies;
    begin.assign(1, 0);
    for (std::uint32_t i = 0; i < plan.connections.size(); ++i) {
        const std::uint32_t wanted = plan.connections[i], coworkers = plan.coworkers.degree(i);
        const auto& mix = mixes[static_cast<std::size_t>(function[i])];
        const ConnectionSplit split = split_by_mix(wanted > coworkers ? wanted - coworkers : 0, mix, plan.caps);
        tallies.raised.add(coworkers > wanted ? coworkers - wanted : 0);
        tallies.capped.add(std::max(split.moved, plan.moved.empty() ? 0 : plan.moved[i]));
        tallies.cut.add(split.unplaced);
        picker.slots[i] = split.counts;
        begin.push_back(begin.back() + std::accumulate(split.counts.begin(), split.counts.end(), coworkers));
    }
    return tallies;
}

// Writes rows of ties. Each thread has its own writer.
class RowWriter {
public:
    RowWriter(const TieStrengths& strengths, const TiePicker& picker, const CoworkerTies& coworkers, const World& world,
              Platform platform, EmployeeRows& rows)
        : strengths_(strengths),
          picker_(picker),
          coworkers_(coworkers),
          world_(world),
          platform_(static_cast<std::size_t>(platform)),
          rows_(rows) {}

    void write(std::uint32_t employee) {
        TieWord* const row = rows_.ties.data() + rows_.begin[employee];
        const auto coworkers = coworkers_.of(employee);
        TieWord* end = std::copy(coworkers.begin(), coworkers.end(), row);
        for (std::size_t category = 1; category < kSegments; ++category) end = write_category(employee, category, end);
        for (TieWord* tie = row; tie < end; ++tie) {
            const std::uint32_t person = *tie;
            *tie = tie_word(person, world_.persons[person].visibility[platform_], strengths_.of(employee, person));
        }
    }

private:
    // The persons of a category in the order of their numbers, as a row has them. Returns the end of what is written.
    TieWord* write_category(std::uint32_t employee, std::size_t category, TieWord* begin) {
        const std::uint32_t slots = picker_.slots[employee][category];
        taken_.reset(slots);
        for (std::uint32_t slot = 0; slot < slots; ++slot) begin[slot] = new_person(employee, category, slot);
        std::sort(begin, begin + slots);
        return begin + slots;
    }

    // A category takes at most half of the present persons of its pool, so that from kWholePoolAttempt on half as many
    // attempts succeed as persons of the pool are present.
    std::uint32_t new_person(std::uint32_t employee, std::size_t category, std::uint32_t slot) {
        constexpr std::uint32_t kImpossible = 1u << 20;
        for (std::uint32_t attempt = 0; attempt < kImpossible; ++attempt) {
            const auto person = picker_.pick(employee, category, slot, attempt);
            if (person && world_.persons[*person].present(platform_) && taken_.insert(*person)) return *person;
        }
        throw InternalError("no person left to tie employee " + std::to_string(employee) + " to");
    }

    const TieStrengths& strengths_;
    const TiePicker& picker_;
    const CoworkerTies& coworkers_;
    const World& world_;
    std::size_t platform_;
    EmployeeRows& rows_;
    IdSet taken_;
};

// The persons of each segment who can be picked on a platform; all of them if it is off.
CategoryCounts count_present(const World& world, Platform platform, bool on) {
    CategoryCounts members{};
    for (std::size_t s = 0; s < kSegments; ++s) members[s] = world.segment_begin[s + 1] - world.segment_begin[s];
    if (!on) return members;
    std::fill(members.begin() + 1, members.end(), 0u);
    for (std::size_t s = 1; s < kSegments; ++s)
        for (std::uint32_t person = world.segment_begin[s]; person < world.segment_begin[s + 1]; ++person)
            members[s] += world.persons[person].present(static_cast<std::size_t>(platform)) ? 1 : 0;
    return members;
}

// Builds the rows of one platform after another: LinkedIn first, as the others take their coworkers from it.
class EmployeeRowsBuilder {
public:
    EmployeeRowsBuilder(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                        World& world)
        : context_(context),
          company_(company),
          params_(params),
          strengths_(context, params.audience, world),
          world_(world) {}

    // Where LinkedIn is off there are no rows, but the coworkers are those of LinkedIn with its defaults.
    EmployeeRows linkedin() {
        const PlatformAudienceParams audience = params_.platforms[0].value_or(PlatformAudienceParams{});
        auto connections = wanted_connections(context_, company_, params_, world_, Platform::linkedin);
        const CategoryCounts caps = caps_on(Platform::linkedin);
        CoworkerTargets targets = coworker_targets(connections, audience.mix, caps);
        TiePicker picker = tie_picker(targets.wanted, Platform::linkedin, 1);
        const bool given = company_.has_coworker_ties;
        coworkers_ =
            given ? company_coworker_ties(context_, company_, world_)
                  : draw_wanted_coworkers(context_, world_, targets, picker, known_pairs(company_, world_.employees));
        if (!params_.platforms[0]) return {};
        if (given) targets.moved.clear();
        const PlatformPlan plan{Platform::linkedin, std::move(connections), caps, coworkers_, std::move(targets.moved)};
        EmployeeRows rows = build_rows(plan, picker);
        take_connections_from(rows, plan.connections);
        return rows;
    }

    EmployeeRows other(Platform platform) {
        const PlatformAudienceParams& audience = *params_.platforms[static_cast<std::size_t>(platform)];
        auto connections = wanted_connections(context_, company_, params_, world_, platform);
        const CategoryCounts caps = caps_on(platform);
        std::vector<std::uint32_t> limit(connections);
        for (std::uint32_t& most : limit) most = std::min(most, caps[kCoworkers]);
        const CoworkerTies coworkers =
            coworker_ties_on(context_, world_, coworkers_, platform, audience.person_ties_kept, limit);
        TiePicker picker =
            tie_picker(std::vector<std::uint32_t>(world_.employees, 0), platform, audience.person_ties_kept);
        return build_rows({platform, std::move(connections), caps, coworkers, {}}, picker);
    }

private:
    CategoryCounts caps_on(Platform platform) const {
        const bool on = params_.platforms[static_cast<std::size_t>(platform)].has_value();
        return category_caps(count_present(world_, platform, on));
    }

    TiePicker tie_picker(const std::vector<std::uint32_t>& wanted_coworkers, Platform platform, double shared) const {
        return {context_,         params_.audience, world_, company_.workforce.departments, company_.workforce.regions,
                wanted_coworkers, platform,         shared};
    }

    EmployeeRows build_rows(const PlatformPlan& plan, TiePicker& picker) {
        EmployeeRows rows;
        const FunctionMixes mixes =
            mixes_by_function(params_.platforms[static_cast<std::size_t>(plan.platform)]->mix, params_.audience);
        add_warnings(split_rest(plan, world_.workforce.function, mixes, picker, rows.begin), plan.platform, world_);
        rows.ties.resize(rows.begin.back());
        std::vector<RowWriter> writers(static_cast<std::size_t>(std::max(context_.threads, 1)),
                                       RowWriter(strengths_, picker, plan.coworkers, world_, plan.platform, rows));
        parallel_for(
            world_.employees, context_.threads,
            [&](std::size_t i, int thread) {
                writers[static_cast<std::size_t>(thread)].write(static_cast<std::uint32_t>(i));
            },
            context_.cancel);
        context_.stop_if_cancelled();
        return rows;
    }

    // Where ties were cut or raised, the attribute becomes their number.
    void take_connections_from(const EmployeeRows& rows, const std::vector<std::uint32_t>& wanted) {
        auto& connections = world_.workforce.attributes[static_cast<std::size_t>(Attribute::connections)];
        for (std::uint32_t i = 0; i < world_.employees; ++i)
            if (rows.size_of(i) != wanted[i]) connections[i] = static_cast<double>(rows.size_of(i));
    }

    const BuildContext& context_;
    const CompanyInput& company_;
    const WorldParams& params_;
    TieStrengths strengths_;
    World& world_;
    CoworkerTies coworkers_;  // on LinkedIn
};

}  // namespace

std::array<EmployeeRows, kPlatforms> build_employee_rows(const BuildContext& context, const CompanyInput& company,
                                                         const WorldParams& params, World& world) {
    EmployeeRowsBuilder builder(context, company, params, world);
    std::array<EmployeeRows, kPlatforms> rows;
    rows[0] = builder.linkedin();
    for (std::size_t p = 1; p < kPlatforms; ++p)
        if (params.platforms[p]) rows[p] = builder.other(static_cast<Platform>(p));
    return rows;
}

}  // namespace groundswell
