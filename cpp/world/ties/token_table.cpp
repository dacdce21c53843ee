#include "world/ties/token_table.hpp"

#include <bit>

#include "core/stable_picks.hpp"

namespace groundswell {

TokenTable::TokenTable(StreamKey key, std::span<const std::uint32_t> employees,
                       std::span<const std::uint64_t> draw_numbers, std::span<const std::uint32_t> tokens) {
    constexpr std::uint32_t kFirstIndex = 0xFFFFFFFEu;  // of the draws of a token; going down, far above those of picks
    constexpr std::uint64_t kPlacesPerToken = 4;  // at least: fuller tables push more tokens aside when somebody comes
    for (const std::uint32_t employee : employees) tokens_ += tokens[employee];
    places_.assign(std::bit_ceil(kPlacesPerToken * tokens_), kFree);
    for (const std::uint32_t employee : employees)
        for (std::uint32_t token = 0; token < tokens[employee]; ++token) {
            Block words{};
            for (std::uint32_t attempt = 0;; ++attempt) {
                if (attempt % 4 == 0) words = draw(key, draw_numbers[employee], token, kFirstIndex - attempt / 4);
                std::uint32_t& place = places_[words[attempt % 4] & (places_.size() - 1)];
                if (place != kFree) continue;
                place = employee;
                break;
            }
        }
}

std::uint32_t TokenTable::pick_other(std::uint64_t key, std::uint32_t oneself) const {
    for (std::uint64_t k = 0;; ++k) {
        const std::uint32_t employee = places_[uniform_of(key, k) & (places_.size() - 1)];
        if (employee != kFree && employee != oneself) return employee;
    }
}

}  // namespace groundswell
