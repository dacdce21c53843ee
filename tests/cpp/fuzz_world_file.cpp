// Damaged files of worlds, each read as a cache would read it; one that is taken for sound is run under three designs.
// Nothing but a world, none, or an InvalidInput may come of it, within seconds. To be built with the address sanitizer:
//     fuzz_world_file <inputs> [<seed> [<number of the first>]]
// An input follows from the seed and its number alone. The number of one that ends the process is printed.
#include <signal.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include "helpers.hpp"
#include "world/world_file.hpp"

namespace groundswell {
namespace {

constexpr unsigned kMostSeconds = 60;  // of one input
const std::string kFingerprint = "0123456789abcdef0123456789abcdef";

using Bytes = std::vector<char>;
using Luck = std::mt19937_64;

std::size_t below(Luck& luck, std::size_t n) { return static_cast<std::size_t>(luck() % n); }

volatile std::uint64_t current = 0;

void tell_input(int signal) {
    std::array<char, 80> text{};
    const int length = std::snprintf(text.data(), text.size(), "input %" PRIu64 ": signal %d\n", current, signal);
    if (write(STDERR_FILENO, text.data(), static_cast<std::size_t>(length)) < 0) _exit(3);
    _exit(2);
}

// What numbers in a file break things: the edges of their types.
std::uint64_t extreme(Luck& luck) {
    constexpr std::array<std::uint64_t, 18> kEdges = {0,
                                                      1,
                                                      2,
                                                      0x7F,
                                                      0x80,
                                                      0xFF,
                                                      0x7FFF,
                                                      0xFFFF,
                                                      0xFFFFFF,
                                                      0x1000000,
                                                      0x7FFFFFFF,
                                                      0x80000000,
                                                      0xFFFFFFFF,
                                                      0x7FF0000000000000,  // infinity
                                                      0x7FF8000000000000,  // no number
                                                      0x7FEFFFFFFFFFFFFF,  // the largest double
                                                      0xBFF0000000000000,  // -1.0
                                                      0xFFFFFFFFFFFFFFFF};
    return kEdges[below(luck, kEdges.size())];
}

void put(Bytes& file, std::size_t at, std::uint64_t value, std::size_t size) {
    std::memcpy(file.data() + at, &value, std::min(size, file.size() - at));
}

void damage(Bytes& file, Luck& luck) {
    const std::size_t size = std::size_t{1} << below(luck, 4), at = below(luck, file.size()) / size * size;
    std::uint64_t old = 0;
    std::memcpy(&old, file.data() + at, std::min(size, file.size() - at));
    switch (below(luck, 8)) {
        case 0:
            return put(file, at, luck(), 1);
        case 1:
        case 2:
            return put(file, at, old ^ (std::uint64_t{1} << below(luck, 8 * size)), size);
        case 3:
        case 4:
            return put(file, at, extreme(luck), size);
        case 5:
            return put(file, at, old + below(luck, 17) - 8, size);
        case 6: {  // a piece of the file over another one
            const std::size_t from = below(luck, file.size()), length = below(luck, 64);
            const std::size_t fits = std::min({length, file.size() - from, file.size() - at});
            return static_cast<void>(std::memmove(file.data() + at, file.data() + from, fits));
        }
        default:
            if (below(luck, 4) == 0) file.resize(1 + below(luck, file.size()));
    }
}

Bytes content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A dozen employees with a hundred persons around them, so that a file has a few kilobytes and every byte is met.
World tiny_world(const CompanyInput& company) {
    WorldParams params = testing::small_world_params(testing::kTwo);
    params.audience.pool = {
        .employee = 0, .alumni = 100, .buyer = 200, .peer = 200, .talent = 200, .personal = 200, .other = 100};
    params.audience.person_degree_mean = 5;
    for (auto& platform : params.platforms)
        if (platform) platform->connections_mean = 8;
    World world = build_world(company, params, testing::kSeed, 0, 1);
    world.warnings.push_back({"code", "what it means", 3});
    return world;
}

std::vector<Design> designs() {
    const testing::Weeks weeks{.warm_up = 1, .horizon = 3, .follow_up = 1};
    YearParams contagious = testing::busy_params(testing::kTwo);
    contagious.feed.fractional_contagion = 1;
    Program invited;
    invited.selection.emplace();
    invited.selection->order = SelectionOrder::readiness;
    invited.selection->goal = Goal::deals;
    invited.selection->quotas = {{0, 1}};
    invited.periods[0].settings.platforms = {.linkedin = .5, .x = .5};
    std::vector<Design> all;
    all.push_back(testing::design(testing::program(5), testing::busy_params(), weeks));
    all.push_back(testing::design(testing::program(5, 4, {.5, 0, 0, .5}), contagious, weeks));
    all.push_back(testing::design(invited, contagious, weeks));
    return all;
}

int fuzz(std::uint64_t inputs, std::uint64_t seed, std::uint64_t first) {
    const auto path = std::filesystem::temp_directory_path() / ("groundswell_fuzz_" + std::to_string(getpid()));
    const CompanyInput company = testing::blank_company(12);
    save_world(tiny_world(company), path, kFingerprint);
    const Bytes whole = content_of(path);
    const std::vector<Design> all = designs();
    std::uint64_t taken = 0, refused_runs = 0;
    for (std::uint64_t input = first; input < first + inputs; ++input) {
        current = input;
        Luck luck(seed ^ (input * 0x9E3779B97F4A7C15ull));
        Bytes file = whole;
        for (std::size_t n = 1 + below(luck, 4); n > 0; --n) damage(file, luck);
        std::ofstream(path, std::ios::binary).write(file.data(), static_cast<std::streamsize>(file.size()));
        alarm(kMostSeconds);
        const auto world = load_world(path, kFingerprint, company, 1);
        if (!world) continue;
        ++taken;
        try {
            testing::run(*world, all[input % all.size()], 0);
        } catch (const InvalidInput&) {
            ++refused_runs;
        }
    }
    std::filesystem::remove(path);
    std::printf("%" PRIu64 " damaged files of %zu bytes (seed %" PRIu64 "): %" PRIu64 " no world, %" PRIu64
                " run, %" PRIu64 " of these refused by the run\n",
                inputs, whole.size(), seed, inputs - taken, taken, refused_runs);
    return 0;
}

}  // namespace
}  // namespace groundswell

int main(int count, char** arguments) {
    const auto number = [&](int i, std::uint64_t other) {
        return count > i ? std::strtoull(arguments[i], nullptr, 10) : other;
    };
    for (const int kind : {SIGALRM, SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) signal(kind, groundswell::tell_input);
    return groundswell::fuzz(number(1, 1000), number(2, 1), number(3, 0));
}
