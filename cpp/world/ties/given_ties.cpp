#include "world/ties/given_ties.hpp"

#include <algorithm>
#include <string>

#include "core/errors.hpp"
#include "world/pools.hpp"
#include "world/ties/coworker_ties.hpp"

namespace groundswell {
namespace {

std::string cell(std::size_t row, const char* column) {
    return "company.audience.ties[" + std::to_string(row) + "]" + column;
}

void check_tie(const Edge& tie, std::size_t row, std::uint32_t persons) {
    const auto check_end = [&](const char* column, std::uint32_t person) {
        if (person >= persons)
            throw InvalidInput(cell(row, column) + " = " + std::to_string(person) + ": must be a person from 0 to " +
                               std::to_string(persons - 1));
    };
    check_end(".source", tie.source);
    check_end(".target", tie.target);
    if (tie.source == tie.target)
        throw InvalidInput(cell(row, "") + " ties person " + std::to_string(tie.source) +
                           " to themself: source and target must be two persons");
}

// Names the first two rows that hold the same tie.
[[noreturn]] void refuse_repeat(const std::vector<Edge>& ties, std::uint32_t a, std::uint32_t b) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < ties.size(); ++row)
        if (unordered_pair(ties[row].source, ties[row].target) == unordered_pair(a, b)) rows.push_back(row);
    throw InvalidInput(cell(rows[1], "") + " repeats the tie of row " + std::to_string(rows[0]) + " (persons " +
                       std::to_string(ties[rows[0]].source) + " and " + std::to_string(ties[rows[0]].target) + ")");
}

// The ties of both tables. Those among employees must all be in one of them, so that none is given twice.
std::vector<Edge> ties_of_both_tables(const CompanyInput& company, std::uint32_t employees) {
    std::vector<Edge> ties = company.audience.ties;
    if (!company.has_coworker_ties) return ties;
    for (std::size_t row = 0; row < ties.size(); ++row)
        if (std::max(ties[row].source, ties[row].target) < employees)
            throw InvalidInput(cell(row, "") +
                               " ties two employees, and company.coworker_ties is given too: give the ties "
                               "among employees in one of the two tables");
    given_coworker_ties(company.coworker_ties, employees);  // called for its checks
    ties.insert(ties.end(), company.coworker_ties.begin(), company.coworker_ties.end());
    return ties;
}

}  // namespace

GivenTies::GivenTies(const CompanyInput& company) : employees_(company.workforce.employees) {
    const std::uint32_t persons = given_bounds(employees_, company.audience.persons)[kSegments];
    const std::vector<Edge>& given = company.audience.ties;
    for (std::size_t row = 0; row < given.size(); ++row) {
        check_tie(given[row], row, persons);
        of_employees_ = of_employees_ || std::min(given[row].source, given[row].target) < employees_;
    }
    index(of_employees_ ? ties_of_both_tables(company, employees_) : given, persons);
    for (std::uint32_t person = 0; person < persons; ++person) {
        const auto neighbors = row(person);
        const auto repeated = std::adjacent_find(neighbors.begin(), neighbors.end());
        if (repeated != neighbors.end()) refuse_repeat(given, person, *repeated);
    }
}

void GivenTies::index(const std::vector<Edge>& ties, std::uint32_t persons) {
    begin_.assign(std::size_t{persons} + 1, 0);
    for (const Edge& tie : ties) {
        ++begin_[tie.source + 1];
        ++begin_[tie.target + 1];
    }
    for (std::size_t k = 1; k < begin_.size(); ++k) begin_[k] += begin_[k - 1];
    neighbors_.resize(begin_.back());
    std::vector<std::uint64_t> next(begin_.begin(), begin_.end() - 1);
    for (const Edge& tie : ties) {
        neighbors_[next[tie.source]++] = tie.target;
        neighbors_[next[tie.target]++] = tie.source;
    }
    for (std::uint32_t person = 0; person < persons; ++person)
        std::sort(neighbors_.data() + begin_[person], neighbors_.data() + begin_[person + 1]);
}

std::span<const std::uint32_t> GivenTies::row(std::uint32_t person) const {
    return {neighbors_.data() + begin_[person], static_cast<std::size_t>(begin_[person + 1] - begin_[person])};
}

void GivenTies::others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const {
    const auto neighbors = row(person);
    others.assign(std::lower_bound(neighbors.begin(), neighbors.end(), employees_), neighbors.end());
}

EmployeeRows GivenTies::employee_rows(const World& world, const TieStrengths& strengths, Platform platform) const {
    const auto p = static_cast<std::size_t>(platform);
    EmployeeRows rows;
    rows.begin.assign(1, 0);
    for (std::uint32_t employee = 0; employee < employees_; ++employee) {
        for (const std::uint32_t person : row(employee)) {
            const PersonTraits& traits = world.persons[person];
            if (person < employees_ || traits.present(p))
                rows.ties.push_back(tie_word(person, traits.visibility[p], strengths.of(employee, person)));
        }
        rows.begin.push_back(rows.ties.size());
    }
    return rows;
}

}  // namespace groundswell
