#include <pybind11/stl.h>

#include <memory>
#include <system_error>
#include <utility>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/parameters.hpp"
#include "bindings/watch.hpp"
#include "world/pools.hpp"
#include "world/ties/person_rows.hpp"
#include "world/world.hpp"
#include "world/world_file.hpp"

namespace groundswell::bindings {

namespace {

std::unique_ptr<World> build(const CompanyInput& company, const py::dict& parameters, std::uint64_t seed,
                             std::uint32_t index, int threads, const std::optional<py::function>& progress,
                             bool stored) {
    const WorldParams params = world_params(parameters);
    std::unique_ptr<World> world;
    const LongCall call;
    const bool interrupted = watch(
        call,
        [&] {
            world = std::make_unique<World>(build_world(company, params, seed, index, threads, &call.cancel(),
                                                        stored ? RowStorage::all : RowStorage::as_needed));
        },
        [&] {
            if (progress) (*progress)();
        });
    if (interrupted) throw Cancelled();
    return world;
}

// A file that cannot be read or written is Python's OSError, with the number the system gave.
template <class Action>
auto with_os_errors(Action action) {
    try {
        const LongCall call;
        const WithoutGil released(call);
        return action();
    } catch (const std::system_error& error) {
        PyErr_SetObject(PyExc_OSError, py::make_tuple(error.code().value(), error.what()).ptr());
        throw py::error_already_set();
    }
}

std::unique_ptr<World> load(const std::string& path, const std::string& fingerprint, const CompanyInput& company,
                            int threads) {
    return with_os_errors([&] {
        auto world = load_world(path, fingerprint, company, threads);
        return world ? std::make_unique<World>(*std::move(world)) : nullptr;
    });
}

void save(const World& world, const std::string& path, const std::string& fingerprint) {
    with_os_errors([&] { save_world(world, path, fingerprint); });
}

void bind_world_file(py::module_& m) {
    m.def(
        "world_fingerprint",
        [](const CompanyInput& company, const py::dict& parameters, std::uint64_t seed, std::uint32_t index) {
            return world_fingerprint(company, world_params(parameters), seed, index);
        },
        py::arg("company"), py::arg("parameters"), py::arg("seed"), py::arg("index"),
        "32 hexadecimal digits of everything a world follows from, and of the file's schema.");
    m.def("save_world", &save, py::arg("world"), py::arg("path"), py::arg("fingerprint"),
          "Write a world to a file, whole or not at all. Raises OSError.");
    m.def("load_world", &load, py::arg("path"), py::arg("fingerprint"), py::arg("company"), py::arg("threads"),
          "The world of a file; None if there is no whole and sound one of this fingerprint. Raises OSError.");
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
    std::uint64_t bytes =
        w.persons.size() * sizeof(PersonTraits) + std::uint64_t{w.employees} * (kAttributes * 8 + 4 * 4 + 4 + 1);
    for (const PlatformGraph& graph : w.graphs)
        bytes += graph.ties.size() * sizeof(TieWord) + graph.row_begin.size() * 8 +
                 (graph.rows_as_needed ? graph.rows_as_needed->bytes() : 0);
    return bytes;
}

const PlatformGraph& graph_named(const World& world, const std::string& platform) {
    const PlatformGraph& graph = world.graph(platform_named(platform, "platforms"));
    if (!graph.on()) throw InvalidInput("platforms." + platform + ": is not on in this world");
    return graph;
}

// Of a world that makes its rows as they are needed: this makes all of them.
py::tuple copy_of_rows(const World& world, const PlatformGraph& graph) {
    std::vector<std::uint64_t> begin{0};
    std::vector<TieWord> ties;
    for (std::uint32_t node = 0; node <= world.page_node(); ++node) {
        const auto row = graph.row(node);
        ties.insert(ties.end(), row.begin(), row.end());
        begin.push_back(ties.size());
    }
    return py::make_tuple(array_from(std::move(begin)), array_from(std::move(ties)));
}

py::tuple rows_of(const py::object& self, const std::string& platform) {
    const auto& world = self.cast<const World&>();
    const PlatformGraph& graph = graph_named(world, platform);
    if (graph.rows_as_needed) return copy_of_rows(world, graph);
    return py::make_tuple(view_of(graph.row_begin.data(), {static_cast<py::ssize_t>(graph.row_begin.size())}, self),
                          view_of(graph.ties.data(), {static_cast<py::ssize_t>(graph.ties.size())}, self));
}

py::tuple employee_rows_of(const py::object& self, const std::string& platform) {
    const auto& world = self.cast<const World&>();
    const PlatformGraph& graph = graph_named(world, platform);
    const auto ties = static_cast<py::ssize_t>(graph.row_begin[world.employees]);
    return py::make_tuple(view_of(graph.row_begin.data(), {static_cast<py::ssize_t>(world.employees) + 1}, self),
                          view_of(graph.ties.data(), {ties}, self));
}

std::vector<std::string> platforms_on(const World& world) {
    std::vector<std::string> names;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (world.graphs[p].on()) names.emplace_back(kPlatformNames[p]);
    return names;
}

py::array_t<std::uint8_t> persons_of(const py::object& self) {
    const auto& world = self.cast<const World&>();
    return view_of(reinterpret_cast<const std::uint8_t*>(world.persons.data()),
                   {static_cast<py::ssize_t>(world.persons.size()), sizeof(PersonTraits)}, self);
}

py::list warnings_of(const World& world) {
    py::list list;
    for (const WorldWarning& warning : world.warnings)
        list.append(py::make_tuple(warning.code, warning.count, warning.message));
    return list;
}

void bind_employees(py::class_<World>& type) {
    type.def_property_readonly("draw_numbers",
                               vector_property<std::uint64_t>([](const World& w) -> auto& { return w.draw_numbers; }),
                               "By employee, u64: what keys their draws.")
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
        .def_property_readonly("attributes", &attributes_of, "Attribute name to values by employee, nothing missing.");
}

void bind_graphs(py::class_<World>& type) {
    type.def_property_readonly("platforms", &platforms_on,
                               "Names of the platforms that are on, in the order of their numbers.")
        .def("rows", &rows_of, py::arg("platform"),
             "Tuple (row_begin u64[persons + 2], ties u32): tie words of every person, employees first; the last row "
             "is the page's followers.")
        .def("employee_rows", &employee_rows_of, py::arg("platform"),
             "As rows, of the employees only: row_begin u64[employees + 1], ties u32. Makes no row of anybody else.")
        .def(
            "mean_degree",
            [](const World& w, const std::string& platform) { return graph_named(w, platform).mean_degree; },
            py::arg("platform"), "Mean number of ties of those who have any on the platform, employees included.");
}

void bind_world_type(py::module_& m) {
    py::class_<World> type(m, "World", "One generated company and audience; read-only.");
    type.def_readonly("seed", &World::seed)
        .def_readonly("index", &World::index)
        .def_readonly("employees", &World::employees)
        .def_property_readonly("person_count", &World::person_count)
        .def_readonly("segment_begin", &World::segment_begin,
                      "First person of each segment, and the number of persons.")
        .def_readonly("strength_value", &World::strength_value, "Factor of a weak tie, a strong tie, the page.")
        .def_property_readonly(
            "persons", &persons_of,
            "u8[persons, 8]: visibility class by platform (4), levels of affinity, susceptibility, propensity, "
            "presence mask.")
        .def_property_readonly("warnings", &warnings_of, "Tuples (code, count, message).")
        .def_property_readonly("nbytes", &bytes_of);
    bind_employees(type);
    bind_graphs(type);
}

}  // namespace

void bind_world(py::module_& m) {
    bind_company(m);
    m.def("default_parameters", &default_parameters, "Defaults of every C++ parameter, as nested dicts.");
    bind_world_type(m);
    m.def(
        "build_world", &build, py::arg("company"), py::arg("parameters"), py::arg("seed"), py::arg("index"),
        py::arg("threads"), py::arg("progress") = py::none(), py::arg("stored") = true,
        "Build one world. Deterministic; `threads` does not matter, nor does `stored`: False makes the rows of persons "
        "outside the company when a run first needs them.");
    m.def(
        "estimate_world_bytes",
        [](const CompanyInput& company, const py::dict& parameters) {
            return estimate_world_bytes(company, world_params(parameters));
        },
        py::arg("company"), py::arg("parameters"), "Upper estimate of a world's bytes, without building it.");
    m.def(
        "person_count",
        [](const CompanyInput& company, const py::dict& parameters) {
            return person_bounds(company, world_params(parameters).audience)[kSegments];
        },
        py::arg("company"), py::arg("parameters"), "Persons of a world, employees included, without building it.");
    bind_world_file(m);
}

}  // namespace groundswell::bindings
