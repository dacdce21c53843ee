// What the phases of a day hand to each other: posts about to be written, posts as remembered, acts. Spec:
// docs/MODEL.md 3, 4b.
#pragma once

#include <array>
#include <cstdint>

#include "core/philox.hpp"
#include "engine/trace.hpp"
#include "model/content.hpp"
#include "model/platform.hpp"
#include "model/posting.hpp"

namespace groundswell {

// A post about to be written: its author, moment and draws.
struct Draft {
    std::uint64_t identity;
    std::uint32_t minute;
    Platform platform;
    Process process;
    std::uint32_t slot;
    bool company;
    Block draws;
};

// The item that a draft carries, and in whose words.
struct DraftItem {
    std::uint64_t identity;
    Item item;
    bool own_words;
};

struct AuthorState {
    Credibility credibility;
    std::uint16_t last_day = 0;  // 1 + day of the last company-related post; 0 never
    std::array<std::uint16_t, kPlatforms> last_day_on{};
    std::uint16_t last_program_day = 0;  // 1 + day of the last post for the program
};

// A post as its author's followers will remember it, applied at the end of the day.
struct WrittenPost {
    std::uint32_t author;
    bool company, promotional, program;
    double authenticity;
};

// What will be passed on at the end of the slice: an attended view, or an amplified post of the page.
struct Act {
    std::uint32_t post;  // number of what was seen
    std::uint32_t person;
    std::uint32_t minute;  // of the day
    ActKind kind;
};

// What a viewer does on an attended view.
struct Reactions {
    bool engaged = false, clicked = false, reshared = false, muted = false;
};

}  // namespace groundswell
