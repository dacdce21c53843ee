// All viewers of one world as one replicate after the other knows them. Spec: docs/MODEL.md 3, 4.
#pragma once

#include <array>
#include <cstdint>

#include "core/system.hpp"
#include "engine/viewer.hpp"
#include "world/world.hpp"

namespace groundswell {

// A viewer is reset when a replicate first touches them: what an earlier one left has another epoch. Writing all of
// them at the start of a replicate would cost more than a short replicate does.
struct Viewers {
    explicit Viewers(const World& world);
    void begin_replicate(double favorability_prior);

    bool is_touched(std::uint32_t person) const { return states[person].epoch == epoch; }
    // Platforms share a viewer's counts of the week where one is on.
    bool several_platforms() const { return several; }

    Viewer& touch(std::uint32_t person) {
        Viewer& viewer = states[person];
        if (viewer.epoch != epoch) {
            const PersonTraits& traits = world.persons[person];
            viewer = Viewer{};
            viewer.epoch = epoch;
            viewer.favorability = first_favorability;
            viewer.affinity = traits.affinity;
            viewer.susceptibility = traits.susceptibility;
            viewer.propensity = traits.propensity;
        }
        return viewer;
    }
    PlatformViewer& touch(std::uint32_t person, Platform platform) {
        PlatformViewer& viewer = platform_states[static_cast<std::size_t>(platform)][person];
        if (viewer.epoch != epoch) viewer = {.week = {}, .last = {}, .epoch = epoch};
        return viewer;
    }
    WeekCount& week(Viewer& viewer, std::uint32_t person, Platform platform) {
        return several ? touch(person, platform).week : viewer.week;
    }

    const World& world;
    PageArray<Viewer> states;
    std::array<PageArray<PlatformViewer>, kPlatforms> platform_states;  // where several platforms are on
    ItemOverflow overflow;
    bool several;  // platforms are on
    float first_favorability = 0;
    std::uint16_t epoch = 0;
};

}  // namespace groundswell
