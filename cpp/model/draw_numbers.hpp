// Whose draws are whose: 64-bit numbers of people that nobody else's coming or going changes. Spec: docs/RANDOMNESS.md.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/keyed_hash.hpp"
#include "model/segment.hpp"

namespace groundswell {

inline constexpr int kPoolIndexBits = 24;  // as many as a tie has for a person

// Of a person of a pool, by their place in it.
constexpr std::uint32_t pool_draw_number(std::size_t segment, std::uint32_t index) {
    return (static_cast<std::uint32_t>(segment) << kPoolIndexBits) | index;
}
inline constexpr std::uint64_t kPageDrawNumber = pool_draw_number(kSegments, 0);

// Employees' numbers are below 2^24 or from 2^63 on, so that they are never those of a person of a pool.
constexpr bool is_employee_draw_number(std::uint64_t number) {
    return number >> 63 != 0 || number < (std::uint64_t{1} << kPoolIndexBits);
}

// Throws InvalidInput (company.draw_numbers) for numbers that are not one for each employee, distinct, and such.
void check_draw_numbers(std::span<const std::uint64_t> numbers, std::uint32_t employees);

// Those given, or 0 … employees - 1 where none are.
std::vector<std::uint64_t> draw_numbers_or_rows(const std::vector<std::uint64_t>& given, std::uint32_t employees);

// The employees in the order of their numbers.
std::vector<std::uint32_t> order_of(std::span<const std::uint64_t> numbers);

// The 32-bit numbers of the employees as viewers: the number itself or its high half, moved to the next free one where
// that is taken.
std::vector<std::uint32_t> viewer_numbers_of(std::span<const std::uint64_t> numbers);

// A pair of persons, in either order.
constexpr std::uint64_t pair_draw_number(std::uint64_t a, std::uint64_t b) {
    return combine(std::min(a, b), std::max(a, b));
}

}  // namespace groundswell
