#include "world/world_content.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "core/parallel.hpp"
#include "core/view_filter.hpp"

namespace groundswell {
namespace {

constexpr std::uint32_t kRowsAtOnce = 1u << 15;
constexpr std::uint32_t kPageClasses = kVisibilityClasses * static_cast<std::uint32_t>(Strength::page);
constexpr int kJobFunctions = 3;

bool is_amount(double x) { return x >= 0 && std::isfinite(x); }

template <class T>
bool all_in(const std::vector<T>& values, std::size_t size, T least, T most) {
    return values.size() == size &&
           std::all_of(values.begin(), values.end(), [&](T x) { return x >= least && x <= most; });
}

bool is_permutation_of(const std::vector<std::uint32_t>& order, std::uint32_t size) {
    if (order.size() != size) return false;
    std::vector<std::uint8_t> seen(size, 0);
    for (const std::uint32_t one : order) {
        if (one >= size || seen[one] != 0) return false;
        seen[one] = 1;
    }
    return true;
}

bool sound_bounds(const World& world, std::uint32_t employees) {
    const auto& begin = world.segment_begin;
    return world.employees == employees && begin[0] == 0 && begin[1] == employees &&
           std::is_sorted(begin.begin(), begin.end()) && begin.back() < kMaxPersons &&
           world.persons.size() == begin.back() &&
           std::all_of(world.strength_value.begin(), world.strength_value.end(), is_amount);
}

bool sound_persons(const std::vector<PersonTraits>& persons) {
    unsigned wrong = 0;
    for (const PersonTraits& person : persons) {
        for (const std::uint8_t one : person.visibility) wrong |= one >= kVisibilityClasses ? 1u : 0u;
        wrong |= person.presence >> kPlatforms;
    }
    return wrong == 0;
}

// Connections, activity, persuasion and susceptibility have no upper bound, the others are shares.
bool sound_attributes(const Workforce& workforce, std::size_t employees) {
    for (std::size_t a = 0; a < kAttributes; ++a) {
        const double most =
            a < static_cast<std::size_t>(Attribute::satisfaction) ? std::numeric_limits<double>::max() : 1;
        if (!all_in(workforce.attributes[a], employees, 0.0, most)) return false;
    }
    return true;
}

bool sound_workforce(const Workforce& workforce, const WorkforceTable& company) {
    const auto codes = [&](const std::vector<std::int32_t>& column, std::int64_t groups) {
        return all_in(column, company.employees, 0, static_cast<std::int32_t>(groups - 1));
    };
    return codes(workforce.department, company.departments) && codes(workforce.region, company.regions) &&
           codes(workforce.seniority, kSeniorities) && codes(workforce.function, kJobFunctions) &&
           sound_attributes(workforce, company.employees);
}

// Persons who exist, each once and in order, by ties of the strengths that such a row has.
bool sound_row(const TieWord* tie, const TieWord* end, std::uint32_t persons, bool page) {
    const std::uint32_t first_class = page ? kPageClasses : 0;
    const std::uint32_t classes = page ? std::uint32_t{kTieClasses} - kPageClasses : kPageClasses;
    unsigned wrong = 0;
    for (const TieWord* one = tie; one != end; ++one) {
        wrong |= tie_person(*one) >= persons ? 1u : 0u;
        wrong |= tie_class(*one) - first_class >= classes ? 1u : 0u;
    }
    for (const TieWord* one = tie; one + 1 < end; ++one) wrong |= tie_person(one[0]) >= tie_person(one[1]) ? 1u : 0u;
    return wrong == 0;
}

bool sound_graph(const World& world, const PlatformGraph& graph, int threads) {
    if (!graph.on()) return graph.ties.size() == 0;
    const std::vector<std::uint64_t>& begin = graph.row_begin;
    if (begin.size() != std::size_t{world.person_count()} + 2 || begin.front() != 0 ||
        begin.back() != graph.ties.size() || !std::is_sorted(begin.begin(), begin.end()) ||
        !is_amount(graph.mean_degree))
        return false;
    const std::uint32_t rows = world.page_node() + 1;
    std::atomic<bool> sound{true};
    parallel_for((rows + kRowsAtOnce - 1) / kRowsAtOnce, threads, [&](std::size_t block, int) {
        const auto first = static_cast<std::uint32_t>(block) * kRowsAtOnce;
        for (std::uint32_t node = first; node < std::min(first + kRowsAtOnce, rows); ++node)
            if (!sound_row(graph.ties.data() + begin[node], graph.ties.data() + begin[node + 1], world.person_count(),
                           node == world.page_node()))
                sound = false;
    });
    return sound;
}

// Texts of warnings are shown; those of this program are plain characters.
bool sound_text(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

bool is_sound(const World& world, const CompanyInput& company, int threads) {
    const std::uint32_t employees = company.workforce.employees;
    return sound_bounds(world, employees) && sound_persons(world.persons) &&
           world.draw_numbers == draw_numbers_or_rows(company.workforce.draw_numbers, employees) &&
           world.viewer_numbers == viewer_numbers_of(world.draw_numbers) &&
           sound_workforce(world.workforce, company.workforce) && all_in<std::uint8_t>(world.sharer, employees, 0, 1) &&
           is_permutation_of(world.advocate_order, employees) &&
           std::all_of(world.warnings.begin(), world.warnings.end(),
                       [](const WorldWarning& w) { return sound_text(w.code) && sound_text(w.message); }) &&
           std::all_of(world.graphs.begin(), world.graphs.end(),
                       [&](const PlatformGraph& graph) { return sound_graph(world, graph, threads); });
}

}  // namespace groundswell
