#include "levers/selection.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <string>

#include "core/errors.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

// Share of a row of ties that is in the goal's segment.
double fit_of(const World& world, std::span<const TieWord> row, Goal goal) {
    if (row.empty()) return 0;
    const auto s = static_cast<std::size_t>(goal == Goal::hires ? Segment::talent : Segment::buyer);
    const std::uint32_t begin = goal == Goal::awareness ? world.employees : world.segment_begin[s];
    const std::uint32_t end = goal == Goal::awareness ? world.person_count() : world.segment_begin[s + 1];
    const auto inside = std::count_if(row.begin(), row.end(),
                                      [&](TieWord tie) { return tie_person(tie) >= begin && tie_person(tie) < end; });
    return static_cast<double>(inside) / static_cast<double>(row.size());
}

// factor^weight; a factor of 0 counts as 0 unless its weight is 0.
double weighted(double factor, double weight) {
    return weight == 0 ? 1.0 : factor > 0 ? ieee::pow(factor, weight) : 0.0;
}

double readiness_score(const Workforce& workforce, std::uint32_t i, double fit, const ReadinessWeights& weights) {
    return weighted(fit, weights.fit) * weighted(workforce[Attribute::persuasion][i], weights.influence) *
           weighted(workforce[Attribute::willingness][i], weights.willingness) *
           weighted(workforce[Attribute::readiness][i], weights.readiness);
}

bool contains(const std::vector<std::int32_t>& codes, std::int32_t code) {
    return codes.empty() || std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::vector<std::uint32_t> candidates(const World& world, const Selection& s, const PlatformGraph& graph) {
    if (s.named) {
        for (const std::uint32_t employee : *s.named)
            if (employee >= world.employees)
                throw InvalidInput("program.select.names: employee number " + std::to_string(employee) +
                                   " is not below " + std::to_string(world.employees));
        return *s.named;
    }
    const Workforce& workforce = world.workforce;
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < world.employees; ++i)
        if (contains(s.departments, workforce.department[i]) && contains(s.functions, workforce.function[i]) &&
            contains(s.regions, workforce.region[i]) &&
            static_cast<double>(graph.row(i).size()) > s.connections_above &&
            workforce[Attribute::willingness][i] > s.willingness_above)
            found.push_back(i);
    return found;
}

std::vector<std::uint32_t> eligible(const World& world, const Selection& s, const PlatformGraph& graph) {
    std::vector<std::uint32_t> found = candidates(world, s, graph);
    if (s.not_invited.empty()) return found;
    std::vector<std::uint8_t> member(world.employees, 0);
    for (const std::uint32_t employee : s.not_invited) member.at(employee) = 1;
    std::erase_if(found, [&](std::uint32_t employee) { return member[employee] != 0; });
    return found;
}

// What the order goes by, of one employee; the score of a random or listed one is 0.
double key_of(const World& world, const Selection& s, const Selected& one) {
    switch (s.order) {
        case SelectionOrder::connections:
            return one.connections;
        case SelectionOrder::activity:
            return world.workforce[Attribute::social_activity][one.employee];
        case SelectionOrder::persuasion:
            return world.workforce[Attribute::persuasion][one.employee];
        case SelectionOrder::willingness:
            return world.workforce[Attribute::willingness][one.employee];
        case SelectionOrder::readiness:
            return readiness_score(world.workforce, one.employee, one.fit, s.weights);
        case SelectionOrder::random:
        case SelectionOrder::listed:
            return 0;  // the order of the world, or of the list, decides
    }
    return 0;
}

void put_in_order(const World& world, const Selection& s, std::vector<Selected>& people) {
    if (s.order == SelectionOrder::listed) return;
    std::vector<std::uint32_t> rank(world.employees);
    for (std::uint32_t k = 0; k < world.employees; ++k) rank[world.advocate_order[k]] = k;
    std::sort(people.begin(), people.end(), [&](const Selected& a, const Selected& b) {
        return a.score != b.score ? a.score > b.score : rank[a.employee] < rank[b.employee];
    });
}

void keep_quotas(const World& world, const std::vector<Quota>& quotas, std::vector<Selected>& people) {
    std::map<std::int32_t, std::uint32_t> left;
    for (const Quota& quota : quotas) left[quota.department] = quota.count;
    std::erase_if(people, [&](const Selected& one) {
        const auto quota = left.find(world.workforce.department[one.employee]);
        return quota == left.end() || quota->second == 0 || quota->second-- == 0;
    });
    for (const Quota& quota : quotas)
        if (left[quota.department] > 0)
            throw InvalidInput("program.select.quotas: department number " + std::to_string(quota.department) +
                               " has " + std::to_string(quota.count - left[quota.department]) +
                               " eligible employees in world " + std::to_string(world.index) + ", fewer than the " +
                               std::to_string(quota.count) + " asked for");
}

void assign_waves(const World& world, const std::vector<Wave>& waves, std::vector<Selected>& people) {
    if (waves.empty()) {
        for (Selected& one : people) one.wave = one.day = 0;
        return;
    }
    for (std::size_t w = 0; w < waves.size(); ++w) {
        std::uint32_t room = waves[w].size.value_or(world.employees);
        for (Selected& one : people) {
            if (room == 0) break;
            if (one.wave >= 0 || !contains(waves[w].departments, world.workforce.department[one.employee])) continue;
            one.wave = static_cast<std::int32_t>(w);
            one.day = waves[w].day;
            --room;
        }
    }
}

}  // namespace

std::vector<Selected> select_employees(const World& world, const Selection& s) {
    const PlatformGraph& graph = world.graph(s.platform);
    if (!graph.on())
        throw InvalidInput(
            "program.select.platform = " + std::string(kPlatformNames[static_cast<std::size_t>(s.platform)]) +
            ": must be a platform that is on");
    std::vector<Selected> people;
    for (const std::uint32_t employee : eligible(world, s, graph)) {
        Selected one{.employee = employee,
                     .fit = fit_of(world, graph.row(employee), s.goal),
                     .connections = static_cast<double>(graph.row(employee).size())};
        one.score = key_of(world, s, one);
        if (std::isnan(one.score))  // infinite influence of somebody who knows nobody: no place in an order
            throw InvalidInput("program.select.weights: the readiness of employee number " + std::to_string(employee) +
                               " in world " + std::to_string(world.index) + " is no number; bring them closer to 0");
        people.push_back(one);
    }
    put_in_order(world, s, people);
    if (!s.quotas.empty()) keep_quotas(world, s.quotas, people);
    if (s.size && *s.size < people.size()) people.resize(*s.size);
    assign_waves(world, s.waves, people);
    return people;
}

}  // namespace groundswell
