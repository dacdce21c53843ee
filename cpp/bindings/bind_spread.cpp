#include <algorithm>
#include <optional>
#include <span>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/watch.hpp"
#include "spread/spread.hpp"

namespace groundswell::bindings {

namespace {

// The memory of a one-dimensional array of exactly this element type, without a copy: arcs come in hundreds of
// millions.
template <class T>
std::span<const T> span_of(const py::array_t<T, py::array::c_style>& array, const std::string& name) {
    if (array.ndim() != 1) throw InvalidInput(name + ": must have one dimension");
    return {array.data(), static_cast<std::size_t>(array.size())};
}

SpreadModel model_named(const std::string& name) {
    if (name == "ic") return SpreadModel::independent_cascade;
    if (name == "wc") return SpreadModel::weighted_cascade;
    if (name == "lt") return SpreadModel::linear_threshold;
    throw InvalidInput("model = '" + name + "': must be one of ic, wc, lt");
}

using Nodes = py::array_t<std::uint32_t, py::array::c_style>;
using Values = py::array_t<double, py::array::c_style>;

SpreadNetwork network(std::uint64_t nodes, const Nodes& source, const Nodes& target, const Values& value,
                      bool both_ways, const std::string& model, double p) {
    if (nodes > kMostNodes) throw InvalidInput("graph: at most 4,294,967,294 nodes can be counted");
    const ArcList list{static_cast<std::uint32_t>(nodes), span_of(source, "source"), span_of(target, "target"),
                       span_of(value, "value"), both_ways};
    const SpreadModel of = model_named(model);
    std::optional<SpreadNetwork> made;
    const LongCall call;
    const bool interrupted = watch(
        call, [&] { made.emplace(make_network(list, of, p)); }, [] {});
    if (interrupted) throw Cancelled();
    return std::move(*made);
}

py::dict cascades(const SpreadNetwork& network, const Nodes& seeds, std::uint64_t seed, std::uint64_t first,
                  std::uint64_t last, int threads, bool sizes, bool by_node) {
    const std::span<const std::uint32_t> nodes = span_of(seeds, "seeds");
    const SpreadTask task{{nodes.begin(), nodes.end()}, seed, first, last, threads, sizes, by_node};
    SpreadRun run;
    const LongCall call;
    const bool interrupted = watch(
        call, [&] { run = run_cascades(network, task, call.cancel()); }, [] {});
    if (interrupted) throw Cancelled();
    py::dict found;
    found["cascades"] = run.cascades;
    found["mean"] = run.mean;
    found["squares"] = run.squares;
    found["sizes"] = array_from(std::move(run.sizes));
    found["times_active"] = array_from(std::move(run.times_active));
    return found;
}

std::uint64_t bytes_of_cascades(std::uint64_t nodes, std::uint64_t last, int threads, bool sizes, bool by_node) {
    return estimate_cascade_bytes(nodes, SpreadTask{{}, 0, 0, last, threads, sizes, by_node});
}

}  // namespace

void bind_spread(py::module_& m) {
    py::class_<SpreadNetwork>(m, "SpreadNetwork", "A graph with the chances of its arcs, ready for cascades.")
        .def(py::init(&network), py::kw_only(), py::arg("nodes"), py::arg("source").noconvert(),
             py::arg("target").noconvert(), py::arg("value").noconvert(), py::arg("both_ways"), py::arg("model"),
             py::arg("p"),
             "Arcs u32[arcs] from and to nodes below `nodes`; value f64[arcs] or of size 0; model ic, wc or lt.")
        .def_property_readonly("nodes", &SpreadNetwork::nodes);
    m.def("cascades", &cascades, py::arg("network"), py::kw_only(), py::arg("seeds").noconvert(), py::arg("seed"),
          py::arg("first"), py::arg("last"), py::arg("threads"), py::arg("sizes"), py::arg("by_node"),
          "Cascades [first, last) from the nodes `seeds` u32[]: how many, mean size, sum of squared differences from\n"
          "it, sizes u32[cascades] and times_active u64[nodes], either of size 0 unless asked for.");
    m.def("estimate_network_bytes", &estimate_network_bytes, py::arg("nodes"), py::arg("arcs"), py::arg("values"),
          "Bytes that a SpreadNetwork takes at most while it is made.");
    m.def("estimate_cascade_bytes", &bytes_of_cascades, py::arg("nodes"), py::arg("cascades"), py::arg("threads"),
          py::arg("sizes"), py::arg("by_node"), "Bytes that cascades take beside their network.");
}

}  // namespace groundswell::bindings
