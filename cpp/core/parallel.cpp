#include "core/parallel.hpp"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace groundswell {

void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t, int)>& body,
                  const std::atomic<bool>* cancel) {
    const int workers = static_cast<int>(std::min<std::size_t>(count, static_cast<std::size_t>(std::max(threads, 1))));
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    struct Failure {
        std::size_t index = 0;
        std::exception_ptr error;
    };
    std::vector<Failure> failures(static_cast<std::size_t>(std::max(workers, 1)));

    const auto work = [&](int thread) {
        for (;;) {
            if (failed.load() || (cancel != nullptr && cancel->load())) return;
            const std::size_t index = next.fetch_add(1);
            if (index >= count) return;
            try {
                body(index, thread);
            } catch (...) {
                failures[static_cast<std::size_t>(thread)] = {index, std::current_exception()};
                failed.store(true);
                return;
            }
        }
    };

    std::vector<std::thread> pool;
    pool.reserve(failures.size() - 1);
    try {
        for (int t = 1; t < workers; ++t) pool.emplace_back(work, t);
    } catch (const std::exception&) {
        // The system gives no further thread, or no memory for one. Those that there are take all indices, which
        // changes no result. An exception must not leave here before the threads are joined: it would end the process.
    }
    work(0);
    for (auto& thread : pool) thread.join();

    const Failure* first = nullptr;
    for (const Failure& f : failures)
        if (f.error && (first == nullptr || f.index < first->index)) first = &f;
    if (first != nullptr) std::rethrow_exception(first->error);
}

}  // namespace groundswell
