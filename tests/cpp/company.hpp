// What all tests share: companies of which everything is missing, so that a world draws it, and small questions.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "core/errors.hpp"
#include "world/world.hpp"

namespace groundswell::testing {

inline WorkforceTable blank_table(std::uint32_t employees) {
    WorkforceTable table;
    table.employees = employees;
    table.departments = 7;
    table.regions = 3;
    for (auto* column : {&table.department, &table.region, &table.seniority, &table.function})
        column->assign(employees, -1);
    table.department_shares = {.15, .25, .25, .15, .07, .05, .08};
    table.region_shares = {.5, .3, .2};
    table.seniority_shares = {.65, .20, .10, .04, .01};
    table.sales_share = {1, 0, 0, 0, 0, 0, 0};
    table.recruiter_share = {0, 0, 0, 0, 0, .4, 0};
    for (auto& column : table.attributes) column.assign(employees, std::numeric_limits<double>::quiet_NaN());
    return table;
}

inline CompanyInput blank_company(std::uint32_t employees) {
    CompanyInput company;
    company.workforce = blank_table(employees);
    return company;
}

inline std::vector<double>& column(WorkforceTable& table, Attribute attribute) {
    return table.attributes[static_cast<std::size_t>(attribute)];
}

inline std::size_t segment_of(const World& world, std::uint32_t person) {
    std::size_t s = 0;
    while (person >= world.segment_begin[s + 1]) ++s;
    return s;
}

// The text of the InvalidInput that an action throws.
template <class Action>
std::string message_of(Action action) {
    try {
        action();
    } catch (const InvalidInput& error) {
        return error.what();
    }
    return "nothing was thrown";
}

}  // namespace groundswell::testing
