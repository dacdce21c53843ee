#include "world/ties/platform_graphs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/parallel.hpp"
#include "world/persons.hpp"
#include "world/ties/person_rows.hpp"

namespace groundswell {
namespace {

// Rows of the persons of one chunk on one platform.
using ChunkTies = PageArray<TieWord>;

// The rows of all persons, chunk by chunk, for all platforms at once: what is tied is asked only once. Sets
// row_begin[person + 1] to the size of the person's row.
std::array<std::vector<ChunkTies>, kPlatforms> store_rows(const BuildContext& context, const PersonRows& rows,
                                                          World& world) {
    std::array<std::vector<ChunkTies>, kPlatforms> chunks;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (world.graphs[p].on()) chunks[p].resize(chunks_of(world.person_count() - world.employees));
    struct Memory {
        PersonRows::Scratch scratch;
        std::array<std::vector<TieWord>, kPlatforms> rows;
    };
    std::vector<Memory> memories(static_cast<std::size_t>(std::max(context.threads, 1)));
    over_chunks(context, world.employees, world.person_count(),
                [&](std::uint32_t begin, std::uint32_t end, int thread) {
                    Memory& memory = memories[static_cast<std::size_t>(thread)];
                    for (auto& row : memory.rows) row.clear();
                    for (std::uint32_t person = begin; person < end; ++person) {
                        rows.gather(person, memory.scratch);
                        for (std::size_t p = 0; p < kPlatforms; ++p) {
                            if (!world.graphs[p].on()) continue;
                            const std::size_t before = memory.rows[p].size();
                            rows.append(p, person, memory.scratch, memory.rows[p]);
                            world.graphs[p].row_begin[person + 1] = memory.rows[p].size() - before;
                        }
                    }
                    for (std::size_t p = 0; p < kPlatforms; ++p) {
                        if (!world.graphs[p].on()) continue;
                        ChunkTies ties(memory.rows[p].size());
                        std::copy(memory.rows[p].begin(), memory.rows[p].end(), ties.data());
                        chunks[p][(begin - world.employees) / kChunk] = std::move(ties);
                    }
                });
    return chunks;
}

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
                  std::array<EmployeeRows, kPlatforms> employees, std::shared_ptr<const PersonTies> person_ties,
                  bool thinned, RowStorage storage, World& world) {
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        world.graphs[p].row_begin.assign(std::size_t{world.person_count()} + 2, 0);
        for (std::uint32_t i = 0; i < world.employees; ++i)
            if (employees[p].begin[i] < employees[p].begin[i + 1])
                world.persons[i].presence = static_cast<std::uint8_t>(world.persons[i].presence | (1u << p));
    }
    const auto rows =
        std::make_shared<const PersonRows>(context, params, employees, std::move(person_ties), thinned, world);
    std::array<std::vector<ChunkTies>, kPlatforms> chunks;
    if (storage == RowStorage::all) chunks = store_rows(context, *rows, world);
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        PlatformGraph& graph = world.graphs[p];
        const std::vector<TieWord> page = page_row(context, company.page_followers[p], employees[p].ties.size(), params,
                                                   static_cast<Platform>(p), world);
        assemble(context, employees[p], std::move(chunks[p]), page, world, graph);
        employees[p] = {};
        if (storage == RowStorage::as_needed) {
            graph.needed = std::make_shared<const RowsAsNeeded>(rows, p, world.employees, world.person_count());
            graph.needed_begin = world.employees;
            graph.needed_end = world.person_count();
            graph.mean_degree = std::numeric_limits<double>::quiet_NaN();
        }
        context.stop_if_cancelled();
    }
}

}  // namespace groundswell
