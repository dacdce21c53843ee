#include "world/pools.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/checks.hpp"

namespace groundswell {

namespace {

// Persons of each pool.
std::array<double, kSegments> pool_sizes(double employees, const AudienceParams& params) {
    const double scale = std::max(employees, params.smallest_company) / 1000;
    std::array<double, kSegments> sizes = params.pool.array();
    for (double& size : sizes) size = std::floor(size * scale + 0.5);
    sizes[0] = employees;
    return sizes;
}

// The most employees whose pools, which grow with them, leave a number for everybody.
std::uint32_t most_employees(const AudienceParams& params) {
    std::uint32_t most = 0;
    for (std::uint32_t step = kMaxPersons / 2; step > 0; step /= 2) {
        const auto sizes = pool_sizes(most + step, params);
        if (std::accumulate(sizes.begin(), sizes.end(), 0.0) < kMaxPersons) most += step;
    }
    return most;
}

}  // namespace

SegmentBounds pool_bounds(std::uint32_t employees, const AudienceParams& params) {
    const std::array<double, kSegments> sizes = pool_sizes(employees, params);
    SegmentBounds bounds{};
    double end = 0;
    for (std::size_t s = 0; s < kSegments; ++s) {
        end += sizes[s];
        if (end >= kMaxPersons)
            throw InvalidInput(
                "audience.pool: the pools of " + std::to_string(employees) + " employees up to " +
                std::string(kSegmentNames[s]) + " hold " + format_number(end) + " persons, must be fewer than " +
                std::to_string(kMaxPersons) + "; lower audience.pool." + std::string(kSegmentNames[s == 0 ? 1 : s]) +
                ": with these pools a company has at most " + std::to_string(most_employees(params)) + " employees");
        bounds[s + 1] = static_cast<std::uint32_t>(end);
    }
    return bounds;
}

SegmentBounds given_bounds(std::uint32_t employees, const std::array<std::uint32_t, kSegments>& persons) {
    SegmentBounds bounds{};
    bounds[1] = employees;
    if (persons[0] != 0)
        reject("company.audience.persons.employee", persons[0], "0: the employees are the rows of the company's table");
    const auto outside = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(std::accumulate(persons.begin() + 1, persons.end(), std::uint64_t{0}), kMaxPersons));
    std::uint64_t end = employees;
    for (std::size_t s = 1; s < kSegments; ++s) {
        end += persons[s];
        if (end >= kMaxPersons)
            throw InvalidInput("company.audience.persons: " + std::to_string(employees) +
                               " employees and the persons up to " + std::string(kSegmentNames[s]) + " are " +
                               std::to_string(end) + ", must be fewer than " + std::to_string(kMaxPersons) +
                               ": this audience leaves room for at most " +
                               std::to_string(kMaxPersons - 1 - std::min(kMaxPersons - 1, outside)) + " employees");
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
