#include "world/ties/employee_rows.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

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

// Employees and ties to which one thing happened while the counts were made.
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

// Coworkers wanted by each employee, and at most made: a coworker network is generated around the first.
struct CoworkerPlan {
    std::vector<std::uint32_t> wanted, limit;
    std::vector<std::uint32_t> moved;
};

CoworkerPlan plan_coworkers(const std::vector<std::uint32_t>& wanted, const SegmentValues& mix,
                            const CategoryCounts& caps) {
    CoworkerPlan plan;
    for (const std::uint32_t connections : wanted) {
        const Split split = split_by_mix(connections, mix.array(), caps);
        plan.wanted.push_back(split.counts[kCoworkers]);
        plan.limit.push_back(std::min(connections, caps[kCoworkers]));
        plan.moved.push_back(split.moved);
    }
    return plan;
}

// Each employee makes half of the picks. Ties picked by both sides count once: the number of picks is raised until
// within a hundredth of the wanted ties are there, or three times.
CoworkerTies draw_planned_coworkers(const BuildContext& context, const CoworkerPlan& plan, PickLaw& law) {
    const StreamKey key = context.key(Decision::coworker_ties);
    const double wanted = std::accumulate(plan.wanted.begin(), plan.wanted.end(), 0.0);
    CoworkerTies ties;
    double share = 0.5;
    for (int round = 0; round < 3; ++round) {
        for (std::uint32_t i = 0; i < plan.wanted.size(); ++i) {
            const double picks = std::floor(plan.wanted[i] * share + unit(draw(key, i, 0, 0xFFFFFFFFu)[0]));
            law.slots[i][kCoworkers] = std::min(static_cast<std::uint32_t>(picks), plan.limit[i]);
        }
        ties = draw_coworker_ties(context, law, plan.limit);
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

// Splits what the coworkers leave over the other categories; begin: of the rows that come of it.
Tallies plan_rest(const std::vector<std::uint32_t>& wanted, const std::vector<std::int32_t>& function,
                  const FunctionMixes& mixes, const CoworkerTies& coworkers, const std::vector<std::uint32_t>& moved,
                  const CategoryCounts& caps, PickLaw& law, std::vector<std::uint64_t>& begin) {
    Tallies tallies;
    begin.assign(1, 0);
    for (std::uint32_t i = 0; i < wanted.size(); ++i) {
        const std::uint32_t known = coworkers.degree(i);
        const auto& mix = mixes[static_cast<std::size_t>(function[i])];
        const Split split = split_by_mix(wanted[i] > known ? wanted[i] - known : 0, mix, caps);
        tallies.raised.add(known > wanted[i] ? known - wanted[i] : 0);
        tallies.capped.add(std::max(split.moved, moved.empty() ? 0 : moved[i]));
        tallies.cut.add(split.unplaced);
        law.slots[i] = split.counts;
        std::uint32_t size = known;
        for (const std::uint32_t count : split.counts) size += count;
        begin.push_back(begin.back() + size);
    }
    return tallies;
}

// Writes rows of ties; one writer a thread.
class RowWriter {
public:
    RowWriter(const TieStrengths& strengths, const PickLaw& law, const CoworkerTies& coworkers, const World& world,
              Platform platform, EmployeeRows& rows)
        : strengths_(strengths),
          law_(law),
          coworkers_(coworkers),
          world_(world),
          platform_(static_cast<std::size_t>(platform)),
          rows_(rows) {}

    void write(std::uint32_t employee) {
        TieWord* out = rows_.ties.data() + rows_.begin[employee];
        for (std::uint64_t at = coworkers_.begin[employee]; at < coworkers_.begin[employee + 1]; ++at)
            *out++ = coworkers_.coworkers[at];
        for (std::size_t category = 1; category < kSegments; ++category) out = write_category(employee, category, out);
        for (std::uint64_t at = rows_.begin[employee]; at < rows_.begin[employee + 1]; ++at) {
            const std::uint32_t person = rows_.ties[at];
            rows_.ties[at] =
                tie_word(person, world_.persons[person].visibility[platform_], strengths_.of(employee, person));
        }
    }

private:
    TieWord* write_category(std::uint32_t employee, std::size_t category, TieWord* out) {
        const std::uint32_t count = law_.slots[employee][category];
        TieWord* const begin = out;
        taken_.reset(count);
        for (std::uint32_t slot = 0; slot < count; ++slot) *out++ = new_person(employee, category, slot);
        std::sort(begin, out);
        return out;
    }

    // A category takes at most half of the present persons of its pool, so that from kWholePoolAttempt on half as many
    // attempts succeed as persons of the pool are present.
    std::uint32_t new_person(std::uint32_t employee, std::size_t category, std::uint32_t slot) {
        constexpr std::uint32_t kImpossible = 1u << 20;
        for (std::uint32_t attempt = 0; attempt < kImpossible; ++attempt) {
            const auto person = law_.pick(employee, category, slot, attempt);
            if (person && world_.persons[*person].present(platform_) && taken_.insert(*person)) return *person;
        }
        throw InternalError("no person left to tie employee " + std::to_string(employee) + " to");
    }

    const TieStrengths& strengths_;
    const PickLaw& law_;
    const CoworkerTies& coworkers_;
    const World& world_;
    std::size_t platform_;
    EmployeeRows& rows_;
    IdSet taken_;
};

// Persons of each segment who can be picked on a platform; all of them if it is off.
CategoryCounts count_present(const World& world, Platform platform, bool on) {
    CategoryCounts members{};
    for (std::size_t s = 0; s < kSegments; ++s) members[s] = world.segment_begin[s + 1] - world.segment_begin[s];
    if (!on) return members;
    std::fill(members.begin() + 1, members.end(), 0u);
    for (std::size_t s = 1; s < kSegments; ++s)
        for (std::uint32_t p = world.segment_begin[s]; p < world.segment_begin[s + 1]; ++p)
            members[s] += world.persons[p].present(static_cast<std::size_t>(platform)) ? 1 : 0;
    return members;
}

// Builds the rows of one platform after another: LinkedIn first, as the others take their coworkers from it.
class RowsBuilder {
public:
    RowsBuilder(const BuildContext& context, const CompanyInput& company, const WorldParams& params, World& world)
        : context_(context), company_(company), params_(params), strengths_(context, params.audience), world_(world) {}

    // Where LinkedIn is off, the coworkers are those of LinkedIn with its defaults.
    EmployeeRows linkedin() {
        const PlatformAudienceParams audience = params_.platforms[0].value_or(PlatformAudienceParams{});
        const auto wanted = wanted_connections(context_, company_, params_, world_.workforce, Platform::linkedin);
        const CategoryCounts caps = caps_on(Platform::linkedin);
        const CoworkerPlan plan = plan_coworkers(wanted, audience.mix, caps);
        PickLaw law = pick_law(plan.wanted, Platform::linkedin, 1);
        const bool given = company_.has_coworker_ties;
        coworkers_ = given ? company_ties(context_, company_, world_) : draw_planned_coworkers(context_, plan, law);
        if (!params_.platforms[0]) return {};
        EmployeeRows rows =
            fill(Platform::linkedin, wanted, coworkers_, given ? std::vector<std::uint32_t>{} : plan.moved, caps, law);
        auto& connections = world_.workforce.attributes[static_cast<std::size_t>(Attribute::connections)];
        for (std::uint32_t i = 0; i < world_.employees; ++i) {
            const std::uint64_t size = rows.begin[i + 1] - rows.begin[i];
            if (size != wanted[i]) connections[i] = static_cast<double>(size);
        }
        return rows;
    }

    EmployeeRows other(Platform platform) {
        const PlatformAudienceParams& audience = *params_.platforms[static_cast<std::size_t>(platform)];
        const auto wanted = wanted_connections(context_, company_, params_, world_.workforce, platform);
        const CategoryCounts caps = caps_on(platform);
        std::vector<std::uint32_t> limit(wanted);
        for (std::uint32_t& most : limit) most = std::min(most, caps[kCoworkers]);
        const CoworkerTies coworkers =
            coworker_ties_on(context_, coworkers_, platform, audience.person_ties_kept, limit);
        PickLaw law = pick_law(std::vector<std::uint32_t>(world_.employees, 0), platform, audience.person_ties_kept);
        return fill(platform, wanted, coworkers, {}, caps, law);
    }

private:
    CategoryCounts caps_on(Platform platform) const {
        const bool on = params_.platforms[static_cast<std::size_t>(platform)].has_value();
        return category_caps(count_present(world_, platform, on));
    }

    PickLaw pick_law(const std::vector<std::uint32_t>& coworker_target, Platform platform, double shared) const {
        return PickLaw(context_, params_.audience, world_.segment_begin, world_.workforce,
                       company_.workforce.departments, company_.workforce.regions, coworker_target, platform, shared);
    }

    EmployeeRows fill(Platform platform, const std::vector<std::uint32_t>& wanted, const CoworkerTies& coworkers,
                      const std::vector<std::uint32_t>& moved, const CategoryCounts& caps, PickLaw& law) {
        EmployeeRows rows;
        const FunctionMixes mixes =
            mixes_by_function(params_.platforms[static_cast<std::size_t>(platform)]->mix, params_.audience);
        add_warnings(plan_rest(wanted, world_.workforce.function, mixes, coworkers, moved, caps, law, rows.begin),
                     platform, world_);
        rows.ties.resize(rows.begin.back());
        std::vector<RowWriter> writers(static_cast<std::size_t>(std::max(context_.threads, 1)),
                                       RowWriter(strengths_, law, coworkers, world_, platform, rows));
        parallel_for(
            world_.employees, context_.threads,
            [&](std::size_t i, int thread) {
                writers[static_cast<std::size_t>(thread)].write(static_cast<std::uint32_t>(i));
            },
            context_.cancel);
        context_.stop_if_cancelled();
        return rows;
    }

    const BuildContext& context_;
    const CompanyInput& company_;
    const WorldParams& params_;
    TieStrengths strengths_;
    World& world_;
    CoworkerTies coworkers_;
};

}  // namespace

std::array<EmployeeRows, kPlatforms> build_employee_rows(const BuildContext& context, const CompanyInput& company,
                                                         const WorldParams& params, World& world) {
    RowsBuilder builder(context, company, params, world);
    std::array<EmployeeRows, kPlatforms> rows;
    rows[0] = builder.linkedin();
    for (std::size_t p = 1; p < kPlatforms; ++p)
        if (params.platforms[p]) rows[p] = builder.other(static_cast<Platform>(p));
    return rows;
}

}  // namespace groundswell
