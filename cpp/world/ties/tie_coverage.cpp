#include "world/ties/tie_coverage.hpp"

#include <algorithm>
#include <string>

#include "core/checks.hpp"

namespace groundswell {

void check_tie_coverage(const TieCoverage& coverage, std::uint32_t employees) {
    require_probability("company.ties_coverage.share", coverage.share);
    if (!coverage.complete.empty() && coverage.complete.size() != employees)
        reject("company.ties_coverage.complete_for", static_cast<double>(coverage.complete.size()),
               "one flag for each of the " + std::to_string(employees) + " employees");
    const bool nobody = std::find(coverage.complete.begin(), coverage.complete.end(), 1) == coverage.complete.end();
    if (coverage.share == 0 && nobody)
        throw InvalidInput(
            "company.ties_coverage.share = 0: must be above zero where complete_for names nobody; leave ties out to "
            "have them generated");
}

void check_tie_coverage(const CompanyInput& company) {
    check_tie_coverage(company.tie_coverage, company.workforce.employees);
    if (company.tie_coverage.full()) return;
    if (!company.has_coworker_ties)
        throw InvalidInput("company.ties_coverage: must come with company.coworker_ties, of which it speaks");
    for (std::size_t row = 0; row < company.audience.ties.size(); ++row) {
        const Edge& tie = company.audience.ties[row];
        if (std::min(tie.source, tie.target) < company.workforce.employees)
            throw InvalidInput("company.ties_coverage: must not be given where company.audience.ties (row " +
                               std::to_string(row) + ") holds the ties of employees; those are taken as they are");
    }
}

double listed_share(const TieCoverage& coverage, std::uint32_t employees) {
    if (coverage.full()) return 1;
    const auto complete = static_cast<double>(std::count(coverage.complete.begin(), coverage.complete.end(), 1));
    const double incomplete_share = 1 - complete / employees;
    return 1 - incomplete_share * incomplete_share * (1 - coverage.share);
}

}  // namespace groundswell
