// Every output of the engine, as declared in measures.def, and where each is counted, worked out at compile time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace groundswell {

#define MEASURE(number, name, ...) name = number,
enum class MeasureId : std::int32_t {
#include "engine/measures.def"
};
#undef MEASURE

// sum: parts add up. unique: distinct people inside a cell; cells never add up. level: value at the end of a cell.
enum class MeasureKind : std::uint8_t { sum, unique, level };
inline constexpr std::array<std::string_view, 3> kMeasureKindNames = {"sum", "unique", "level"};

// What of it a company wants. neither: it is a denominator, an effort, or a choice.
enum class Better : std::uint8_t { more, less, neither };
inline constexpr std::array<std::string_view, 3> kBetterNames = {"more", "less", "neither"};

// How a measure is counted, from which its kind and its dimensions follow.
enum class Shape : std::uint8_t {
    views,           // what viewers see and do
    posts,           // posts, and what is summed over posts
    amount,          // a number that is added to, without dimensions
    people,          // distinct persons outside the company
    authors,         // distinct employees who posted
    employees,       // distinct employees, on whatever platform
    segment_levels,  // of the persons outside the company
    level            // of the whole company
};

struct Dimensions {
    MeasureKind kind;
    bool by_segment = false, by_source = false, by_platform = false, by_hop = false;
};

constexpr Dimensions dimensions_of(Shape shape) {
    switch (shape) {
        case Shape::views:
            return {MeasureKind::sum, true, true, true, true};
        case Shape::posts:
            return {.kind = MeasureKind::sum, .by_source = true, .by_platform = true};
        case Shape::amount:
            return {MeasureKind::sum};
        case Shape::people:
            return {.kind = MeasureKind::unique, .by_segment = true, .by_platform = true};
        case Shape::authors:
            return {.kind = MeasureKind::unique, .by_platform = true};
        case Shape::employees:
            return {MeasureKind::unique};
        case Shape::segment_levels:
            return {.kind = MeasureKind::level, .by_segment = true};
        case Shape::level:
            break;
    }
    return {MeasureKind::level};
}

struct Measure {
    MeasureId id;
    std::string_view name;
    Shape shape;
    std::string_view unit;
    Better better;
    std::string_view population;  // of which things or people it is a number
    std::string_view
        rests_on;  // parts of the model that can change it; python/groundswell/results/dependence.py has them all
    bool by_author = false;  // also counted for each employee's own posts
    std::string_view definition;
    std::string_view vendor_word = {};  // what advocacy products call it; empty where they have no word

    constexpr MeasureKind kind() const { return dimensions_of(shape).kind; }
    constexpr bool by_segment() const { return dimensions_of(shape).by_segment; }
    constexpr bool by_source() const { return dimensions_of(shape).by_source; }
    constexpr bool by_platform() const { return dimensions_of(shape).by_platform; }
    constexpr bool by_hop() const { return dimensions_of(shape).by_hop; }
};

inline constexpr auto kMeasures = [] {
    using enum Shape;
    using enum Better;
    constexpr std::string_view kAllPosts = "employees' posts and the page's";
    constexpr std::string_view kAllViews = "everybody's views of employees' posts and the page's";
    constexpr std::string_view kEmployeesPosts = "employees' posts";
    constexpr std::string_view kProgramPosts = "the program's posts";
    constexpr std::string_view kOutsiders = "persons outside the company";
    constexpr std::string_view kReachedByEmployees = "persons outside the company, by employees' posts";
    constexpr std::string_view kReached = "persons outside the company, by employees' posts and the page's";
    constexpr std::string_view kEmployees = "employees";
    constexpr std::string_view kMembers = "members of the program";
    constexpr std::string_view kProgram = "the program";
#define MEASURE(number, label, ...) Measure{.id = MeasureId::label, .name = #label, __VA_ARGS__},
    return std::array{
#include "engine/measures.def"
    };
#undef MEASURE
}();

constexpr std::span<const Measure> measures() { return kMeasures; }

inline constexpr std::size_t kMeasureIds = [] {  // one more than the largest
    std::size_t largest = 0;
    for (const Measure& measure : kMeasures) largest = std::max(largest, static_cast<std::size_t>(measure.id));
    return largest + 1;
}();

// The measures that satisfy a condition, in the order of the table.
template <class Condition>
consteval auto measures_where(Condition condition) {
    constexpr auto kCount = static_cast<std::size_t>(std::count_if(kMeasures.begin(), kMeasures.end(), Condition{}));
    std::array<MeasureId, kCount> found{};
    std::size_t k = 0;
    for (const Measure& measure : kMeasures)
        if (condition(measure)) found[k++] = measure.id;
    return found;
}

template <Shape shape>
inline constexpr auto kMeasuresOf = measures_where([](const Measure& measure) { return measure.shape == shape; });

inline constexpr auto kAuthorMeasures = measures_where([](const Measure& measure) { return measure.by_author; });

// Where a measure stands in a list; of a measure that is not in it, compilation fails.
template <std::size_t N>
consteval std::size_t position_in(const std::array<MeasureId, N>& list, MeasureId measure) {
    const auto at = std::find(list.begin(), list.end(), measure);
    if (at == list.end()) throw "this measure is not counted in this way";
    return static_cast<std::size_t>(at - list.begin());
}

// A measure of one shape, as the number of its counters among those of the shape. It is made from a MeasureId when the
// code is compiled, so that counting costs no look-up, and one of another shape does not compile.
template <Shape shape>
class Slot {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): a MeasureId is what a caller writes
    consteval Slot(MeasureId measure) : index(static_cast<std::uint8_t>(position_in(kMeasuresOf<shape>, measure))) {}
    friend constexpr bool operator==(Slot, Slot) = default;

    std::uint8_t index;
};

static_assert(
    [] {
        for (std::size_t k = 0; k < kMeasures.size(); ++k) {
            if (static_cast<std::int32_t>(kMeasures[k].id) <= 0) return false;
            for (std::size_t j = 0; j < k; ++j)
                if (kMeasures[j].id == kMeasures[k].id || kMeasures[j].name == kMeasures[k].name) return false;
        }
        return true;
    }(),
    "ids and names of measures are unique, ids above 0");

}  // namespace groundswell
