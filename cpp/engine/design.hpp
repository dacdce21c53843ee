// One design: everything that decides a run except the world, the seed and the luck.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fields.hpp"
#include "engine/calendar.hpp"
#include "engine/layout.hpp"
#include "model/awareness.hpp"
#include "model/content.hpp"
#include "model/feed.hpp"
#include "model/platform.hpp"
#include "model/posting.hpp"
#include "model/world.hpp"

namespace groundswell {

struct YearParams {
    PlatformsParams platforms;
    ContentParams content;
    PostingParams posting;
    CredibilityParams credibility;
    FeedParams feed;
    AwarenessParams awareness;
};

// Active advocates: employees who keep posting all year. A random group of n are the first n of the world's order.
struct Program {
    double posts_per_week = 4;
    double company_content_fraction = .5;
    bool random = true;
    std::uint32_t size = 0;                       // of a random group
    std::vector<std::uint32_t> named;             // employee numbers of a named list
    std::array<double, kPlatforms> platforms{1};  // shares of the posts
};

class Design {
public:
    // Throws InvalidInput for values the engine cannot run.
    Design(YearParams params, Calendar calendar, std::optional<Program> program);

    YearParams params;
    Calendar calendar;
    std::optional<Program> program;
    Layout layout;

    std::vector<Platform> platforms_on() const;  // in the order of their numbers; at least one

    // By employee: posts for the program. Throws InvalidInput if the group does not fit the world.
    std::vector<std::uint8_t> advocates(const World& world) const;
};

}  // namespace groundswell
