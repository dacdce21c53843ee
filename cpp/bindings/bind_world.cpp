#include <pybind11/stl.h>

#include <memory>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/parameters.hpp"
#include "bindings/watch.hpp"
#include "model/world.hpp"

namespace groundswell::bindings {

namespace {

std::vector<Edge> edges_from(const py::object& ties) {
    std::vector<Edge> edges;
    const auto array = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>::ensure(ties);
    if (!array || array.ndim() != 2 || array.shape(1) != 2)
        throw InvalidInput("coworker_ties: must be an array of shape (ties, 2)");
    const auto rows = array.unchecked<2>();
    for (py::ssize_t i = 0; i < rows.shape(0); ++i) edges.push_back({rows(i, 0), rows(i, 1)});
    return edges;
}

CompanyInput make_company(std::uint32_t employees, std::uint32_t departments, std::uint32_t regions,
                          const py::array& department, const py::array& region, const py::array& seniority,
                          const py::array& function, const py::array& department_shares, const py::array& region_shares,
                          const py::array& seniority_shares, const py::array& sales_share,
                          const py::array& recruiter_share, const py::dict& attributes, const py::object& coworker_ties,
                          const std::optional<std::int64_t>& page_followers) {
    CompanyInput input;
    WorkforceTable& table = input.workforce;
    table.employees = employees;
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
    if (attributes.size() != kAttributes) throw InvalidInput("attributes: must hold the nine attributes");
    for (std::size_t a = 0; a < kAttributes; ++a) {
        const std::string name(kAttributeNames[a]);
        if (!attributes.contains(name.c_str())) throw InvalidInput("attributes: '" + name + "' is missing");
        table.attributes[a] = vector_from<double>(attributes[name.c_str()], "attributes." + name, employees);
    }
    if (!coworker_ties.is_none()) {
        input.has_coworker_ties = true;
        input.coworker_ties = edges_from(coworker_ties);
    }
    if (page_followers) input.page_followers = *page_followers;
    return input;
}

std::unique_ptr<World> build(const CompanyInput& company, const py::dict& parameters, std::uint64_t seed,
                             std::uint32_t index, int threads, const std::optional<py::function>& progress) {
    const WorldParams params = world_params(parameters);
    std::unique_ptr<World> world;
    std::atomic<bool> cancel{false};
    const bool interrupted = watch(
        [&] { world = std::make_unique<World>(build_world(company, params, seed, index, threads, &cancel)); }, cancel,
        [&] {
            if (progress) (*progress)();
        });
    if (interrupted) throw Cancelled();
    return world;
}

py::dict attributes_of(const py::object& self) {
    const auto& world = self.cast<const World&>();
    py::dict values;
    for (std::size_t a = 0; a < kAttributes; ++a) {
        const std::vector<double>& data = world.workforce.attributes[a];
        values[py::str(std::string(kAttributeNames[a]))] =
            view_of(data.data(), {static_cast<py::ssize_t>(data.size())}, self);
    }
    return values;
}

template <class T, class Get>
auto vector_property(Get get) {
    return [get](const py::object& self) {
        const std::vector<T>& data = get(self.cast<const World&>());
        return view_of(data.data(), {static_cast<py::ssize_t>(data.size())}, self);
    };
}

std::uint64_t bytes_of(const World& w) {
    return w.persons.size() * sizeof(PersonTraits) + w.ties.size() * sizeof(TieWord) + w.row_begin.size() * 8 +
           std::uint64_t{w.employees} * (kAttributes * 8 + 4 * 4 + 4 + 1);
}

}  // namespace

void bind_world(py::module_& m) {
    m.def("default_parameters", &default_parameters, "Defaults of every C++ parameter, as nested dicts.");
    py::class_<CompanyInput>(m, "Company",
                             "A company as the core takes it: codes, attributes with NaN where missing, ties.")
        .def(py::init(&make_company), py::kw_only(), py::arg("employees"), py::arg("departments"), py::arg("regions"),
             py::arg("department"), py::arg("region"), py::arg("seniority"), py::arg("function"),
             py::arg("department_shares"), py::arg("region_shares"), py::arg("seniority_shares"),
             py::arg("sales_share"), py::arg("recruiter_share"), py::arg("attributes"),
             py::arg("coworker_ties") = py::none(), py::arg("page_followers") = py::none());
    py::class_<World>(m, "World", "One generated company and audience; read-only.")
        .def_readonly("seed", &World::seed)
        .def_readonly("index", &World::index)
        .def_readonly("employees", &World::employees)
        .def_property_readonly("person_count", &World::person_count)
        .def_readonly("segment_begin", &World::segment_begin,
                      "First person of each segment, and the number of persons.")
        .def_readonly("strength_value", &World::strength_value, "Factor of a weak tie, a strong tie, the page.")
        .def_property_readonly("row_begin",
                               vector_property<std::uint64_t>([](const World& w) -> auto& { return w.row_begin; }))
        .def_property_readonly("ties", vector_property<TieWord>([](const World& w) -> auto& { return w.ties; }))
        .def_property_readonly("sharer",
                               vector_property<std::uint8_t>([](const World& w) -> auto& { return w.sharer; }))
        .def_property_readonly("advocate_order",
                               vector_property<std::uint32_t>([](const World& w) -> auto& { return w.advocate_order; }))
        .def_property_readonly(
            "department", vector_property<std::int32_t>([](const World& w) -> auto& { return w.workforce.department; }))
        .def_property_readonly(
            "region", vector_property<std::int32_t>([](const World& w) -> auto& { return w.workforce.region; }))
        .def_property_readonly(
            "seniority", vector_property<std::int32_t>([](const World& w) -> auto& { return w.workforce.seniority; }))
        .def_property_readonly(
            "function", vector_property<std::int32_t>([](const World& w) -> auto& { return w.workforce.function; }))
        .def_property_readonly("attributes", &attributes_of, "Attribute name to values by employee, nothing missing.")
        .def_property_readonly(
            "persons",
            [](const py::object& self) {
                const auto& world = self.cast<const World&>();
                return view_of(reinterpret_cast<const std::uint8_t*>(world.persons.data()),
                               {static_cast<py::ssize_t>(world.persons.size()), 4}, self);
            },
            "Levels of visibility, affinity, susceptibility, propensity by person.")
        .def_property_readonly(
            "warnings",
            [](const World& w) {
                py::list list;
                for (const WorldWarning& warning : w.warnings)
                    list.append(py::make_tuple(warning.code, warning.count, warning.message));
                return list;
            },
            "Tuples (code, count, message).")
        .def_property_readonly("nbytes", &bytes_of);
    m.def("build_world", &build, py::arg("company"), py::arg("parameters"), py::arg("seed"), py::arg("index"),
          py::arg("threads"), py::arg("progress") = py::none(),
          "Build one world. Deterministic in everything but `threads`, which does not matter.");
    m.def(
        "estimate_world_bytes",
        [](const CompanyInput& company, const py::dict& parameters) {
            return estimate_world_bytes(company, world_params(parameters));
        },
        py::arg("company"), py::arg("parameters"), "Upper estimate of a world's bytes, without building it.");
}

}  // namespace groundswell::bindings
