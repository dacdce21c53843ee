// The extension module. Only the order matters here: a class before the functions that mention it.
#include "bindings/bind.hpp"

PYBIND11_MODULE(_core, m) {
    m.doc() = "Compiled core of groundswell: worlds, designs, runs. Use the groundswell package instead.";
    m.attr("__version__") = GROUNDSWELL_VERSION;
    groundswell::bindings::bind_exceptions(m);
    groundswell::bindings::bind_exit(m);
    groundswell::bindings::bind_system(m);
    groundswell::bindings::bind_measures(m);
    groundswell::bindings::bind_world(m);
    groundswell::bindings::bind_ties(m);
    groundswell::bindings::bind_program(m);
    groundswell::bindings::bind_run(m);
    groundswell::bindings::bind_trace(m);
    groundswell::bindings::bind_spread(m);
}
