// What management sets: the value of every lever on one day of a program. Spec: docs/MODEL.md 2b, Levers.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/fields.hpp"
#include "model/content.hpp"
#include "model/platform.hpp"

namespace groundswell {

struct ProgramSettings {
    double posts_per_week = 4;
    double company_content_fraction = .5;
    PlatformValues platforms{.linkedin = 1};  // shares of the posts
    double own_words = -1;                    // share of posts in own words; below 0: content.own_words
    KindValues mix{.story = 0, .product = 0, .press_release = 0, .job = 0, .third_party = 0};  // all 0: content's mix
    double mandate = 0;  // 1/2 or more: all who are invited have to take part
    double training_hours_per_person = 0;
    double recognition = 0;
    double money = 0;
    double leadership = 0;
    double champion = 0;
    double guidelines = 0;
    double access_blocked = 0;
    double tool_ease = 0;
    double page_amplification = 0;
    GROUNDSWELL_FIELDS(visit("posts_per_week", self.posts_per_week);
                       visit("company_content_fraction", self.company_content_fraction);
                       visit("platforms", self.platforms); visit("own_words", self.own_words); visit("mix", self.mix);
                       visit("mandate", self.mandate);
                       visit("training_hours_per_person", self.training_hours_per_person);
                       visit("recognition", self.recognition); visit("money", self.money);
                       visit("leadership", self.leadership); visit("champion", self.champion);
                       visit("guidelines", self.guidelines); visit("access_blocked", self.access_blocked);
                       visit("tool_ease", self.tool_ease); visit("page_amplification", self.page_amplification);)
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
    std::string_view name;     // field of ProgramSettings
    double neutral, largest;   // at neutral the program is as if there were no such lever
    bool on_participation;     // acts on who takes part: not on active advocates
    std::string_view acts_on;  // in words
    std::string_view measure;  // what it moves when it rises from neutral
    int direction;             // of that measure: 1 up, -1 down, 0 not known by theory
};

std::span<const Lever> levers();

}  // namespace groundswell
