// Who is connected with whom, asked a view at a time: bits that rule most people out before their row is searched.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "world/world.hpp"

namespace groundswell {

// For each author (employees, then the page) and platform: a bit for each connection, in sixteen times as many bits.
// A person whose bit is not set is not connected; of the others the row decides.
class FirstDegree {
public:
    FirstDegree(const World& world, const std::vector<Platform>& on);

    bool connected(Platform platform, std::uint32_t node, std::uint32_t person) const;
    // What `connected` looks at first.
    const void* memory(Platform platform, std::uint32_t node, std::uint32_t person) const {
        return &bits_[static_cast<std::size_t>(platform)][place(table(platform, node), person) / 64];
    }

private:
    struct Table {
        std::uint64_t begin = 0;  // bit
        std::uint32_t shift = 0;  // of the hash: 32 - logarithm of the number of bits
    };
    const Table& table(Platform platform, std::uint32_t node) const {
        const std::uint32_t author = node == world_.page_node() ? world_.page() : node;
        return tables_[static_cast<std::size_t>(platform)][author];
    }
    static std::uint64_t place(const Table& table, std::uint32_t person) {
        return table.begin + ((person * 0x9E3779B1u) >> table.shift);
    }

    const World& world_;
    std::array<std::vector<Table>, kPlatforms> tables_;
    std::array<std::vector<std::uint64_t>, kPlatforms> bits_;
};

}  // namespace groundswell
