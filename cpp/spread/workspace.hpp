// What one thread needs to run cascades: who is active, in the order of their activation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/system.hpp"

namespace groundswell {

// Active nodes as bits, which stay in the nearest cache where a stamp of four bytes a node would not (12 kB against
// 400 kB for 100,000 nodes), and the list of them, by which the bits are cleared: nothing costs time for a node that
// was not reached.
class ActiveNodes {
public:
    explicit ActiveNodes(std::uint32_t nodes) : words_(nodes / 64 + 1), list_(std::size_t{nodes} + 1) {}

    std::uint32_t size() const { return size_; }
    std::uint32_t operator[](std::uint32_t i) const { return list_[i]; }
    std::span<const std::uint32_t> all() const { return {list_.data(), size_}; }
    bool has(std::uint32_t node) const { return (words_[node >> 6] >> (node & 63) & 1) != 0; }

    // Adds a node unless it is there; without a branch, since no predictor can know which nodes are.
    void add(std::uint32_t node) {
        std::uint64_t& word = words_[node >> 6];
        const std::uint64_t bit = std::uint64_t{1} << (node & 63);
        list_[size_] = node;  // written over by the next one if this one was active
        size_ += static_cast<std::uint32_t>((word & bit) == 0);
        word |= bit;
    }

    void clear() {
        for (std::uint32_t i = 0; i < size_; ++i) words_[list_[i] >> 6] = 0;
        size_ = 0;
    }

private:
    std::vector<std::uint64_t> words_;
    std::vector<std::uint32_t> list_;  // one longer than there are nodes: the place that add() writes over
    std::uint32_t size_ = 0;
};

}  // namespace groundswell
