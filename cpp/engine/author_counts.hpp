// What the company-related posts of each employee did on the days of the horizon, in one replicate.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/recorder.hpp"

namespace groundswell {

// Views in the order of ViewMeasure, so that one follows from the other.
enum class AuthorMeasure : std::uint8_t {
    posts,
    potential_reach,
    impressions,
    attended_impressions,
    engagements,
    clicks,
    reshares,
    mutes
};
inline constexpr std::array<std::string_view, 8> kAuthorMeasureNames = {
    "posts", "potential_reach", "impressions", "attended_impressions", "engagements", "clicks", "reshares", "mutes"};
inline constexpr std::size_t kAuthorMeasures = kAuthorMeasureNames.size();

// Employee-major: counts[author * kAuthorMeasures + measure].
struct AuthorCounts {
    explicit AuthorCounts(std::uint32_t employees) : counts(std::size_t{employees} * kAuthorMeasures, 0) {}

    std::int64_t& at(std::uint32_t author, AuthorMeasure measure) {
        return counts[std::size_t{author} * kAuthorMeasures + static_cast<std::size_t>(measure)];
    }
    void count_post(std::uint32_t author, std::int64_t connections) {
        ++at(author, AuthorMeasure::posts);
        at(author, AuthorMeasure::potential_reach) += connections;
    }
    void count_view(std::uint32_t author, ViewMeasure measure) {
        if (measure == ViewMeasure::link_impressions) return;
        const auto view = static_cast<std::size_t>(AuthorMeasure::impressions) + static_cast<std::size_t>(measure);
        ++at(author, static_cast<AuthorMeasure>(view));
    }

    std::vector<std::int64_t> counts;
};
static_assert(static_cast<std::size_t>(AuthorMeasure::mutes) ==
              static_cast<std::size_t>(AuthorMeasure::impressions) + static_cast<std::size_t>(ViewMeasure::mutes));

// Sums over replicates, in integers: the same whatever order the threads finish in. The square of a potential reach may
// pass 64 bits.
struct AuthorSums {
    __extension__ using Square = unsigned __int128;

    AuthorSums() = default;  // not recorded: empty
    explicit AuthorSums(std::uint32_t employees)
        : total(std::size_t{employees} * kAuthorMeasures, 0), squares(total.size(), 0) {}

    void add(const AuthorCounts& replicate) {
        for (std::size_t k = 0; k < total.size(); ++k) {
            total[k] += replicate.counts[k];
            const auto count = static_cast<Square>(replicate.counts[k]);
            squares[k] += count * count;
        }
    }

    std::vector<std::int64_t> total;
    std::vector<Square> squares;
};

}  // namespace groundswell
