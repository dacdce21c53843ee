// What the company-related posts of each employee did on the days of the horizon, in one replicate.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/recorder.hpp"

namespace groundswell {

// The column of a measure in AuthorCounts.
consteval std::size_t author_column(MeasureId measure) { return position_in(kAuthorMeasures, measure); }

// The same of every measure of views; kNotByAuthor of one that is not counted by author.
inline constexpr std::size_t kNotByAuthor = kAuthorMeasures.size();
inline constexpr auto kAuthorColumnOfView = [] {
    std::array<std::size_t, kMeasuresOf<Shape::views>.size()> columns{};
    for (std::size_t m = 0; m < columns.size(); ++m)
        columns[m] = static_cast<std::size_t>(
            std::find(kAuthorMeasures.begin(), kAuthorMeasures.end(), kMeasuresOf<Shape::views>[m]) -
            kAuthorMeasures.begin());
    return columns;
}();

// Employee-major: counts[author * number of measures + column].
struct AuthorCounts {
    explicit AuthorCounts(std::uint32_t employees) : counts(std::size_t{employees} * kAuthorMeasures.size(), 0) {}

    std::int64_t& at(std::uint32_t author, std::size_t column) {
        return counts[std::size_t{author} * kAuthorMeasures.size() + column];
    }
    void count_post(std::uint32_t author, std::int64_t connections) {
        ++at(author, author_column(MeasureId::posts));
        at(author, author_column(MeasureId::potential_reach)) += connections;
    }
    void count_view(std::uint32_t author, ViewMeasure measure) {
        const std::size_t column = kAuthorColumnOfView[measure.index];
        if (column != kNotByAuthor) ++at(author, column);
    }

    std::vector<std::int64_t> counts;
};

// Sums over replicates, in integers: the same whatever order the threads finish in. The square of a potential reach may
// pass 64 bits.
struct AuthorSums {
    __extension__ using Square = unsigned __int128;

    AuthorSums() = default;  // not recorded: empty
    explicit AuthorSums(std::uint32_t employees)
        : total(std::size_t{employees} * kAuthorMeasures.size(), 0), squares(total.size(), 0) {}

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
