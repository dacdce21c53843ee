// Threads over independent indices. Results must not depend on which thread takes which index.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace groundswell {

// Calls body(index, thread) for index in [0, count), thread in [0, threads); rethrows the first exception (by index
// order of its task) after all threads have stopped. Stops taking new indices once *cancel is true. Where the system
// gives fewer threads than asked for, these do the work.
void parallel_for(std::size_t count, int threads, const std::function<void(std::size_t, int)>& body,
                  const std::atomic<bool>* cancel = nullptr);

}  // namespace groundswell
