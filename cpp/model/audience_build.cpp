#include "model/audience_build.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/parallel.hpp"
#include "core/sampling.hpp"

namespace groundswell {
namespace {

constexpr std::size_t kCoworkers = static_cast<std::size_t>(Segment::employee);

std::uint32_t connections_of(const World& world, std::uint32_t employee) {
    return static_cast<std::uint32_t>(world.workforce[Attribute::connections][employee]);
}

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

void add_warnings(const Tallies& tallies, World& world) {
    const auto add = [&world](const char* code, const Tally& tally, const std::string& consequence) {
        if (tally.employees == 0) return;
        world.warnings.push_back(
            {code,
             std::to_string(tally.employees) + " employees, " + std::to_string(tally.ties) + " ties: " + consequence,
             tally.employees});
    };
    add("category_capped", tallies.capped,
        "a category would have taken more than half of its pool (audience.pool); the ties went to the other "
        "categories");
    add("connections_cut", tallies.cut,
        "no category has room for them (half of each pool of audience.pool, where audience.mix is above zero); "
        "connections are the ties made");
    add("connections_raised", tallies.raised,
        "more coworkers are given than connections; connections are the number of coworkers");
}

// Coworkers wanted by each employee, and at most made: a coworker network is generated around the first.
struct CoworkerPlan {
    std::vector<std::uint32_t> wanted, limit;
    std::vector<std::uint32_t> moved;
};

CoworkerPlan plan_coworkers(const World& world, const AudienceParams& params, const CategoryCounts& caps) {
    CoworkerPlan plan;
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        const std::uint32_t connections = connections_of(world, i);
        const Split split = split_by_mix(connections, params.mix.array(), caps);
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

// Splits what the coworkers leave over the other categories, and settles the number of connections.
void plan_rest(World& world, const AudienceParams& params, const CoworkerTies& coworkers, const CoworkerPlan* plan,
               const CategoryCounts& caps, PickLaw& law) {
    auto mix = params.mix.array();
    mix[kCoworkers] = 0;
    Tallies tallies;
    auto& connections = world.workforce.attributes[static_cast<std::size_t>(Attribute::connections)];
    world.row_begin.assign(1, 0);
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        const std::uint32_t wanted = connections_of(world, i), known = coworkers.degree(i);
        const Split split = split_by_mix(wanted > known ? wanted - known : 0, mix, caps);
        tallies.raised.add(known > wanted ? known - wanted : 0);
        tallies.capped.add(std::max(split.moved, plan != nullptr ? plan->moved[i] : 0));
        tallies.cut.add(split.unplaced);
        law.slots[i] = split.counts;
        std::uint32_t size = known;
        for (const std::uint32_t count : split.counts) size += count;
        if (size != wanted) connections[i] = size;
        world.row_begin.push_back(world.row_begin.back() + size);
    }
    add_warnings(tallies, world);
}

// Writes rows of ties; one writer a thread.
class RowWriter {
public:
    RowWriter(const BuildContext& context, const AudienceParams& params, const PickLaw& law,
              const CoworkerTies& coworkers, World& world)
        : strength_key_(context.key(Decision::tie_strength)),
          strong_share_(params.strong_tie_share),
          law_(law),
          coworkers_(coworkers),
          world_(world) {}

    void write(std::uint32_t employee) {
        TieWord* out = world_.ties.data() + world_.row_begin[employee];
        for (std::uint64_t at = coworkers_.begin[employee]; at < coworkers_.begin[employee + 1]; ++at)
            *out++ = coworkers_.coworkers[at];
        for (std::size_t category = 1; category < kSegments; ++category) out = write_category(employee, category, out);
        for (std::uint64_t at = world_.row_begin[employee]; at < world_.row_begin[employee + 1]; ++at)
            world_.ties[at] = finish(employee, world_.ties[at]);
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

    // A category takes at most half of its pool, so that from kWholePoolAttempt on every second attempt succeeds.
    std::uint32_t new_person(std::uint32_t employee, std::size_t category, std::uint32_t slot) {
        constexpr std::uint32_t kImpossible = 4096;
        for (std::uint32_t attempt = 0; attempt < kImpossible; ++attempt) {
            const auto person = law_.pick(employee, category, slot, attempt);
            if (person && taken_.insert(*person)) return *person;
        }
        throw InternalError("no person left to tie employee " + std::to_string(employee) + " to");
    }

    // The tie word of a person; a tie between employees has one draw for both directions.
    TieWord finish(std::uint32_t employee, std::uint32_t person) const {
        const std::uint64_t pair = (std::uint64_t{std::min(employee, person)} << 32) | std::max(employee, person);
        const bool strong = unit(draw(strength_key_, pair)[0]) < strong_share_;
        return tie_word(person, world_.persons[person].visibility, strong ? Strength::strong : Strength::weak);
    }

    StreamKey strength_key_;
    double strong_share_;
    const PickLaw& law_;
    const CoworkerTies& coworkers_;
    World& world_;
    IdSet taken_;
};

}  // namespace

void build_rows(const BuildContext& context, const CompanyInput& company, const AudienceParams& params, World& world) {
    const CategoryCounts caps = category_caps(world.segment_begin);
    const CoworkerPlan plan = plan_coworkers(world, params, caps);
    PickLaw law(context, params, world.segment_begin, world.workforce, company.workforce.departments,
                company.workforce.regions, plan.wanted);
    const CoworkerTies coworkers = company.has_coworker_ties
                                       ? given_coworker_ties(company.coworker_ties, world.employees)
                                       : draw_planned_coworkers(context, plan, law);
    plan_rest(world, params, coworkers, company.has_coworker_ties ? nullptr : &plan, caps, law);
    world.ties.resize(world.row_begin.back());
    std::vector<RowWriter> writers(static_cast<std::size_t>(std::max(context.threads, 1)),
                                   RowWriter(context, params, law, coworkers, world));
    parallel_for(
        world.employees, context.threads,
        [&](std::size_t i, int thread) {
            writers[static_cast<std::size_t>(thread)].write(static_cast<std::uint32_t>(i));
        },
        context.cancel);
    context.stop_if_cancelled();
}

void append_page_row(const BuildContext& context, std::int64_t given_followers, const AudienceParams& params,
                     World& world) {
    double wanted = static_cast<double>(given_followers);
    if (given_followers < 0)
        wanted = std::floor(static_cast<double>(world.ties.size()) / params.connections_per_follower + 0.5);
    const double count = std::min(wanted, static_cast<double>(world.person_count()));
    if (count < wanted) {
        const auto missing = static_cast<std::uint64_t>(wanted - count);
        world.warnings.push_back({"followers_cut",
                                  "the page has " + std::to_string(missing) +
                                      " followers more than there are persons (" +
                                      std::to_string(world.person_count()) + ", audience.pool); everybody follows it",
                                  missing});
    }
    const auto followers =
        choose_followers(context, world.persons, static_cast<std::uint32_t>(count), params.follower_affinity_exponent);
    world.ties.reserve(world.ties.size() + followers.size());
    for (const std::uint32_t person : followers)
        world.ties.push_back(tie_word(person, world.persons[person].visibility, Strength::page));
    world.row_begin.push_back(world.ties.size());
}

}  // namespace groundswell
