#include <pybind11/stl.h>

#include "bindings/bind.hpp"
#include "engine/layout.hpp"
#include "engine/measures.hpp"

namespace groundswell::bindings {

namespace {

py::dict entry_of(const Measure& measure) {
    py::dict entry;
    entry["id"] = static_cast<int>(measure.id);
    entry["name"] = std::string(measure.name);
    entry["unit"] = std::string(measure.unit);
    entry["kind"] = std::string(kMeasureKindNames[static_cast<std::size_t>(measure.kind())]);
    entry["by_segment"] = measure.by_segment();
    entry["by_source"] = measure.by_source();
    entry["by_platform"] = measure.by_platform();
    entry["by_hop"] = measure.by_hop();
    entry["better"] = std::string(kBetterNames[static_cast<std::size_t>(measure.better)]);
    entry["population"] = std::string(measure.population);
    entry["rests_on"] = std::string(measure.rests_on);
    entry["by_author"] = measure.by_author;
    entry["definition"] = std::string(measure.definition);
    entry["vendor_word"] = std::string(measure.vendor_word);
    return entry;
}

}  // namespace

void bind_measures(py::module_& m) {
    m.def(
        "measures",
        [] {
            py::list table;
            for (const Measure& measure : measures()) table.append(entry_of(measure));
            return table;
        },
        "Every output of the engine: id, name, unit, kind, dimensions, better, population, rests_on, definition.");
    m.attr("segments") = py::cast(std::vector<std::string>(kSegmentNames.begin(), kSegmentNames.end()));
    m.attr("platforms") = py::cast(std::vector<std::string>(kPlatformNames.begin(), kPlatformNames.end()));
    m.attr("sources") = py::cast(std::vector<std::string>(kSourceNames.begin(), kSourceNames.end()));
}

}  // namespace groundswell::bindings
