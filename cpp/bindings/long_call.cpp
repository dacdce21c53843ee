#include "bindings/long_call.hpp"

#include <chrono>
#include <thread>
#include <vector>

#include "bindings/bind.hpp"

namespace groundswell::bindings {

namespace {

// Read and written with the GIL held only. The GIL is thus the one lock here, and nobody can hold another one while
// waiting for it.
struct Calls {
    std::vector<const LongCall*> under_way;
    bool interpreter_ends = false;
};
Calls calls;

// Runs once the main thread has ended, before the interpreter is torn down: stops every call, refuses new ones, and
// waits until none is left. It cannot lock up. A call needs the GIL to leave, and this thread holds neither it nor
// anything else while it sleeps; the work of a call looks at its flag at every day of a replicate and between the steps
// of a world; and a call begun meanwhile ends before it lets go of the GIL. A callback of the user that never returns
// would keep us here: Ctrl-C ends the waiting, as it does with threads that Python itself waits for.
void end_calls() {
    calls.interpreter_ends = true;
    for (const LongCall* call : calls.under_way) call->cancel().store(true);
    while (!calls.under_way.empty()) {
        {
            const py::gil_scoped_release release;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    }
}

// The threads of the other calls do not exist in a forked process, which would wait for them forever.
void forget_calls() { calls.under_way.clear(); }

}  // namespace

LongCall::LongCall(std::atomic<bool>& cancel) : cancel_(cancel) {
    leave_if_interpreter_ends();
    calls.under_way.push_back(this);
}

LongCall::~LongCall() { std::erase(calls.under_way, this); }

void LongCall::leave_if_interpreter_ends() {
    if (!calls.interpreter_ends) return;
    py::set_error(PyExc_SystemExit, "the interpreter is ending: groundswell runs nothing any more");
    throw py::error_already_set();
}

void bind_exit(py::module_& /*m*/) {
    py::module_::import("atexit").attr("register")(py::cpp_function(&end_calls));
    const py::module_ os = py::module_::import("os");
    if (py::hasattr(os, "register_at_fork"))
        os.attr("register_at_fork")(py::arg("after_in_child") = py::cpp_function(&forget_calls));
}

}  // namespace groundswell::bindings
