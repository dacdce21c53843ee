#include "world/build_context.hpp"

#include <algorithm>

#include "core/errors.hpp"
#include "core/parallel.hpp"

namespace groundswell {

void BuildContext::stop_if_cancelled() const {
    if (cancel != nullptr && cancel->load()) throw Cancelled();
}

void over_chunks(const BuildContext& context, std::uint32_t first, std::uint32_t last,
                 const std::function<void(std::uint32_t, std::uint32_t, int)>& body) {
    const auto work_on_chunk = [&](std::size_t chunk, int thread) {
        const std::uint32_t begin = first + static_cast<std::uint32_t>(chunk) * kChunk;
        body(begin, begin + std::min(last - begin, kChunk), thread);
    };
    parallel_for(chunks_of(last - first), context.threads, work_on_chunk, context.cancel);
    context.stop_if_cancelled();
}

}  // namespace groundswell
