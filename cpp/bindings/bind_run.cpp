#include <pybind11/stl.h>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/parameters.hpp"
#include "bindings/program.hpp"
#include "bindings/watch.hpp"
#include "runner/runner.hpp"

namespace groundswell::bindings {

namespace {

Design make_design(const py::dict& parameters, const std::string& start, int warm_up_weeks, int weeks,
                   int follow_up_weeks, const py::object& program, const py::object& tenure_years,
                   const py::object& running) {
    YearParams params = year_params(parameters);
    Calendar calendar(start, warm_up_weeks, weeks, follow_up_weeks, params.platforms);
    std::vector<double> tenure;
    if (!tenure_years.is_none())
        tenure = vector_from<double>(tenure_years, "tenure_years", static_cast<std::size_t>(py::len(tenure_years)));
    return Design(params, std::move(calendar), program_from(program), std::move(tenure), running_from(running));
}

py::dict cells_dict(const std::vector<Cell>& cells) {
    py::dict table;
    table["first_day"] = column<std::int32_t>(cells, [](const Cell& c) { return c.first_day; });
    table["end_day"] = column<std::int32_t>(cells, [](const Cell& c) { return c.end_day; });
    table["window"] = column<std::int32_t>(cells, [](const Cell& c) { return c.window; });
    return table;
}

py::dict layout_dict(const Design& design) {
    const std::vector<Row>& rows = design.layout.rows;
    py::dict row_table;
    row_table["measure"] = column<std::int32_t>(rows, [](const Row& r) { return r.measure; });
    row_table["grain"] = column<std::int8_t>(rows, [](const Row& r) { return r.grain; });
    row_table["period"] = column<std::int32_t>(rows, [](const Row& r) { return r.period; });
    row_table["segment"] = column<std::int8_t>(rows, [](const Row& r) { return r.segment; });
    row_table["source"] = column<std::int8_t>(rows, [](const Row& r) { return r.source; });
    row_table["platform"] = column<std::int8_t>(rows, [](const Row& r) { return r.platform; });
    row_table["hop"] = column<std::int8_t>(rows, [](const Row& r) { return r.hop; });
    const std::vector<Fragment>& fragments = design.calendar.fragments;
    py::dict fragment_table;
    fragment_table["first_day"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.first_day; });
    fragment_table["end_day"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.end_day; });
    fragment_table["window"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.window; });
    fragment_table["week"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.week; });
    fragment_table["month"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.month; });
    fragment_table["quarter"] = column<std::int32_t>(fragments, [](const Fragment& f) { return f.quarter; });
    py::dict layout;
    layout["rows"] = row_table;
    layout["fragments"] = fragment_table;
    layout["weeks"] = cells_dict(design.calendar.weeks);
    layout["months"] = cells_dict(design.calendar.months);
    layout["quarters"] = cells_dict(design.calendar.quarters);
    layout["windows"] = cells_dict(design.calendar.windows);
    return layout;
}

py::dict stats_dict(const RunStats& stats) {
    py::dict phases;
    for (std::size_t p = 0; p < kPhases.size(); ++p)
        phases[py::str(std::string(kPhases[p].name))] = stats.phase_seconds[p];
    py::dict result;
    result["phase_seconds"] = phases;
    result["ties_filtered"] = stats.ties_filtered;
    result["candidates"] = stats.candidates;
    result["impressions"] = stats.impressions;
    result["first_hop_impressions"] = stats.first_hop_impressions;
    result["acts"] = stats.acts;
    return result;
}

// (sum, sum of squares) over finished replicates, each employees x measures; None where not recorded.
py::object people_tuple(const AuthorSums& people, std::uint32_t employees, bool recorded) {
    if (!recorded) return py::none();
    const std::vector<py::ssize_t> shape = {static_cast<py::ssize_t>(employees),
                                            static_cast<py::ssize_t>(kAuthorMeasures.size())};
    return py::make_tuple(array_from(std::vector<double>(people.total.begin(), people.total.end()), shape),
                          array_from(std::vector<double>(people.squares.begin(), people.squares.end()), shape));
}

// All replicates' acts and posts in two tables, with a column for the replicate.
template <class Record>
struct InReplicate {
    std::uint32_t replicate;
    Record record;
};

template <class Record>
std::vector<InReplicate<Record>> gather(const std::vector<CascadeLog>& logs, std::uint32_t first,
                                        std::vector<Record> CascadeLog::*table) {
    std::vector<InReplicate<Record>> all;
    for (std::size_t r = 0; r < logs.size(); ++r)
        for (const Record& record : logs[r].*table) all.push_back({first + static_cast<std::uint32_t>(r), record});
    return all;
}

py::object cascades_dict(const std::vector<CascadeLog>& logs, std::uint32_t first) {
    const auto posts = gather(logs, first, &CascadeLog::posts);
    py::dict post_table;
    const auto put_post = [&](const char* name, auto get) { post_table[name] = column<std::uint32_t>(posts, get); };
    std::vector<std::uint32_t> numbers;
    for (const CascadeLog& log : logs)
        for (std::size_t n = 0; n < log.posts.size(); ++n) numbers.push_back(static_cast<std::uint32_t>(n));
    post_table["post"] = array_from(std::move(numbers));
    put_post("replicate", [](const auto& p) { return p.replicate; });
    put_post("author", [](const auto& p) { return p.record.author; });
    put_post("source", [](const auto& p) { return p.record.source; });
    put_post("platform", [](const auto& p) { return p.record.platform; });
    put_post("day", [](const auto& p) { return p.record.day; });

    const auto acts = gather(logs, first, &CascadeLog::acts);
    py::dict table;
    const auto put = [&](const char* name, std::uint32_t CascadeAct::*member) {
        table[name] = column<std::uint32_t>(acts, [member](const auto& a) { return a.record.*member; });
    };
    table["replicate"] = column<std::uint32_t>(acts, [](const auto& a) { return a.replicate; });
    table["kind"] = column<std::uint8_t>(acts, [](const auto& a) { return a.record.kind; });
    put("post", &CascadeAct::post);
    put("act", &CascadeAct::number);
    put("parent", &CascadeAct::parent);
    put("person", &CascadeAct::person);
    put("day", &CascadeAct::day);
    put("minute", &CascadeAct::minute);
    put("hop", &CascadeAct::hop);
    put("views", &CascadeAct::views);
    table["posts"] = post_table;
    return table;
}

py::list run(const World& world, const std::vector<const Design*>& designs, std::uint32_t first, std::uint32_t last,
             int threads, const std::optional<py::function>& progress, bool people, bool cascades) {
    if (last < first) throw InvalidInput("replicates: the last must not come before the first");
    for (const Design* design : designs)
        if (design == nullptr) throw InvalidInput("designs: None is not a design");
    Progress state;
    const LongCall call(state.cancel);
    std::vector<DesignRuns> runs;
    const std::size_t total = designs.size() * (last - first);
    const bool interrupted = watch(
        call,
        [&] {
            runs = run_designs(world, designs, first, last, threads, state, {people, cascades});
        },
        [&] {
            if (progress) (*progress)(state.done.load(), total);
        });
    py::list results;
    for (DesignRuns& design : runs) {
        const auto replicates = static_cast<py::ssize_t>(design.finished.size());
        const auto rows = static_cast<py::ssize_t>(design.rows);
        py::array values = array_from(std::move(design.values), {replicates, rows});
        py::array finished = array_from(std::move(design.finished)).attr("astype")("bool");
        py::dict stats = stats_dict(design.stats);
        stats["interrupted"] = interrupted;  // also where every replicate was finished by then
        stats["people"] = people_tuple(design.people, world.employees, people);
        stats["cascades"] = cascades ? cascades_dict(design.cascades, first) : py::none();
        results.append(py::make_tuple(values, finished, stats));
    }
    return results;
}

}  // namespace

void bind_run(py::module_& m) {
    py::class_<Design>(m, "Design", "Everything that decides a run except the world, the seed and the luck.")
        .def(py::init(&make_design), py::kw_only(), py::arg("parameters"), py::arg("start"), py::arg("warm_up_weeks"),
             py::arg("weeks"), py::arg("follow_up_weeks"), py::arg("program") = py::none(),
             py::arg("tenure_years") = py::none(), py::arg("running") = py::none());
    m.def("layout", &layout_dict, py::arg("design"), "The rows of a result and the cells they belong to.");
    m.def("run", &run, py::arg("world"), py::arg("designs"), py::arg("first_replicate"), py::arg("last_replicate"),
          py::arg("threads"), py::arg("progress") = py::none(), py::arg("people") = false, py::arg("cascades") = false,
          "Run replicates [first, last) of every design; one (values, finished, stats) per design.");
    m.def(
        "author_measures",
        [] {
            std::vector<std::string> names;
            for (const Measure& measure : measures())
                if (measure.by_author) names.emplace_back(measure.name);
            return names;
        },
        "Names of what stats[\"people\"] of a run counts for each employee, in order.");
    m.def(
        "phases",
        [] {
            std::vector<std::string> names;
            names.reserve(kPhases.size());
            for (const Phase& phase : kPhases) names.emplace_back(phase.name);
            return names;
        },
        "Names of the phases of a day, in their order.");
    m.def("estimate_run_bytes", &estimate_run_bytes, py::arg("persons"), py::arg("rows"), py::arg("designs"),
          py::arg("replicates"), py::arg("threads"), "Bytes a run needs beside its world.");
}

}  // namespace groundswell::bindings
