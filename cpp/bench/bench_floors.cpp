// What memory alone costs: random read-modify-write of one record in an array as large as the viewers' state.
#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/system.hpp"
#include "engine/viewer.hpp"

namespace groundswell {
namespace {

constexpr std::uint64_t kPersons = 5'000'000;
constexpr std::uint64_t kAhead = 24;     // as in the feeds phase
constexpr std::uint64_t kVisits = 1024;  // records visited an iteration

template <std::size_t bytes>
struct Record {
    std::uint64_t first, last;
    std::array<std::uint8_t, bytes - 16> between;
};
template <>
struct Record<16> {
    std::uint64_t first, last;
};
static_assert(sizeof(Record<64>) == sizeof(Viewer));

// A record's number from mixed bits.
std::size_t place(std::uint64_t x) {
    x *= 0x9E3779B97F4A7C15ull;
    x ^= x >> 32;
    x *= 0xBF58476D1CE4E5B9ull;
    return static_cast<std::size_t>(((x >> 32) * kPersons) >> 32);
}

void finish(benchmark::State& state) {
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kVisits));
    state.counters["ns_per_item"] =
        benchmark::Counter(static_cast<double>(kVisits) * 1e-9,
                           benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// The pages of a fresh array are given at the first touch: that belongs to no visit.
template <std::size_t bytes>
PageArray<Record<bytes>> resident_records() {
    PageArray<Record<bytes>> records(kPersons);
    for (std::size_t i = 0; i < kPersons; ++i) records[i].first = 1;
    return records;
}

// The next record is known only once the last one has been read: a full miss each.
template <std::size_t bytes>
void floor_dependent(benchmark::State& state) {
    PageArray<Record<bytes>> records = resident_records<bytes>();
    std::uint64_t step = 0;
    std::uint64_t carried = 0;
    for (auto _ : state) {
        for (std::uint64_t i = 0; i < kVisits; ++i) {
            Record<bytes>& record = records[place(++step ^ (carried << 40))];
            carried = record.first;
            record.first += 1;
            record.last ^= step;
        }
    }
    benchmark::DoNotOptimize(carried);
    finish(state);
}

// The records to come are known: the processor fetches them ahead, many at a time.
template <std::size_t bytes>
void floor_prefetched(benchmark::State& state) {
    PageArray<Record<bytes>> records = resident_records<bytes>();
    std::uint64_t step = 0;
    for (auto _ : state) {
        for (std::uint64_t i = 0; i < kVisits; ++i) {
            __builtin_prefetch(&records[place(step + kAhead)], 1);
            Record<bytes>& record = records[place(step)];
            record.first += 1;
            record.last ^= step++;
        }
    }
    benchmark::DoNotOptimize(records[0]);
    finish(state);
}

BENCHMARK(floor_dependent<64>);
BENCHMARK(floor_dependent<16>);
BENCHMARK(floor_prefetched<64>);
BENCHMARK(floor_prefetched<16>);

}  // namespace
}  // namespace groundswell
