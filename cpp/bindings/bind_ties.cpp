#include <pybind11/stl.h>

#include <algorithm>
#include <optional>

#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/edges.hpp"
#include "bindings/watch.hpp"
#include "world/ties/tie_completion.hpp"
#include "world/ties/tie_coverage.hpp"

namespace groundswell::bindings {

namespace {

std::uint32_t groups_of(const std::vector<std::int32_t>& group) {
    const auto largest = std::max_element(group.begin(), group.end());
    return largest == group.end() || *largest < 0 ? 1 : static_cast<std::uint32_t>(*largest) + 1;
}

py::array_t<std::uint32_t> pairs_from(const CoworkerTies& ties) {
    std::vector<std::uint32_t> ends;
    for (std::uint32_t i = 0; i + 1 < ties.begin.size(); ++i)
        for (std::uint64_t at = ties.begin[i]; at < ties.begin[i + 1]; ++at)
            if (i < ties.coworkers[at]) ends.insert(ends.end(), {i, ties.coworkers[at]});
    const auto rows = static_cast<py::ssize_t>(ends.size() / 2);
    return array_from(std::move(ends), {rows, 2});
}

py::array_t<std::uint32_t> complete(const py::array& ties, std::uint32_t employees, const py::array& group,
                                    double share, const py::object& complete_for, std::uint64_t seed,
                                    std::uint32_t world, int threads) {
    const auto codes = vector_from<std::int32_t>(group, "group", employees);
    TieCoverage coverage{share, {}};
    if (!complete_for.is_none())
        coverage.complete = vector_from<std::uint8_t>(complete_for, "company.ties_coverage.complete_for", employees);
    check_tie_coverage(coverage, employees);
    const CoworkerTies listed = given_coworker_ties(edges_from(ties, "ties"), employees);
    const std::vector<std::uint64_t> numbers = draw_numbers_or_rows({}, employees);
    CoworkerTies completed;
    const LongCall call;
    const BuildContext context{seed, world, threads, &call.cancel()};
    const bool interrupted = watch(
        call, [&] { completed = complete_ties(context, numbers, listed, coverage, codes, groups_of(codes)); }, [] {});
    if (interrupted) throw Cancelled();
    return pairs_from(completed);
}

}  // namespace

void bind_ties(py::module_& m) {
    m.def("complete_ties", &complete, py::kw_only(), py::arg("ties"), py::arg("employees"), py::arg("group"),
          py::arg("share"), py::arg("complete_for") = py::none(), py::arg("seed"), py::arg("world"), py::arg("threads"),
          "Listed and missing ties, u32[ties, 2] sorted, as a world with this seed and number would complete them.\n\n"
          "ties u32[E, 2], mutual, no self-loops or repeats; group i32[employees], -1 for none; share of the ties\n"
          "among employees not in complete_for (u8[employees], flags) that is listed.");
}

}  // namespace groundswell::bindings
