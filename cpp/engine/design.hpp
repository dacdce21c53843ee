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
#include "engine/program.hpp"
#include "levers/participation.hpp"
#include "model/awareness.hpp"
#include "model/content.hpp"
#include "model/costs.hpp"
#include "model/feed.hpp"
#include "model/platform.hpp"
#include "model/posting.hpp"
#include "model/retention.hpp"
#include "world/world.hpp"

namespace groundswell {

struct YearParams {
    PlatformsParams platforms;
    ContentParams content;
    PostingParams posting;
    CredibilityParams credibility;
    FeedParams feed;
    AwarenessParams awareness;
    ParticipationParams participation;
    RetentionParams retention;
    CostParams costs;
};

class Design {
public:
    // Throws InvalidInput for values the engine cannot run.
    // tenure_years: by employee on the first day of the horizon, NaN missing; may be empty.
    Design(YearParams params, Calendar calendar, std::optional<Program> program, std::vector<double> tenure_years = {});

    YearParams params;
    Calendar calendar;
    std::optional<Program> program;
    std::vector<double> tenure_years;
    Layout layout;

    std::vector<Platform> platforms_on() const;  // in the order of their numbers; at least one
};

}  // namespace groundswell
