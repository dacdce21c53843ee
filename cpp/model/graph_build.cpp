#include "model/graph_build.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/draws.hpp"
#include "core/parallel.hpp"
#include "model/persons.hpp"
#include "model/tie_strengths.hpp"

namespace groundswell {
namespace {

// The employees tied to each person outside the company, ascending, as tie words from the person's side.
struct ReverseRows {
    std::vector<std::uint32_t> begin;  // by person - employees, and the end
    std::vector<TieWord> ties;
};

ReverseRows reverse(const EmployeeRows& rows, const World& world, std::size_t platform) {
    ReverseRows reversed;
    const std::uint32_t employees = world.employees;
    reversed.begin.assign(world.person_count() - employees + 2, 0);
    std::uint32_t* const next = reversed.begin.data() + 1;  // while filling: where the next tie of a person goes
    for (const TieWord tie : rows.ties)
        if (tie_person(tie) >= employees) ++next[tie_person(tie) - employees + 1];
    for (std::size_t j = 1; j < reversed.begin.size(); ++j) reversed.begin[j] += reversed.begin[j - 1];
    reversed.ties.resize(reversed.begin.back());
    for (std::uint32_t i = 0; i < employees; ++i)
        for (std::uint64_t at = rows.begin[i]; at < rows.begin[i + 1]; ++at) {
            const TieWord tie = rows.ties[at];
            if (tie_person(tie) < employees) continue;
            reversed.ties[next[tie_person(tie) - employees]++] =
                tie_word(i, world.persons[i].visibility[platform], tie_strength(tie));
        }
    return reversed;
}

// Rows of the persons of one chunk on one platform.
using ChunkTies = PageArray<TieWord>;

// Makes the rows of persons chunk by chunk, for all platforms at once: what is tied is asked only once.
class PersonRows {
public:
    PersonRows(const BuildContext& context, const WorldParams& params,
               const std::array<EmployeeRows, kPlatforms>& employees, const PersonTies& person_ties, bool thinned,
               World& world)
        : draws_(context, params.audience.strong_tie_share),
          person_ties_(person_ties),
          world_(world),
          scratch_(static_cast<std::size_t>(std::max(context.threads, 1))) {
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            if (!params.platforms[p]) continue;
            on_.push_back(p);
            kept_[p] = thinned ? params.platforms[p]->person_ties_kept : 1;
            reversed_[p] = reverse(employees[p], world, p);
            chunks_[p].resize(chunks_of(world.person_count() - world.employees));
        }
    }

    // Sets row_begin[person + 1] to the size of the person's row.
    void make(std::uint32_t begin, std::uint32_t end, int thread) {
        Scratch& scratch = scratch_[static_cast<std::size_t>(thread)];
        for (auto& rows : scratch.rows) rows.clear();
        for (std::uint32_t person = begin; person < end; ++person) make_row(person, scratch);
        for (const std::size_t p : on_) {
            ChunkTies ties(scratch.rows[p].size());
            std::copy(scratch.rows[p].begin(), scratch.rows[p].end(), ties.data());
            chunks_[p][(begin - world_.employees) / kChunk] = std::move(ties);
        }
    }

    std::vector<ChunkTies> take_chunks(std::size_t platform) {
        reversed_[platform] = {};
        return std::move(chunks_[platform]);
    }

private:
    struct Scratch {
        std::vector<std::uint32_t> others;
        std::vector<TieWord> strengths;
        std::array<std::vector<TieWord>, kPlatforms> rows;
    };

    void make_row(std::uint32_t person, Scratch& scratch) const {
        const std::uint8_t presence = world_.persons[person].presence;
        scratch.others.clear();
        if (presence != 0) person_ties_.others_of(person, scratch.others);
        scratch.strengths.resize(scratch.others.size());
        for (std::size_t k = 0; k < scratch.others.size(); ++k)
            scratch.strengths[k] = tie_word(0, 0, draws_.strength(person, scratch.others[k]));
        for (const std::size_t p : on_) {
            std::vector<TieWord>& row = scratch.rows[p];
            const std::size_t before = row.size();
            const ReverseRows& reversed = reversed_[p];
            const std::uint32_t at = person - world_.employees;
            row.insert(row.end(), reversed.ties.begin() + reversed.begin[at],
                       reversed.ties.begin() + reversed.begin[at + 1]);
            if (((presence >> p) & 1u) != 0) add_others(person, p, scratch, row);
            world_.graphs[p].row_begin[person + 1] = row.size() - before;
        }
    }

    // The tie words of those who are present on the platform and tied there.
    void add_others(std::uint32_t person, std::size_t platform, const Scratch& scratch,
                    std::vector<TieWord>& row) const {
        const std::size_t before = row.size();
        const double kept = kept_[platform];
        row.resize(before + scratch.others.size());
        TieWord* out = row.data() + before;
        for (std::size_t k = 0; k < scratch.others.size(); ++k) {
            const std::uint32_t other = scratch.others[k];
            const PersonTraits& theirs = world_.persons[other];
            *out = tie_word(other, theirs.visibility[platform], Strength::weak) | scratch.strengths[k];
            const bool tied = theirs.present(platform) && (kept >= 1 || draws_.kept(platform, kept, person, other));
            out += tied ? 1 : 0;
        }
        row.resize(static_cast<std::size_t>(out - row.data()));
    }

    PersonTieDraws draws_;
    const PersonTies& person_ties_;
    World& world_;
    std::vector<std::size_t> on_;
    std::array<double, kPlatforms> kept_{};
    std::array<ReverseRows, kPlatforms> reversed_;
    std::array<std::vector<ChunkTies>, kPlatforms> chunks_;
    std::vector<Scratch> scratch_;
};

std::vector<TieWord> page_row(const BuildContext& context, std::int64_t given, std::uint64_t employee_ties,
                              const WorldParams& params, Platform platform, World& world) {
    const auto p = static_cast<std::size_t>(platform);
    double wanted = static_cast<double>(given);
    if (given < 0)
        wanted = std::floor(static_cast<double>(employee_ties) / params.platforms[p]->connections_per_follower + 0.5);
    const auto count = static_cast<std::uint32_t>(std::min(wanted, static_cast<double>(world.person_count())));
    const auto followers =
        choose_followers(context, world.persons, platform, count, params.audience.follower_affinity_exponent);
    if (static_cast<double>(followers.size()) < wanted) {
        const auto missing = static_cast<std::uint64_t>(wanted) - followers.size();
        world.warnings.push_back({"followers_cut",
                                  "the page has " + std::to_string(missing) +
                                      " followers more than there are persons (" + std::to_string(followers.size()) +
                                      ", audience.pool) on " + std::string(kPlatformNames[p]) +
                                      "; everybody follows it",
                                  missing});
    }
    std::vector<TieWord> row;
    row.reserve(followers.size());
    for (const std::uint32_t person : followers)
        row.push_back(tie_word(person, world.persons[person].visibility[p], Strength::page));
    return row;
}

// Puts the three parts of a graph together; the sizes of the persons' rows are in row_begin.
void assemble(const BuildContext& context, const EmployeeRows& employees, std::vector<ChunkTies> chunks,
              const std::vector<TieWord>& page, const World& world, PlatformGraph& graph) {
    std::uint64_t rows = 0;
    for (std::uint32_t i = 0; i < world.employees; ++i)
        graph.row_begin[i + 1] = employees.begin[i + 1] - employees.begin[i];
    graph.row_begin[world.page_node() + 1] = page.size();
    for (std::size_t node = 0; node + 1 < graph.row_begin.size(); ++node) {
        rows += node < world.person_count() && graph.row_begin[node + 1] > 0 ? 1 : 0;
        graph.row_begin[node + 1] += graph.row_begin[node];
    }
    graph.ties = PageArray<TieWord>(graph.row_begin.back());
    std::copy(employees.ties.begin(), employees.ties.end(), graph.ties.data());
    parallel_for(chunks.size(), context.threads, [&](std::size_t k, int) {
        const ChunkTies chunk = std::move(chunks[k]);  // freed as soon as it is copied
        std::copy_n(chunk.data(), chunk.size(), graph.ties.data() + graph.row_begin[world.employees + k * kChunk]);
    });
    std::copy(page.begin(), page.end(), graph.ties.data() + graph.row_begin[world.page_node()]);
    graph.mean_degree =
        rows == 0 ? 0 : static_cast<double>(graph.row_begin[world.page_node()]) / static_cast<double>(rows);
}

}  // namespace

void build_graphs(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                  std::array<EmployeeRows, kPlatforms> employees, const PersonTies& person_ties, bool thinned,
                  World& world) {
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        world.graphs[p].row_begin.assign(std::size_t{world.person_count()} + 2, 0);
        for (std::uint32_t i = 0; i < world.employees; ++i)
            if (employees[p].begin[i] < employees[p].begin[i + 1])
                world.persons[i].presence = static_cast<std::uint8_t>(world.persons[i].presence | (1u << p));
    }
    PersonRows rows(context, params, employees, person_ties, thinned, world);
    over_chunks(context, world.employees, world.person_count(),
                [&](std::uint32_t begin, std::uint32_t end, int thread) { rows.make(begin, end, thread); });
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        const std::vector<TieWord> page = page_row(context, company.page_followers[p], employees[p].ties.size(), params,
                                                   static_cast<Platform>(p), world);
        assemble(context, employees[p], rows.take_chunks(p), page, world, world.graphs[p]);
        employees[p] = {};
        context.stop_if_cancelled();
    }
}

}  // namespace groundswell
