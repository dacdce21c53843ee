// A call from Python that lets go of the GIL on its way, and how such calls end before the interpreter does.
#pragma once

#include <pybind11/pybind11.h>

#include <atomic>

namespace groundswell::bindings {

// Lives from before a call lets go of the GIL until it will not wait for it any more; made and destroyed with the GIL
// held. Python ends a thread that asks for the GIL of an interpreter that is gone, and this terminates the process if
// frames of C++ are on the thread's stack: a daemon thread that still simulates when the main thread ends would do so.
// Therefore the end of the interpreter (atexit) makes cancel() true and waits until no call is left.
class LongCall {
public:
    // Throws SystemExit once the interpreter is ending.
    LongCall() : LongCall(own_) {}
    explicit LongCall(std::atomic<bool>& cancel);
    ~LongCall();
    LongCall(const LongCall&) = delete;
    LongCall& operator=(const LongCall&) = delete;
    LongCall(LongCall&&) = delete;
    LongCall& operator=(LongCall&&) = delete;

    [[nodiscard]] std::atomic<bool>& cancel() const { return cancel_; }

    // Throws Python's SystemExit if the interpreter began to end meanwhile. It ends a thread in silence, while an error
    // of ours or a KeyboardInterrupt would be printed at exit, though nothing went wrong.
    static void leave_if_interpreter_ends();

private:
    std::atomic<bool> own_{false};
    std::atomic<bool>& cancel_;
};

// The only way to let go of the GIL in this module: a call that does so can be waited for.
class WithoutGil {
public:
    explicit WithoutGil(const LongCall& /*under_way*/) {}

private:
    pybind11::gil_scoped_release released_;
};

}  // namespace groundswell::bindings
