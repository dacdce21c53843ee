// The pieces of the hot path one by one. ns_per_item: a tie, a word, a value, a view or a count.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/keyed_hash.hpp"
#include "core/philox.hpp"
#include "core/view_filter.hpp"
#include "engine/run_tables.hpp"
#include "engine/view_queue.hpp"
#include "model/audience.hpp"

namespace groundswell {
namespace {

void finish(benchmark::State& state, std::size_t items) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
    state.counters["ns_per_item"] = benchmark::Counter(
        static_cast<double>(items) * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

std::uint32_t bits(std::uint32_t i) { return philox({i, 0, 0, 0}, {1, 2})[0]; }

// A row of ties with spread classes, a fifth of them strong; about a seventh are candidates.
std::vector<std::uint32_t> row_of_ties(std::uint32_t size) {
    std::vector<std::uint32_t> ties;
    for (std::uint32_t i = 0; i < size; ++i) {
        const std::uint32_t b = bits(i);
        ties.push_back(
            tie_word(b & 0x3FFFFFu, 12 + (b >> 22) % 16, (b >> 27) % 5 == 0 ? Strength::strong : Strength::weak));
    }
    return ties;
}

Thresholds thresholds() {
    Thresholds table{};
    for (std::uint32_t c = 0; c < kTieClasses; ++c)
        table[c] = threshold(1.0 - ieee::exp(-0.1 * visibility_value(c % kVisibilityClasses)));
    return table;
}

void filter(benchmark::State& state) {
    const auto isa = static_cast<Isa>(state.range(0));
    state.SetLabel(std::string(isa_name(isa)));
    if (isa > best_isa()) return state.SkipWithError("this processor lacks it");
    const std::vector<std::uint32_t> ties = row_of_ties(static_cast<std::uint32_t>(state.range(1)));
    const Thresholds table = thresholds();
    std::vector<std::uint32_t> candidates(ties.size() + kFilterSlack), hashes(candidates.size());
    std::uint64_t key = 1;
    std::size_t kept = 0;
    for (auto _ : state) {
        key += 0x9E3779B97F4A7C15ull;
        kept += filter_views(ties.data(), ties.size(), key, {}, table, candidates.data(), hashes.data(), isa);
    }
    state.counters["kept"] =
        static_cast<double>(kept) / (static_cast<double>(state.iterations()) * static_cast<double>(ties.size()));
    finish(state, ties.size());
}
BENCHMARK(filter)->ArgsProduct({{0, 1, 2}, {550, 50'000}})->ArgNames({"isa", "ties"});

// A post's table of thresholds: 64 exponentials.
void thresholds_of_a_post(benchmark::State& state) {
    std::array<double, kTieClasses> visibility{};
    for (std::uint32_t c = 0; c < 64; ++c) visibility[c] = visibility_value(c % kVisibilityClasses);
    const auto isa = static_cast<Isa>(state.range(0));
    state.SetLabel(std::string(isa_name(isa)));
    if (isa > best_isa()) return state.SkipWithError("this processor lacks it");
    double g = 0.5;
    for (auto _ : state) {
        Thresholds table = candidate_thresholds(visibility, g, false, isa);
        benchmark::DoNotOptimize(table);
        g = g < 1.5 ? g + 1e-6 : 0.5;
    }
    finish(state, 1);
}
BENCHMARK(thresholds_of_a_post)->Arg(0)->Arg(1)->Arg(2)->ArgName("isa");

template <class Function>
void each_of_1024(benchmark::State& state, Function function) {
    std::uint32_t i = 0;
    for (auto _ : state) {
        for (int n = 0; n < 1024; ++n) benchmark::DoNotOptimize(function(i++));
    }
    finish(state, 1024);
}
BENCHMARK_CAPTURE(each_of_1024, hash, [](std::uint32_t i) { return view_hash(0x123456789ABCDEFull, i); });
BENCHMARK_CAPTURE(each_of_1024, word, [](std::uint32_t i) { return view_word(0x123456789ABCDEFull, i, 0); });
BENCHMARK_CAPTURE(each_of_1024, philox, [](std::uint32_t i) { return philox({i, 0, 0, 0}, {1, 2}); });
BENCHMARK_CAPTURE(each_of_1024, log, [](std::uint32_t i) { return ieee::log(unit(i * 0x9E3779B1u)); });
BENCHMARK_CAPTURE(each_of_1024, exp, [](std::uint32_t i) { return ieee::exp(-4.0 * unit(i * 0x9E3779B1u)); });
BENCHMARK_CAPTURE(each_of_1024, poisson,
                  [](std::uint32_t i) { return poisson_quantile(unit(i * 0x9E3779B1u), 4.0 / 7.0); });

// A day's views of a large company: push, then take slice by slice.
void view_queue(benchmark::State& state) {
    const auto views = static_cast<std::size_t>(state.range(0));
    ViewQueue queue;
    queue.reset(29, 60);
    std::int32_t day = 0;
    std::uint64_t sum = 0;
    for (auto _ : state) {
        for (std::uint32_t i = 0; i < views; ++i)
            queue.push(day, {.tie = i, .hash = i, .post = i / 64, .minute = (i * 0x9E3779B1u >> 8) % 1440});
        queue.begin_day(day++);
        for (std::uint32_t slice = 0; slice < queue.slices(); ++slice) sum += queue.slice(slice).size();
        queue.end_day();
    }
    benchmark::DoNotOptimize(sum);
    finish(state, views);
}
BENCHMARK(view_queue)->Arg(3'000)->Arg(300'000);

}  // namespace
}  // namespace groundswell
