#include "world/pools.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/checks.hpp"

namespace groundswell {

SegmentBounds pool_bounds(std::uint32_t employees, const AudienceParams& params) {
    const auto per_thousand = params.pool.array();
    const double scale = std::max(static_cast<double>(employees), params.smallest_company) / 1000;
    SegmentBounds bounds{};
    double end = employees;
    for (std::size_t s = 0; s < kSegments; ++s) {
        if (s > 0) end += std::floor(per_thousand[s] * scale + 0.5);
        if (end >= kMaxPersons)
            throw InvalidInput("audience.pool: the pools of " + std::to_string(employees) + " employees up to " +
                               std::string(kSegmentNames[s]) + " hold " + format_number(end) +
                               " persons, must be fewer than " + std::to_string(kMaxPersons) +
                               "; lower audience.pool." + std::string(kSegmentNames[s == 0 ? 1 : s]));
        bounds[s + 1] = static_cast<std::uint32_t>(end);
    }
    return bounds;
}

SegmentBounds given_bounds(std::uint32_t employees, const std::array<std::uint32_t, kSegments>& persons) {
    SegmentBounds bounds{};
    bounds[1] = employees;
    if (persons[0] != 0)
        reject("company.audience.persons.employee", persons[0], "0: the employees are the rows of the company's table");
    std::uint64_t end = employees;
    for (std::size_t s = 1; s < kSegments; ++s) {
        end += persons[s];
        if (end >= kMaxPersons)
            throw InvalidInput("company.audience.persons: " + std::to_string(employees) +
                               " employees and the persons up to " + std::string(kSegmentNames[s]) + " are " +
                               std::to_string(end) + ", must be fewer than " + std::to_string(kMaxPersons));
        bounds[s + 1] = static_cast<std::uint32_t>(end);
    }
    return bounds;
}

SegmentBounds person_bounds(const CompanyInput& company, const AudienceParams& params) {
    const std::uint32_t employees = company.workforce.employees;
    return company.audience.given ? given_bounds(employees, company.audience.persons) : pool_bounds(employees, params);
}

Grouping group_employees(const std::vector<std::int32_t>& codes, std::uint32_t groups) {
    Grouping grouping;
    grouping.begin.assign(groups + 1, 0);
    for (const std::int32_t code : codes) {
        grouping.group.push_back(static_cast<std::uint32_t>(code));
        ++grouping.begin[grouping.group.back() + 1];
    }
    for (std::size_t g = 1; g < grouping.begin.size(); ++g) grouping.begin[g] += grouping.begin[g - 1];
    grouping.members.resize(codes.size());
    grouping.position.resize(codes.size());
    std::vector<std::uint32_t> next(grouping.begin.begin(), grouping.begin.end() - 1);
    for (std::uint32_t employee = 0; employee < codes.size(); ++employee) {
        grouping.position[employee] = next[grouping.group[employee]]++;
        grouping.members[grouping.position[employee]] = employee;
    }
    return grouping;
}

Range block_of(const Grouping& grouping, std::uint32_t employee, std::uint32_t pool_size) {
    const Range members = grouping.range_of(employee);
    const auto employees = static_cast<std::uint64_t>(grouping.members.size());
    const auto scaled = [&](std::uint32_t place) {
        return static_cast<std::uint32_t>(std::uint64_t{pool_size} * place / employees);
    };
    return {scaled(members.begin), scaled(members.end)};
}

}  // namespace groundswell
