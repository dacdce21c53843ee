// Runs work on another thread without the GIL while the calling thread reports progress and listens for Ctrl-C.
#pragma once

#include <functional>

#include "bindings/long_call.hpp"

namespace groundswell::bindings {

// Calls work() on its own thread; about ten times a second report() and Python's signal check on this one. On a signal
// call.cancel() becomes true and, once work has returned, the pending Python error (KeyboardInterrupt) is cleared and
// true is returned. An error of work is rethrown here. Where the system gives no thread, work runs on the calling one:
// nothing is reported and a signal waits until it has ended.
bool watch(const LongCall& call, const std::function<void()>& work, const std::function<void()>& report);

}  // namespace groundswell::bindings
