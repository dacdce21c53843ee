#include "world/ties/platform_graphs.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/parallel.hpp"
#include "world/page_followers.hpp"
#include "world/ties/person_rows.hpp"

namespace groundswell {
namespace {

// The rows of the persons of one chunk on one platform, one after another.
using ChunkTies = PageArray<TieWord>;
using PlatformChunks = std::array<std::vector<ChunkTies>, kPlatforms>;

// What one thread reuses from chunk to chunk.
struct ChunkScratch {
    PersonRows::Neighbors neighbors;
    std::array<std::vector<TieWord>, kPlatforms> rows;
};

// Makes the rows of the persons from begin to end on all platforms at once, since whom a person is tied to need be
// asked only once. Sets row_begin[person + 1] to the size of the person's row.
void make_rows_of_chunk(const PersonRows& rows, std::uint32_t begin, std::uint32_t end, ChunkScratch& scratch,
                        World& world, PlatformChunks& chunks) {
    for (auto& of_platform : scratch.rows) of_platform.clear();
    for (std::uint32_t person = begin; person < end; ++person) {
        rows.gather_neighbors(person, scratch.neighbors);
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            if (!world.graphs[p].on()) continue;
            const std::size_t before = scratch.rows[p].size();
            rows.append_row(p, person, scratch.neighbors, scratch.rows[p]);
            world.graphs[p].row_begin[person + 1] = scratch.rows[p].size() - before;
        }
    }
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!world.graphs[p].on()) continue;
        ChunkTies ties(scratch.rows[p].size());
        std::copy(scratch.rows[p].begin(), scratch.rows[p].end(), ties.data());
        chunks[p][(begin - world.employees) / kChunk] = std::move(ties);
    }
}

PlatformChunks make_all_rows(const BuildContext& context, const PersonRows& rows, World& world) {
    PlatformChunks chunks;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (world.graphs[p].on()) chunks[p].resize(chunks_of(world.person_count() - world.employees));
    std::vector<ChunkScratch> scratch(static_cast<std::size_t>(std::max(context.threads, 1)));
    over_chunks(context, world.employees, world.person_count(),
                [&](std::uint32_t begin, std::uint32_t end, int thread) {
                    make_rows_of_chunk(rows, begin, end, scratch[static_cast<std::size_t>(thread)], world, chunks);
                });
    return chunks;
}

// Turns the sizes of rows, each at its node + 1, into where the rows begin. Returns the persons who have ties.
std::uint64_t cumulate_rows(const World& world, std::vector<std::uint64_t>& row_begin) {
    std::uint64_t persons_with_ties = 0;
    for (std::size_t node = 0; node + 1 < row_begin.size(); ++node) {
        persons_with_ties += node < world.person_count() && row_begin[node + 1] > 0 ? 1 : 0;
        row_begin[node + 1] += row_begin[node];
    }
    return persons_with_ties;
}

// Puts the three parts of a graph together; the sizes of the persons' rows are in row_begin.
void assemble(const BuildContext& context, const EmployeeRows& employees, std::vector<ChunkTies> chunks,
              const std::vector<TieWord>& page, const World& world, PlatformGraph& graph) {
    for (std::uint32_t i = 0; i < world.employees; ++i) graph.row_begin[i + 1] = employees.size_of(i);
    graph.row_begin[world.page_node() + 1] = page.size();
    const std::uint64_t persons_with_ties = cumulate_rows(world, graph.row_begin);
    graph.ties = PageArray<TieWord>(graph.row_begin.back());
    std::copy(employees.ties.begin(), employees.ties.end(), graph.ties.data());
    parallel_for(chunks.size(), context.threads, [&](std::size_t k, int) {
        const ChunkTies chunk = std::move(chunks[k]);  // freed as soon as it is copied
        std::copy_n(chunk.data(), chunk.size(), graph.ties.data() + graph.row_begin[world.employees + k * kChunk]);
    });
    const std::uint64_t page_begin = graph.row_begin[world.page_node()];
    std::copy(page.begin(), page.end(), graph.ties.data() + page_begin);
    graph.mean_degree =
        persons_with_ties == 0 ? 0 : static_cast<double>(page_begin) / static_cast<double>(persons_with_ties);
}

// Employees are on the platforms on which they have a tie.
void set_presence_of_employees(const EmployeeRows& employees, std::size_t platform, World& world) {
    for (std::uint32_t i = 0; i < world.employees; ++i) {
        std::uint8_t& presence = world.persons[i].presence;
        if (employees.size_of(i) > 0) presence = static_cast<std::uint8_t>(presence | (1u << platform));
    }
}

// Leaves the rows of persons to be made when they are needed; their mean degree is not known then.
void make_rows_as_needed(std::shared_ptr<const PersonRows> rows, std::size_t platform, const World& world,
                         PlatformGraph& graph) {
    graph.rows_as_needed =
        std::make_shared<const RowsAsNeeded>(std::move(rows), platform, world.employees, world.person_count());
    graph.needed_begin = world.employees;
    graph.needed_end = world.person_count();
    graph.mean_degree = std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

void build_platform_graphs(const BuildContext& context, const CompanyInput& company, const WorldParams& params,
                           std::array<EmployeeRows, kPlatforms> employees,
                           std::shared_ptr<const PersonTies> person_ties, bool thinned, RowStorage storage,
                           World& world) {
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        world.graphs[p].row_begin.assign(std::size_t{world.person_count()} + 2, 0);
        set_presence_of_employees(employees[p], p, world);
    }
    const auto rows =
        std::make_shared<const PersonRows>(context, params, employees, std::move(person_ties), thinned, world);
    PlatformChunks chunks;
    if (storage == RowStorage::all) chunks = make_all_rows(context, *rows, world);
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        const std::vector<TieWord> page = page_row(context, company.page_followers[p], employees[p].ties.size(), params,
                                                   static_cast<Platform>(p), world);
        assemble(context, employees[p], std::move(chunks[p]), page, world, world.graphs[p]);
        employees[p] = {};
        if (storage == RowStorage::as_needed) make_rows_as_needed(rows, p, world, world.graphs[p]);
        context.stop_if_cancelled();
    }
}

}  // namespace groundswell
