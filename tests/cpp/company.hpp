// Companies for the tests: everything missing, so that a world draws it.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "world/world.hpp"

namespace groundswell::testing {

inline WorkforceTable blank_table(std::uint32_t employees) {
    WorkforceTable t;
    t.employees = employees;
    t.departments = 7;
    t.regions = 3;
    for (auto* column : {&t.department, &t.region, &t.seniority, &t.function}) column->assign(employees, -1);
    t.department_shares = {.15, .25, .25, .15, .07, .05, .08};
    t.region_shares = {.5, .3, .2};
    t.seniority_shares = {.65, .20, .10, .04, .01};
    t.sales_share = {1, 0, 0, 0, 0, 0, 0};
    t.recruiter_share = {0, 0, 0, 0, 0, .4, 0};
    for (auto& column : t.attributes) column.assign(employees, std::numeric_limits<double>::quiet_NaN());
    return t;
}

inline CompanyInput blank_company(std::uint32_t employees) {
    CompanyInput company;
    company.workforce = blank_table(employees);
    return company;
}

inline std::vector<double>& column(WorkforceTable& table, Attribute a) {
    return table.attributes[static_cast<std::size_t>(a)];
}

}  // namespace groundswell::testing
