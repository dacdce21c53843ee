#include "world/pools.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/checks.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

// Persons of each pool.
std::array<double, kSegments> pool_sizes(double employees, const AudienceParams& params) {
    const double scale = stepped(std::max(employees, params.smallest_company)) / 1000;
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

double stepped(double count) {
    constexpr double kStepsPerTenfold = 47, kLn10 = 2.30258509299404568402;
    const double steps = std::floor(kStepsPerTenfold / kLn10 * ieee::log(count) + .5);
    const double tenfolds = std::floor(steps / kStepsPerTenfold);
    double power = 1;
    for (int k = 0; k < static_cast<int>(tenfolds); ++k) power *= 10;
    return power * ieee::exp((steps - tenfolds * kStepsPerTenfold) * (kLn10 / kStepsPerTenfold));
}

std::uint32_t pool_draw_number(const SegmentBounds& bounds, std::uint32_t person) {
    std::size_t segment = 1;
    while (person >= bounds[segment + 1]) ++segment;
    return pool_draw_number(segment, person - bounds[segment]);
}

ViewerNumbers viewer_numbers(const SegmentBounds& bounds, const std::uint32_t* of_employees) {
    ViewerNumbers numbers{.first_persons = of_employees};
    for (std::size_t g = 0; g < kViewerGroups; ++g) {
        numbers.begin[g] = bounds[g + 1];
        numbers.shift[g] = pool_draw_number(g + 1, 0) - bounds[g + 1];
    }
    return numbers;
}

GroupBlocks::GroupBlocks(const std::vector<std::int32_t>& codes, std::uint32_t groups) {
    std::vector<double> size(groups, 0);
    for (const std::int32_t code : codes) ++size[static_cast<std::size_t>(code)];
    begin_.assign(1, 0);
    for (const double members : size) begin_.push_back(begin_.back() + (members > 0 ? stepped(members) : 0));
    for (double& begin : begin_) begin /= begin_.back();
    begin_.back() = 1;
}

Range GroupBlocks::of(std::int32_t group, std::uint32_t pool_size) const {
    const auto place = [&](std::int32_t g) {
        return static_cast<std::uint32_t>(begin_[static_cast<std::size_t>(g)] * pool_size);
    };
    return {place(group), place(group + 1)};
}

}  // namespace groundswell
