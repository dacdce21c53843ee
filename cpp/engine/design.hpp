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
    Design(YearParams params, Calendar calendar, std::optional<Program> program, std::vector<double> tenure_years = {},
           std::optional<RunningProgram> running = {});

    YearParams params;
    Calendar calendar;
    std::optional<Program> program;
    std::vector<double> tenure_years;
    std::optional<RunningProgram> running;
    Layout layout;

    // What management has set on a day of the run; null where no program acts.
    const ProgramSettings* settings_on(std::int32_t day) const;
    // The day of the run on which the first program begins.
    std::int32_t program_begin() const { return running ? 0 : calendar.horizon_begin(); }
    std::vector<Platform> platforms_on() const;  // in the order of their numbers; at least one
};

}  // namespace groundswell
