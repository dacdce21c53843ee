// What management sets: the value of every lever on one day of a program. Spec: docs/MODEL.md 2b, Levers.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "model/content.hpp"
#include "model/platform.hpp"

namespace groundswell {

struct ProgramSettings {
#define LEVER(name, value, ...) double name = value;
#include "levers/levers.def"
#undef LEVER
    PlatformValues platforms{.linkedin = 1};                                                   // shares of the posts
    KindValues mix{.story = 0, .product = 0, .press_release = 0, .job = 0, .third_party = 0};  // all 0: content's mix

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
#define LEVER(name, ...) visit(#name, self.name);
#include "levers/levers.def"
#undef LEVER
        visit("platforms", self.platforms);
        visit("mix", self.mix);
    }
    bool has_mix() const {
        return mix.story > 0 || mix.product > 0 || mix.press_release > 0 || mix.job > 0 || mix.third_party > 0;
    }
};

// Settings from a day of the horizon (0: its first) until the next period's.
struct ProgramPeriod {
    std::int32_t first_day = 0;
    ProgramSettings settings;
};

// One thing that management can change: an entry of the registry.
struct Lever {
    std::string_view name;  // field of ProgramSettings
    double ProgramSettings::*setting;
    double neutral;                 // the program is as if there were no such lever
    double largest;                 // that is sensible
    double most;                    // that is taken; the least is 0, and neutral is taken too
    bool on_participation = false;  // acts on who takes part: not on active advocates
    std::string_view acts_on;       // in words
    std::string_view measure;       // what it moves when it rises from neutral
    int direction;                  // of that measure: 1 up, -1 down, 0 not known by theory
};

inline constexpr auto kLevers = [] {
    constexpr double kAnyFinite = std::numeric_limits<double>::infinity();
#define LEVER(label, value, ...) Lever{.name = #label, .setting = &ProgramSettings::label, __VA_ARGS__},
    return std::array{
#include "levers/levers.def"
    };
#undef LEVER
}();

constexpr std::span<const Lever> levers() { return kLevers; }

// Throws InvalidInput for a lever out of its range, and for a mix that does not sum to 1.
void check(const ProgramSettings& settings);

}  // namespace groundswell
