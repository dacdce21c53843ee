// The 32-bit numbers by which the hash of a post tells its viewers apart (docs/RANDOMNESS.md). They differ from person
// numbers, which say where somebody stands in the world's arrays and change when others come or go.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace groundswell {

inline constexpr std::size_t kViewerGroups = 6;  // of consecutive persons, one after another, from begin[0] on

struct ViewerNumbers {
    const std::uint32_t* first_persons = nullptr;      // those of the persons below begin[0]
    std::array<std::uint32_t, kViewerGroups> begin{};  // first person of each group
    std::array<std::uint32_t, kViewerGroups> shift{};  // of a group: number - person

    std::uint32_t of(std::uint32_t person) const {
        if (person < begin[0]) return first_persons[person];
        std::uint32_t number = person + shift[0];
        for (std::size_t g = 1; g < kViewerGroups; ++g) number = person >= begin[g] ? person + shift[g] : number;
        return number;
    }
};

}  // namespace groundswell
