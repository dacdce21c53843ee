#include "engine/first_degree.hpp"

#include <algorithm>

namespace groundswell {

FirstDegree::FirstDegree(const World& world, const std::vector<Platform>& on) : world_(world) {
    for (const Platform platform : on) {
        auto& tables = tables_[static_cast<std::size_t>(platform)];
        auto& bits = bits_[static_cast<std::size_t>(platform)];
        std::uint64_t next = 0;
        for (std::uint32_t author = 0; author <= world.page(); ++author) {
            const auto ties = static_cast<std::uint32_t>(world.graph(platform).row(world.node(author)).size());
            const std::uint32_t size = std::max(64u, std::bit_ceil(16 * ties));
            tables.push_back({next, 32u - static_cast<std::uint32_t>(std::countr_zero(size))});
            next += size;
        }
        bits.assign(next / 64, 0);
        for (std::uint32_t author = 0; author <= world.page(); ++author)
            for (const TieWord tie : world.graph(platform).row(world.node(author))) {
                const std::uint64_t at = place(tables[author], tie_person(tie));
                bits[at / 64] |= std::uint64_t{1} << (at % 64);
            }
    }
}

bool FirstDegree::connected(Platform platform, std::uint32_t node, std::uint32_t person) const {
    const std::uint64_t at = place(table(platform, node), person);
    if ((bits_[static_cast<std::size_t>(platform)][at / 64] >> (at % 64) & 1u) == 0) return false;
    const auto row = world_.graph(platform).row(node);
    const auto tie = std::lower_bound(row.begin(), row.end(), person,
                                      [](TieWord word, std::uint32_t wanted) { return tie_person(word) < wanted; });
    return tie != row.end() && tie_person(*tie) == person;
}

}  // namespace groundswell
