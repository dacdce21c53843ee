// The hot path's hash on what the model asks of it: who is a candidate, and for how many posts at once.
// GS_HASH_SCALE=16 multiplies the sample sizes (slow suite).
#include "core/keyed_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <string>

#include "statistics.hpp"

namespace groundswell {
namespace {

using testing::binomial_z;
using testing::bound;
using testing::post_key;

constexpr std::array<double, 3> kShares = {.01, .125, .5};
constexpr std::uint32_t kPersons = 1u << 24;

std::uint64_t scaled(std::uint64_t size) {
    const char* factor = std::getenv("GS_HASH_SCALE");
    return size * (factor == nullptr ? 1u : std::stoull(factor));
}

StreamKey views(std::uint32_t replicate) { return stream_key(20260101, 0, replicate, Decision::views); }

struct NamedHash {
    std::string name;
    std::function<std::uint32_t(std::uint64_t, std::uint32_t)> hash;
};

// The seven 32-bit outputs that decide something.
std::vector<NamedHash> outputs() {
    std::vector<NamedHash> list = {{"view_hash", view_hash}};
    for (std::uint32_t w = 0; w < 3; ++w) {
        list.push_back({"low half of word " + std::to_string(w), [w](std::uint64_t k, std::uint32_t v) {
                            return static_cast<std::uint32_t>(view_word(k, v, w));
                        }});
        list.push_back({"high half of word " + std::to_string(w), [w](std::uint64_t k, std::uint32_t v) {
                            return static_cast<std::uint32_t>(view_word(k, v, w) >> 32);
                        }});
    }
    return list;
}

// From a second implementation of docs/RANDOMNESS.md, in Python.
TEST(KeyedHash, KnownAnswers) {
    struct Case {
        std::uint64_t key;
        std::uint32_t viewer, hash;
        std::array<std::uint64_t, 3> words;
    };
    const std::vector<Case> cases = {
        {0, 0, 0, {0xe220a8397b1dcdafu, 0x6e789e6aa1b965f4u, 0x06c45d188009454fu}},
        {0x0123456789abcdefu, 1, 0x98653775u, {0xdf5062672c178f63u, 0x2d22143b379f5ddbu, 0xfe10cab8f51f8cfcu}},
        {0xfedcba9876543210u, 0xffffff, 0x45da9dbcu, {0x1cad742a4321bbe4u, 0x5c0a99bcd2a916a3u, 0xfe3f37d29b96c4e4u}},
        {0xffffffffffffffffu, 123456, 0x565a4a8au, {0xa429f653285d4fb8u, 0xd49aa5833afefa6cu, 0x6c3a0e9f2f688c58u}},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(view_hash(c.key, c.viewer), c.hash);
        for (std::uint32_t w = 0; w < 3; ++w) EXPECT_EQ(view_word(c.key, c.viewer, w), c.words[w]) << "word " << w;
    }
}

TEST(KeyedHash, NoTwoPersonsShareAValueUnderOneKey) {
    std::vector<std::uint64_t> seen(std::size_t{1} << 26);  // one bit a value
    for (std::uint32_t v = 0; v < kPersons; ++v) {
        const std::uint32_t h = view_hash(post_key(views(0), 1), v);
        const std::uint64_t bit = std::uint64_t{1} << (h & 63);
        ASSERT_EQ(seen[h >> 6] & bit, 0u) << "viewer " << v;
        seen[h >> 6] |= bit;
    }
}

// `flip(bit)` changes one input bit and returns the output's change; every output bit must flip half of the time.
template <class Sample>
double worst_avalanche(std::uint64_t samples, std::size_t bits, const Sample& sample) {
    std::vector<std::uint32_t> flips(bits * 32);
    for (std::uint64_t i = 0; i < samples; ++i) {
        const auto change = sample(i);
        for (std::size_t bit = 0; bit < bits; ++bit) {
            const std::uint32_t differs = change(bit);
            for (std::uint32_t j = 0; j < 32; ++j) flips[bit * 32 + j] += (differs >> j) & 1u;
        }
    }
    double worst = 0;
    for (const std::uint32_t count : flips)
        worst = std::max(worst, std::abs(binomial_z(count, static_cast<double>(samples), .5)));
    return worst;
}

// False-alarm rate 1e-6 for each output. Persons have 24 bits. The upper half of the key enters view_hash after its
// first multiplication: a single flipped bit there does not spread, and need not, because keys are Philox outputs. The
// next test therefore flips the bits that the key is made from.
TEST(KeyedHash, EveryBitOfKeyAndViewerFlipsEveryBit) {
    for (const NamedHash& output : outputs()) {
        const bool whole_key = output.name != "view_hash";
        const std::size_t bits = 24 + (whole_key ? 64 : 32);
        const auto sample = [&](std::uint64_t i) {
            const Block random = draw(views(1), i);
            const std::uint64_t key = random[0] | (std::uint64_t{random[1]} << 32);
            const std::uint32_t viewer = random[2] % kPersons;
            return [&output, key, viewer](std::size_t bit) {
                const std::uint32_t there = bit < 24 ? output.hash(key, viewer ^ (1u << bit))
                                                     : output.hash(key ^ (std::uint64_t{1} << (bit - 24)), viewer);
                return there ^ output.hash(key, viewer);
            };
        };
        EXPECT_LT(worst_avalanche(scaled(1u << 14), bits, sample), bound(bits * 32)) << output.name;
    }
}

TEST(KeyedHash, EveryBitOfThePostsIdentityFlipsEveryBit) {
    for (const NamedHash& output : outputs()) {
        const auto sample = [&](std::uint64_t i) {
            const Block random = draw(views(2), i);
            const std::uint64_t identity = random[0] | (std::uint64_t{random[1]} << 32);
            const std::uint32_t viewer = random[2] % kPersons;
            return [&output, identity, viewer](std::size_t bit) {
                const std::uint64_t other = identity ^ (std::uint64_t{1} << bit);
                return output.hash(post_key(views(3), identity), viewer) ^
                       output.hash(post_key(views(3), other), viewer);
            };
        };
        EXPECT_LT(worst_avalanche(scaled(1u << 12), 64, sample), bound(64 * 32)) << output.name;
    }
}

// z of the number of times that both of two values lie below the threshold, for each share; `pair(i)` gives the values.
template <class Pair>
double worst_pair(std::uint64_t samples, const Pair& pair) {
    std::array<std::uint64_t, 3> both{};
    for (std::uint64_t i = 0; i < samples; ++i) {
        const auto [a, b] = pair(i);
        for (std::size_t k = 0; k < 3; ++k) both[k] += a < threshold(kShares[k]) && b < threshold(kShares[k]) ? 1u : 0u;
    }
    double worst = 0;
    for (std::size_t k = 0; k < 3; ++k)
        worst = std::max(worst, std::abs(binomial_z(static_cast<double>(both[k]), static_cast<double>(samples),
                                                    kShares[k] * kShares[k])));
    return worst;
}

using Two = std::pair<std::uint32_t, std::uint32_t>;

// Two viewers of one post, near or far apart. False-alarm rate 1e-6 for each output.
TEST(KeyedHash, TwoViewersOfOnePostAreIndependent) {
    const std::vector<std::uint32_t> gaps = {1, 2, 3, 5, 31, 64, 256, 550, 4096, 65535, 65536, 1u << 20, 1u << 23};
    for (const NamedHash& output : outputs()) {
        for (const std::uint32_t gap : gaps) {
            const double worst = worst_pair(scaled(100'000), [&](std::uint64_t i) {
                const std::uint64_t key = post_key(views(4), i);
                const auto viewer = static_cast<std::uint32_t>(i * 7919 % (kPersons / 2));
                return Two{output.hash(key, viewer), output.hash(key, viewer + gap)};
            });
            EXPECT_LT(worst, bound(gaps.size() * 3)) << output.name << ", viewers " << gap << " apart";
        }
    }
}

// One viewer of two posts whose identities are neighbors: next slot, process, day, author. 1e-6 for each output.
TEST(KeyedHash, OneViewerOfTwoPostsIsIndependent) {
    const std::vector<std::uint64_t> gaps = {1, 1u << 12, 1u << 16, std::uint64_t{1} << 32};
    for (const NamedHash& output : outputs()) {
        for (const std::uint64_t gap : gaps) {
            const double worst = worst_pair(scaled(100'000), [&](std::uint64_t i) {
                const std::uint64_t identity = (i % 1000) << 32 | (i / 1000) << 17;
                const auto viewer = static_cast<std::uint32_t>(i % 31);
                return Two{output.hash(post_key(views(5), identity), viewer),
                           output.hash(post_key(views(5), identity + gap), viewer)};
            });
            EXPECT_LT(worst, bound(gaps.size() * 3)) << output.name << ", identities " << gap << " apart";
        }
    }
}

// Two decisions about one view, for example delay and attention. 1e-6 over all pairs.
TEST(KeyedHash, TwoOutputsOfOneViewAreIndependent) {
    const auto list = outputs();
    for (std::size_t a = 0; a < list.size(); ++a) {
        for (std::size_t b = a + 1; b < list.size(); ++b) {
            const double worst = worst_pair(scaled(100'000), [&](std::uint64_t i) {
                const std::uint64_t key = post_key(views(6), i / 64);
                const auto viewer = static_cast<std::uint32_t>(i % 64);
                return Two{list[a].hash(key, viewer), list[b].hash(key, viewer)};
            });
            EXPECT_LT(worst, bound(21 * 3)) << list[a].name << " and " << list[b].name;
        }
    }
}

std::vector<double> binomial_law(int n, double p) {
    std::vector<double> law(static_cast<std::size_t>(n) + 1);
    for (int k = 0; k <= n; ++k)
        law[static_cast<std::size_t>(k)] =
            std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                     (n - k) * std::log1p(-p));
    return law;
}

// Chi-square of row counts against the binomial law; neighboring cells are joined until ten rows are expected in each.
double binomial_fit_z(const std::vector<std::uint64_t>& rows_with, std::uint64_t rows, double p) {
    const std::vector<double> law = binomial_law(static_cast<int>(rows_with.size()) - 1, p);
    std::vector<std::uint64_t> counts(1);
    std::vector<double> expected(1);
    for (std::size_t k = 0; k < law.size(); ++k) {
        counts.back() += rows_with[k];
        expected.back() += law[k] * static_cast<double>(rows);
        if (expected.back() >= 10 && k + 1 < law.size()) {
            counts.push_back(0);
            expected.push_back(0);
        }
    }
    if (expected.back() < 10) {
        counts[counts.size() - 2] += counts.back();
        expected[expected.size() - 2] += expected.back();
        counts.pop_back();
        expected.pop_back();
    }
    return testing::chi_square_z(testing::chi_square(counts, expected), static_cast<double>(counts.size() - 1));
}

// How many of an author's connections are candidates of a post, over posts: binomial in law and in variance, for rows
// of neighbors and for strided rows. False-alarm rate 1e-6 for each output (two tests for each of 15 rows).
TEST(KeyedHash, CandidatesOfARowAreBinomial) {
    constexpr std::uint32_t size = 300;
    const std::vector<std::uint32_t> strides = {1, 2, 31, 1024, 32768};
    const std::uint64_t rows = scaled(8'000);
    for (const NamedHash& output : outputs()) {
        for (const std::uint32_t stride : strides) {
            std::array<std::vector<std::uint64_t>, 3> rows_with;
            for (auto& counts : rows_with) counts.resize(size + 1);
            for (std::uint64_t i = 0; i < rows; ++i) {
                std::array<std::uint32_t, 3> candidates{};
                const std::uint64_t key = post_key(views(7), i);
                for (std::uint32_t v = 0; v < size; ++v) {
                    const std::uint32_t h = output.hash(key, (1000 + v * stride) % kPersons);
                    for (std::size_t k = 0; k < 3; ++k) candidates[k] += h < threshold(kShares[k]) ? 1u : 0u;
                }
                for (std::size_t k = 0; k < 3; ++k) ++rows_with[k][candidates[k]];
            }
            for (std::size_t k = 0; k < 3; ++k) {
                const double p = kShares[k];
                const double n = static_cast<double>(rows);
                double variance = 0;
                for (std::size_t c = 0; c <= size; ++c)
                    variance +=
                        static_cast<double>(rows_with[k][c]) * std::pow(static_cast<double>(c) - size * p, 2) / n;
                const double excess = (1 - 6 * p * (1 - p)) / (size * p * (1 - p));
                const double variance_z = (variance / (size * p * (1 - p)) - 1) / std::sqrt((2 + excess) / n);
                EXPECT_LT(std::abs(variance_z), bound(30)) << output.name << ", stride " << stride << ", share " << p;
                EXPECT_LT(binomial_fit_z(rows_with[k], rows, p), bound(30))
                    << output.name << ", stride " << stride << ", share " << p;
            }
        }
    }
}

// 256 equal cells of the upper and of the lower byte, for one post over many viewers and over posts. 1e-6 each output.
TEST(KeyedHash, ValuesAreUniform) {
    const std::uint64_t samples = scaled(1u << 18);
    const std::vector<double> expected(256, static_cast<double>(samples) / 256);
    for (const NamedHash& output : outputs()) {
        for (const bool one_post : {true, false}) {
            std::vector<std::uint64_t> upper(256), lower(256);
            for (std::uint64_t i = 0; i < samples; ++i) {
                const std::uint32_t h = one_post ? output.hash(post_key(views(8), 0), static_cast<std::uint32_t>(i))
                                                 : output.hash(post_key(views(9), i), 4711);
                ++upper[h >> 24];
                ++lower[h & 255];
            }
            for (const auto& cells : {upper, lower})
                EXPECT_LT(std::abs(testing::chi_square_z(testing::chi_square(cells, expected), 255)), bound(4))
                    << output.name << (one_post ? ", one post" : ", many posts");
        }
    }
}

}  // namespace
}  // namespace groundswell
