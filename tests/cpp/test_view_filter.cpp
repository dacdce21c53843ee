#include "core/view_filter.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "core/errors.hpp"
#include "core/keyed_hash.hpp"

namespace groundswell {
namespace {

struct Candidates {
    std::vector<std::uint32_t> ties, hashes;
    bool operator==(const Candidates&) const = default;
};

// Of persons in all groups and of the first persons, whose numbers follow no rule.
class Viewers {
public:
    explicit Viewers(std::mt19937_64& random) : first_(random() % 5000) {
        for (auto& number : first_) number = static_cast<std::uint32_t>(random());
        numbers_.first_persons = first_.data();
        std::uint32_t begin = static_cast<std::uint32_t>(first_.size());
        for (std::size_t g = 0; g < kViewerGroups; ++g) {
            numbers_.begin[g] = begin;
            numbers_.shift[g] = static_cast<std::uint32_t>(random());
            begin += static_cast<std::uint32_t>(random() % 0x400000u);
        }
    }
    const ViewerNumbers& operator*() const { return numbers_; }

private:
    std::vector<std::uint32_t> first_;
    ViewerNumbers numbers_;
};

// Everybody is who they are.
constexpr ViewerNumbers kPersonNumbers{};

// Runs the filter and checks that it stays inside the slack it declares.
Candidates filter(const std::vector<std::uint32_t>& ties, std::uint64_t key, const Thresholds& thresholds, Isa isa,
                  const ViewerNumbers& viewers = kPersonNumbers) {
    constexpr std::uint32_t guard = 0xDEADBEEF;
    std::vector<std::uint32_t> row = ties;  // exactly as long as the row: a sanitizer sees a read past its end
    row.shrink_to_fit();
    Candidates out{std::vector<std::uint32_t>(ties.size() + kFilterSlack + 1, guard),
                   std::vector<std::uint32_t>(ties.size() + kFilterSlack + 1, guard)};
    const std::size_t count =
        filter_views(row.data(), row.size(), key, viewers, thresholds, out.ties.data(), out.hashes.data(), isa);
    EXPECT_EQ(out.ties.back(), guard);
    EXPECT_EQ(out.hashes.back(), guard);
    out.ties.resize(count);
    out.hashes.resize(count);
    return out;
}

Candidates naive(const std::vector<std::uint32_t>& ties, std::uint64_t key, const Thresholds& thresholds,
                 const ViewerNumbers& viewers) {
    Candidates out;
    for (const std::uint32_t tie : ties) {
        const std::uint32_t hash = view_hash(key, viewers.of(tie & 0xFFFFFFu));
        if (hash >= thresholds[tie >> 24]) continue;
        out.ties.push_back(tie);
        out.hashes.push_back(hash);
    }
    return out;
}

// Sorted by person.
std::vector<std::uint32_t> random_row(std::mt19937_64& random, std::size_t size) {
    std::vector<std::uint32_t> ties(size);
    for (auto& tie : ties)
        tie = static_cast<std::uint32_t>(random() & (random() % 4 == 0 ? 0x7FFu : 0xFFFFFFu)) |
              static_cast<std::uint32_t>(random() % kTieClasses) << 24;
    std::sort(ties.begin(), ties.end(), [](auto a, auto b) { return (a & 0xFFFFFFu) < (b & 0xFFFFFFu); });
    return ties;
}

// Every threshold different, so that a class taken for another shows; with the extremes among them.
Thresholds random_thresholds(std::mt19937_64& random) {
    Thresholds thresholds{};
    for (auto& t : thresholds) t = static_cast<std::uint32_t>(random());
    thresholds[random() % kTieClasses] = 0;
    thresholds[random() % kTieClasses] = 0xFFFFFFFFu;
    return thresholds;
}

class ViewFilter : public ::testing::TestWithParam<Isa> {
protected:
    void SetUp() override {
        if (GetParam() > best_isa()) GTEST_SKIP() << "this processor lacks " << isa_name(GetParam());
    }
};

TEST_P(ViewFilter, SameCandidatesForEverySize) {
    std::mt19937_64 random(11);
    for (std::size_t size = 0; size <= 70; ++size)
        for (int trial = 0; trial < 20; ++trial) {
            const auto row = random_row(random, size);
            const Thresholds thresholds = random_thresholds(random);
            const std::uint64_t key = random();
            const Viewers viewers(random);
            ASSERT_EQ(filter(row, key, thresholds, GetParam(), *viewers), naive(row, key, thresholds, *viewers))
                << "size " << size;
        }
    for (const std::size_t size : {1000u, 4095u, 4096u, 30'011u}) {
        const auto row = random_row(random, size);
        const Thresholds thresholds = random_thresholds(random);
        const std::uint64_t key = random();
        const Viewers viewers(random);
        ASSERT_EQ(filter(row, key, thresholds, GetParam(), *viewers), naive(row, key, thresholds, *viewers))
            << "size " << size;
    }
}

TEST_P(ViewFilter, NoneAndAllAreCandidates) {
    std::mt19937_64 random(12);
    const auto row = random_row(random, 333);
    Thresholds thresholds{};
    EXPECT_TRUE(filter(row, 99, thresholds, GetParam()).ties.empty());
    thresholds.fill(0xFFFFFFFFu);
    EXPECT_EQ(filter(row, 99, thresholds, GetParam()).ties, row);
}

TEST_P(ViewFilter, EachClassHasItsOwnThreshold) {
    std::mt19937_64 random(13);
    for (std::uint32_t open = 0; open < kTieClasses; ++open) {
        Thresholds thresholds{};
        thresholds[open] = 0xFFFFFFFFu;
        std::vector<std::uint32_t> row;
        for (std::uint32_t c = 0; c < kTieClasses; ++c)
            row.push_back(c << 24 | static_cast<std::uint32_t>(random() & 0xFFFFFFu));
        EXPECT_EQ(filter(row, random(), thresholds, GetParam()).ties, std::vector<std::uint32_t>{row[open]});
    }
}

// A hash equal to its threshold is no candidate, one below is: also above 2^31, where signed comparisons would turn.
TEST_P(ViewFilter, ComparesUnsignedAndStrictly) {
    std::mt19937_64 random(14);
    for (int trial = 0; trial < 500; ++trial) {
        const std::vector<std::uint32_t> row(17, static_cast<std::uint32_t>(random() & 0xFFFFFFu));
        const std::uint64_t key = random();
        const std::uint32_t hash = view_hash(key, row[0]);
        Thresholds thresholds{};
        thresholds[0] = hash;
        EXPECT_TRUE(filter(row, key, thresholds, GetParam()).ties.empty());
        thresholds[0] = hash + 1;
        EXPECT_EQ(filter(row, key, thresholds, GetParam()).ties.size(), hash == 0xFFFFFFFFu ? 0u : 17u);
    }
}

INSTANTIATE_TEST_SUITE_P(EveryInstructionSet, ViewFilter, ::testing::Values(Isa::scalar, Isa::avx2, Isa::avx512),
                         [](const auto& tested) { return std::string(isa_name(tested.param)); });

TEST(Isa, NamesAndLimits) {
    for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) EXPECT_EQ(isa_from_name(isa_name(isa)), isa);
    EXPECT_THROW(isa_from_name("sse9"), InvalidInput);
    const Isa before = active_isa();
    for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
        if (isa > best_isa()) {
            EXPECT_THROW(force_isa(isa), InvalidInput);
        } else {
            force_isa(isa);
            EXPECT_EQ(active_isa(), isa);
        }
    }
    force_isa(before);
}

}  // namespace
}  // namespace groundswell
