// The hot path's hash as one endless stream of 32-bit words, for dieharder: posts in the order in which a year makes
// them (day, author), and for each post the candidates' hashes and words of 300 neighboring viewers.
#include <cstdio>
#include <string>
#include <vector>

#include "core/keyed_hash.hpp"
#include "core/streams.hpp"

int main(int argc, char** argv) {
    using namespace groundswell;
    const bool words = argc > 1 && std::string(argv[1]) == "words";
    const StreamKey views = stream_key(1, 0, 0, Decision::views);
    constexpr std::uint32_t kViewers = 300;
    std::vector<std::uint32_t> buffer;
    for (std::uint64_t day = 0;; ++day) {
        for (std::uint64_t author = 0; author < 1000; ++author) {
            const Block random = draw(views, author << 32 | day << 16 | 2u << 12);
            const std::uint64_t key = random[0] | (std::uint64_t{random[1]} << 32);
            buffer.clear();
            for (std::uint32_t v = 0; v < kViewers; ++v) {
                const auto viewer = static_cast<std::uint32_t>(author) * 550 + v;
                if (!words) buffer.push_back(view_hash(key, viewer));
                for (std::uint32_t w = 0; words && w < 3; ++w) {
                    const std::uint64_t word = view_word(key, viewer, w);
                    buffer.push_back(static_cast<std::uint32_t>(word));
                    buffer.push_back(static_cast<std::uint32_t>(word >> 32));
                }
            }
            if (std::fwrite(buffer.data(), 4, buffer.size(), stdout) != buffer.size()) return 0;  // the reader has enough
        }
    }
}
