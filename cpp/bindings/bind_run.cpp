#include <pybind11/stl.h>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/parameters.hpp"
#include "bindings/watch.hpp"
#include "runner/runner.hpp"

namespace groundswell::bindings {

namespace {

std::optional<Program> program_from(const py::object& program) {
    if (program.is_none()) return std::nullopt;
    const auto values = program.cast<py::dict>();
    Program result;
    result.posts_per_week = values["posts_per_week"].cast<double>();
    result.company_content_fraction = values["company_content_fraction"].cast<double>();
    const auto advocates = values["advocates"].cast<py::tuple>();
    const auto rule = advocates[0].cast<std::string>();
    if (rule != "random" && rule != "named")
        throw InvalidInput("program.advocates: rule '" + rule + "' must be random or named");
    result.random = rule == "random";
    if (result.random)
        result.size = advocates[1].cast<std::uint32_t>();
    else
        result.named = advocates[1].cast<std::vector<std::uint32_t>>();
    return result;
}

Design make_design(const py::dict& parameters, const std::string& start, int warm_up_weeks, int weeks,
                   int follow_up_weeks, const py::object& program) {
    YearParams params = year_params(parameters);
    Calendar calendar(start, warm_up_weeks, weeks, follow_up_weeks, params.linkedin);
    return Design(params, std::move(calendar), program_from(program));
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
    for (std::size_t p = 0; p < kPhases.size(); ++p) phases[py::str(std::string(kPhases[p]))] = stats.phase_seconds[p];
    py::dict result;
    result["phase_seconds"] = phases;
    result["ties_filtered"] = stats.ties_filtered;
    result["candidates"] = stats.candidates;
    result["impressions"] = stats.impressions;
    return result;
}

// (sum, sum of squares) over finished replicates, each employees x measures; None where not recorded.
py::object people_tuple(const AuthorSums& people, std::uint32_t employees, bool recorded) {
    if (!recorded) return py::none();
    const std::vector<py::ssize_t> shape = {static_cast<py::ssize_t>(employees),
                                            static_cast<py::ssize_t>(kAuthorMeasures)};
    return py::make_tuple(array_from(std::vector<double>(people.total.begin(), people.total.end()), shape),
                          array_from(std::vector<double>(people.squares.begin(), people.squares.end()), shape));
}

py::list run(const World& world, const std::vector<const Design*>& designs, std::uint32_t first, std::uint32_t last,
             int threads, const std::optional<py::function>& progress, bool people) {
    if (last < first) throw InvalidInput("replicates: the last must not come before the first");
    for (const Design* design : designs)
        if (design == nullptr) throw InvalidInput("designs: None is not a design");
    Progress state;
    std::vector<DesignRuns> runs;
    const std::size_t total = designs.size() * (last - first);
    const bool interrupted =
        watch([&] { runs = run_designs(world, designs, first, last, threads, state, people); }, state.cancel,
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
        results.append(py::make_tuple(values, finished, stats));
    }
    return results;
}

py::dict trace_posts(const std::vector<TracePost>& posts) {
    py::dict table;
    const auto put = [&]<class T>(const char* name, T TracePost::*member) {
        table[name] = column<T>(posts, [member](const TracePost& p) { return p.*member; });
    };
    const auto flag = [&](const char* name, bool TracePost::*member) {
        table[name] =
            column<std::uint8_t>(posts, [member](const TracePost& p) { return p.*member; }).attr("astype")("bool");
    };
    put("author", &TracePost::author);
    put("day", &TracePost::day);
    put("minute", &TracePost::minute);
    put("process", &TracePost::process);
    put("slot", &TracePost::slot);
    put("identity", &TracePost::identity);
    put("item", &TracePost::item);
    put("kind", &TracePost::kind);
    put("ordinal", &TracePost::ordinal);
    put("credibility", &TracePost::credibility);
    put("appeal_engage", &TracePost::appeal_engage);
    put("appeal_reshare", &TracePost::appeal_reshare);
    flag("company", &TracePost::company);
    flag("link", &TracePost::link);
    flag("deal", &TracePost::deal);
    flag("call_to_action", &TracePost::call_to_action);
    flag("own_words", &TracePost::own_words);
    return table;
}

py::dict trace_views(const std::vector<TraceView>& views) {
    py::dict table;
    const auto put = [&]<class T>(const char* name, T TraceView::*member) {
        table[name] = column<T>(views, [member](const TraceView& v) { return v.*member; });
    };
    const auto flag = [&](const char* name, bool TraceView::*member) {
        table[name] =
            column<std::uint8_t>(views, [member](const TraceView& v) { return v.*member; }).attr("astype")("bool");
    };
    put("post", &TraceView::post);
    put("viewer", &TraceView::viewer);
    put("minute", &TraceView::minute);
    put("week_impressions", &TraceView::week_impressions);
    put("copies", &TraceView::copies);
    put("repeats", &TraceView::repeats);
    table["refusal"] = column<std::uint8_t>(views, [](const TraceView& v) { return v.refusal; });
    flag("attended", &TraceView::attended);
    flag("engaged", &TraceView::engaged);
    flag("clicked", &TraceView::clicked);
    flag("reshared", &TraceView::reshared);
    flag("muted", &TraceView::muted);
    return table;
}

py::dict trace(const World& world, const Design& design, std::uint32_t replicate) {
    const Plan plan(design, world);
    Workspace workspace(world);
    std::vector<double> values(design.layout.rows.size());
    Trace record;
    {
        const py::gil_scoped_release release;
        Replicate(plan, replicate, workspace, values, &record).run();
    }
    const auto days = static_cast<py::ssize_t>(record.segment_lift.size() / kSegments);
    py::dict result;
    result["posts"] = trace_posts(record.posts);
    result["views"] = trace_views(record.views);
    result["viewer"] = array_from(std::move(record.viewer));
    result["awareness"] = array_from(std::move(record.awareness));
    result["favorability"] = array_from(std::move(record.favorability));
    result["credibility"] = array_from(std::move(record.credibility));
    result["segment_lift"] = array_from(std::move(record.segment_lift), {days, kSegments});
    result["values"] = array_from(std::move(values));
    return result;
}

}  // namespace

void bind_run(py::module_& m) {
    py::class_<Design>(m, "Design", "Everything that decides a run except the world, the seed and the luck.")
        .def(py::init(&make_design), py::kw_only(), py::arg("parameters"), py::arg("start"), py::arg("warm_up_weeks"),
             py::arg("weeks"), py::arg("follow_up_weeks"), py::arg("program") = py::none());
    m.def("layout", &layout_dict, py::arg("design"), "The rows of a result and the cells they belong to.");
    m.def("run", &run, py::arg("world"), py::arg("designs"), py::arg("first_replicate"), py::arg("last_replicate"),
          py::arg("threads"), py::arg("progress") = py::none(), py::arg("people") = false,
          "Run replicates [first, last) of every design; one (values, finished, stats) per design.");
    m.def(
        "author_measures",
        [] { return std::vector<std::string>(kAuthorMeasureNames.begin(), kAuthorMeasureNames.end()); },
        "Names of what stats[\"people\"] of a run counts for each employee, in order.");
    m.def("trace", &trace, py::arg("world"), py::arg("design"), py::arg("replicate"),
          "Every post and every candidate view of one replicate (for tests: large).");
    m.def("estimate_run_bytes", &estimate_run_bytes, py::arg("persons"), py::arg("rows"), py::arg("designs"),
          py::arg("replicates"), py::arg("threads"), "Bytes a run needs beside its world.");
}

}  // namespace groundswell::bindings
