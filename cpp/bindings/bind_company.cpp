#include <pybind11/stl.h>

#include <algorithm>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/edges.hpp"
#include "bindings/parameters.hpp"
#include "world/world.hpp"

namespace groundswell::bindings {

namespace {

// Followers are given as None, as a number of LinkedIn's, or as a dict of numbers by platform.
void read_followers(const py::object& given, std::array<std::int64_t, kPlatforms>& followers) {
    if (given.is_none()) return;
    if (!py::isinstance<py::dict>(given)) {
        followers[0] = given.cast<std::int64_t>();
        return;
    }
    for (const auto& item : given.cast<py::dict>())
        followers[static_cast<std::size_t>(platform_named(item.first.cast<std::string>(), "company.page_followers"))] =
            item.second.cast<std::int64_t>();
}

void read_connections(const py::object& given, std::uint32_t employees,
                      std::array<std::vector<double>, kPlatforms>& connections) {
    if (given.is_none()) return;
    for (const auto& item : given.cast<py::dict>()) {
        const auto name = item.first.cast<std::string>();
        const Platform platform = platform_named(name, "company.connections");
        if (platform == Platform::linkedin)
            throw InvalidInput("company.connections.linkedin: LinkedIn's connections are the attribute connections");
        connections[static_cast<std::size_t>(platform)] =
            vector_from<double>(item.second, "company.connections." + name, employees);
    }
}

// A dict that holds these two keys and no other.
py::dict dict_of_two(const py::object& given, const std::string& address, const std::string& one,
                     const std::string& other) {
    auto fields = given.cast<py::dict>();
    for (const auto& item : fields) {
        const auto key = item.first.cast<std::string>();
        if (key != one && key != other) throw InvalidInput(address + "." + key + ": must be " + one + " or " + other);
    }
    if (!fields.contains(one.c_str()) || !fields.contains(other.c_str()))
        throw InvalidInput(address + ": must hold " + one + " and " + other);
    return fields;
}

void read_audience(const py::object& given, AudienceInput& audience) {
    if (given.is_none()) return;
    const auto fields = dict_of_two(given, "company.audience", "persons", "ties");
    audience.given = true;
    const auto persons = vector_from<std::uint32_t>(fields["persons"], "company.audience.persons", kSegments);
    std::copy(persons.begin(), persons.end(), audience.persons.begin());
    audience.ties = edges_from(fields["ties"], "company.audience.ties");
}

void read_coverage(const py::object& given, std::uint32_t employees, TieCoverage& coverage) {
    if (given.is_none()) return;
    const auto fields = dict_of_two(given, "company.ties_coverage", "share", "complete_for");
    coverage.share = fields["share"].cast<double>();
    if (!fields["complete_for"].is_none())
        coverage.complete =
            vector_from<std::uint8_t>(fields["complete_for"], "company.ties_coverage.complete_for", employees);
}

void read_attributes(const py::dict& attributes, WorkforceTable& table) {
    if (attributes.size() != kAttributes) throw InvalidInput("attributes: must hold the nine attributes");
    for (std::size_t a = 0; a < kAttributes; ++a) {
        const std::string name(kAttributeNames[a]);
        if (!attributes.contains(name.c_str())) throw InvalidInput("attributes: '" + name + "' is missing");
        table.attributes[a] = vector_from<double>(attributes[name.c_str()], "attributes." + name, table.employees);
    }
}

CompanyInput make_company(std::uint32_t employees, std::uint32_t departments, std::uint32_t regions,
                          const py::array& department, const py::array& region, const py::array& seniority,
                          const py::array& function, const py::array& department_shares, const py::array& region_shares,
                          const py::array& seniority_shares, const py::array& sales_share,
                          const py::array& recruiter_share, const py::dict& attributes, const py::object& coworker_ties,
                          const py::object& page_followers, const py::object& connections, const py::object& audience,
                          const py::object& ties_coverage, const py::object& draw_numbers,
                          const py::object& known_ties) {
    CompanyInput input;
    WorkforceTable& table = input.workforce;
    table.employees = employees;
    if (!draw_numbers.is_none()) {
        table.draw_numbers = vector_from<std::uint64_t>(draw_numbers, "company.draw_numbers", employees);
        check_draw_numbers(table.draw_numbers, employees);
    }
    table.departments = departments;
    table.regions = regions;
    table.department = vector_from<std::int32_t>(department, "department", employees);
    table.region = vector_from<std::int32_t>(region, "region", employees);
    table.seniority = vector_from<std::int32_t>(seniority, "seniority", employees);
    table.function = vector_from<std::int32_t>(function, "function", employees);
    table.department_shares = vector_from<double>(department_shares, "department_shares", departments);
    table.region_shares = vector_from<double>(region_shares, "region_shares", regions);
    table.seniority_shares = vector_from<double>(seniority_shares, "seniority_shares", kSeniorities);
    table.sales_share = vector_from<double>(sales_share, "sales_share", departments);
    table.recruiter_share = vector_from<double>(recruiter_share, "recruiter_share", departments);
    read_attributes(attributes, table);
    input.has_coworker_ties = !coworker_ties.is_none();
    if (input.has_coworker_ties) input.coworker_ties = edges_from(coworker_ties, "coworker_ties");
    if (!known_ties.is_none()) {
        if (input.has_coworker_ties)
            throw InvalidInput(
                "company.known_ties: come with generated ties; add them to company.coworker_ties instead");
        input.known_ties = edges_from(known_ties, "known_ties");
    }
    read_followers(page_followers, input.page_followers);
    read_connections(connections, employees, input.connections);
    read_audience(audience, input.audience);
    read_coverage(ties_coverage, employees, input.tie_coverage);
    return input;
}

}  // namespace

void bind_company(py::module_& m) {
    py::class_<CompanyInput>(m, "Company",
                             "A company as the core takes it: codes, attributes with NaN where missing, ties.")
        .def(py::init(&make_company), py::kw_only(), py::arg("employees"), py::arg("departments"), py::arg("regions"),
             py::arg("department"), py::arg("region"), py::arg("seniority"), py::arg("function"),
             py::arg("department_shares"), py::arg("region_shares"), py::arg("seniority_shares"),
             py::arg("sales_share"), py::arg("recruiter_share"), py::arg("attributes"),
             py::arg("coworker_ties") = py::none(), py::arg("page_followers") = py::none(),
             py::arg("connections") = py::none(), py::arg("audience") = py::none(),
             py::arg("ties_coverage") = py::none(), py::arg("draw_numbers") = py::none(),
             py::arg("known_ties") = py::none());
}

}  // namespace groundswell::bindings
