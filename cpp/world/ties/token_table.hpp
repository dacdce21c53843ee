// Employees picked in proportion to their tokens, so that somebody who joins or leaves changes hardly a pick of others.
// Spec: docs/RANDOMNESS.md, Whose draws they are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/streams.hpp"

namespace groundswell {

class TokenTable {
public:
    // employees: in the order of their draw numbers; tokens: by employee; key: of the draws of places.
    TokenTable(StreamKey key, std::span<const std::uint32_t> employees, std::span<const std::uint64_t> draw_numbers,
               std::span<const std::uint32_t> tokens);

    // Of all employees with a token. They must be somebody else than `oneself`, if that is excluded.
    std::uint32_t pick(std::uint64_t key) const { return pick_other(key, kFree); }
    std::uint32_t pick_other(std::uint64_t key, std::uint32_t oneself) const;

    std::uint64_t tokens() const { return tokens_; }

private:
    static constexpr std::uint32_t kFree = 0xFFFFFFFFu;
    std::uint64_t tokens_ = 0;
    std::vector<std::uint32_t> places_;  // whose token is there; their number is a power of two
};

}  // namespace groundswell
