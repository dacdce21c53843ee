#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/parameters.hpp"
#include "bindings/program.hpp"
#include "levers/selection.hpp"
#include "levers/settings.hpp"

namespace groundswell::bindings {

namespace {

// The place of a name in a list of names: the number of an enumeration's value.
template <std::size_t N>
std::size_t number_of(const std::array<std::string_view, N>& names, const py::handle& name, const char* address) {
    const auto text = name.cast<std::string>();
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) throw InvalidInput(std::string(address) + ": no such name: '" + text + "'");
    return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::int32_t> codes_from(const py::handle& values) { return values.cast<std::vector<std::int32_t>>(); }

// A number of people; None stands for all.
std::optional<std::uint32_t> size_from(const py::handle& value) {
    return value.is_none() ? std::nullopt : std::optional(value.cast<std::uint32_t>());
}

ProgramPeriod period_from(const py::dict& period) {
    ProgramPeriod result;
    result.first_day = period["first_day"].cast<std::int32_t>();
    read_fields(result.settings, period["settings"].cast<py::dict>(), "program");
    return result;
}

py::dict select(const World& world, const py::dict& description) {
    const std::vector<Selected> selected = select_employees(world, selection_from(description));
    const auto attribute = [&](Attribute a) {
        return column<double>(selected, [&](const Selected& s) { return world.workforce[a][s.employee]; });
    };
    py::dict table;
    table["employee"] = column<std::uint32_t>(selected, [](const Selected& s) { return s.employee; });
    table["wave"] = column<std::int32_t>(selected, [](const Selected& s) { return s.wave; });
    table["day"] = column<std::int32_t>(selected, [](const Selected& s) { return s.day; });
    table["score"] = column<double>(selected, [](const Selected& s) { return s.score; });
    table["fit"] = column<double>(selected, [](const Selected& s) { return s.fit; });
    table["connections"] = column<double>(selected, [](const Selected& s) { return s.connections; });
    table["activity"] = attribute(Attribute::social_activity);
    table["persuasion"] = attribute(Attribute::persuasion);
    table["willingness"] = attribute(Attribute::willingness);
    table["readiness"] = attribute(Attribute::readiness);
    return table;
}

py::list lever_list() {
    py::list list;
    for (const Lever& lever : levers()) {
        py::dict entry;
        entry["name"] = std::string(lever.name);
        entry["neutral"] = lever.neutral;
        entry["largest"] = lever.largest;
        entry["on_participation"] = lever.on_participation;
        entry["acts_on"] = std::string(lever.acts_on);
        entry["measure"] = std::string(lever.measure);
        entry["direction"] = lever.direction;
        list.append(entry);
    }
    return list;
}

}  // namespace

Selection selection_from(const py::dict& values) {
    Selection selection;
    if (!values["named"].is_none()) selection.named = values["named"].cast<std::vector<std::uint32_t>>();
    selection.not_invited = values["not_invited"].cast<std::vector<std::uint32_t>>();
    selection.departments = codes_from(values["departments"]);
    selection.functions = codes_from(values["functions"]);
    selection.regions = codes_from(values["regions"]);
    selection.connections_above = values["connections_above"].cast<double>();
    selection.willingness_above = values["willingness_above"].cast<double>();
    selection.platform = platform_named(values["platform"].cast<std::string>(), "program.select.platform");
    selection.order = static_cast<SelectionOrder>(number_of(kSelectionOrders, values["order"], "program.select.order"));
    selection.goal = static_cast<Goal>(number_of(kGoals, values["goal"], "program.select.goal"));
    read_fields(selection.weights, values["weights"].cast<py::dict>(), "program.select.weights");
    selection.size = size_from(values["size"]);
    for (const py::handle& quota : values["quotas"]) {
        const auto pair = quota.cast<std::pair<std::int32_t, std::uint32_t>>();
        selection.quotas.push_back({pair.first, pair.second});
    }
    for (const py::handle& item : values["waves"]) {
        const auto wave = item.cast<py::tuple>();
        selection.waves.push_back({wave[0].cast<std::int32_t>(), size_from(wave[1]), codes_from(wave[2])});
    }
    return selection;
}

std::optional<Program> program_from(const py::object& program) {
    if (program.is_none()) return std::nullopt;
    const auto values = program.cast<py::dict>();
    Program result;
    const auto who = values["who"].cast<py::tuple>();
    const auto rule = who[0].cast<std::string>();
    if (rule == "random")
        result.size = who[1].cast<std::uint32_t>();
    else if (rule == "named")
        result.named = who[1].cast<std::vector<std::uint32_t>>();
    else if (rule == "select")
        result.selection = selection_from(who[1].cast<py::dict>());
    else
        throw InvalidInput("program.who: rule '" + rule + "' must be random, named or select");
    result.random = rule == "random";
    result.periods.clear();
    for (const py::handle& period : values["periods"]) result.periods.push_back(period_from(period.cast<py::dict>()));
    return result;
}

std::optional<RunningProgram> running_from(const py::object& running) {
    if (running.is_none()) return std::nullopt;
    const auto values = running.cast<py::dict>();
    RunningProgram result;
    result.members = values["members"].cast<std::vector<std::uint32_t>>();
    result.days = values["days"].cast<std::vector<std::int32_t>>();
    result.posts_per_week = values["posts_per_week"].cast<std::vector<double>>();
    read_fields(result.settings, values["settings"].cast<py::dict>(), "company.members");
    result.stops = values["stops"].cast<bool>();
    return result;
}

void bind_program(py::module_& m) {
    m.def("select", &select, py::arg("world"), py::arg("selection"),
          "Whom a selection picks in a world, in order: dict of arrays, one entry a person.");
    m.def("levers", &lever_list, "The registry of levers: name, neutral, largest, what each acts on.");
}

}  // namespace groundswell::bindings
