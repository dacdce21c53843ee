#include "bindings/watch.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace groundswell::bindings {

namespace py = pybind11;

namespace {

// Not joinable where the system gives no thread, or no memory for one.
std::thread thread_if_possible(const std::function<void()>& body) {
    try {
        return std::thread(body);
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

bool watch(const LongCall& call, const std::function<void()>& work, const std::function<void()>& report) {
    std::atomic<bool>& cancel = call.cancel();
    std::mutex mutex;
    std::condition_variable finished;
    bool done = false;
    std::exception_ptr failure;
    const auto work_and_tell = [&] {
        try {
            work();
        } catch (...) {
            failure = std::current_exception();
        }
        const std::lock_guard lock(mutex);
        done = true;
        finished.notify_one();
    };
    std::thread worker = thread_if_possible(work_and_tell);
    if (!worker.joinable()) {
        const WithoutGil released(call);
        work_and_tell();
    }

    bool interrupted = false;
    std::exception_ptr report_failure;
    const auto check_and_report = [&] {
        if (PyErr_CheckSignals() != 0) {
            PyErr_Clear();
            interrupted = true;
            cancel.store(true);
        }
        try {
            report();
        } catch (const py::error_already_set& error) {
            if (error.matches(PyExc_KeyboardInterrupt))
                interrupted = true;  // Ctrl-C in the progress callback is a Ctrl-C: keep what is finished
            else
                report_failure = std::current_exception();
            cancel.store(true);
        } catch (...) {  // a failing progress callback must not leave the worker running
            report_failure = std::current_exception();
            cancel.store(true);
        }
    };
    for (;;) {
        {
            const WithoutGil released(call);
            std::unique_lock lock(mutex);
            if (finished.wait_for(lock, std::chrono::milliseconds(100), [&] { return done; })) break;
        }
        check_and_report();
    }
    if (worker.joinable()) worker.join();
    LongCall::leave_if_interpreter_ends();
    if (failure) std::rethrow_exception(failure);
    if (!report_failure) check_and_report();
    if (report_failure) std::rethrow_exception(report_failure);
    return interrupted;
}

}  // namespace groundswell::bindings
