// Who is invited to a program, in which order and when. Spec: docs/MODEL.md 2b, Selection.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/fields.hpp"
#include "world/world.hpp"

namespace groundswell {

enum class SelectionOrder : std::uint8_t { random, connections, activity, persuasion, willingness, readiness, listed };
inline constexpr std::array<std::string_view, 7> kSelectionOrders = {
    "random", "connections", "activity", "persuasion", "willingness", "readiness", "listed"};

enum class Goal : std::uint8_t { awareness, deals, hires };
inline constexpr std::array<std::string_view, 3> kGoals = {"awareness", "deals", "hires"};

// Exponents of the factors of the readiness score.
struct ReadinessWeights {
    double fit = 1, influence = 1, willingness = 1, readiness = 1;
    GROUNDSWELL_FIELDS(visit("fit", self.fit); visit("influence", self.influence);
                       visit("willingness", self.willingness); visit("readiness", self.readiness);)
};

struct Quota {
    std::int32_t department;
    std::uint32_t count;
};

struct Wave {
    std::int32_t day = 0;                   // of the horizon
    std::optional<std::uint32_t> size;      // all if empty
    std::vector<std::int32_t> departments;  // any if empty
};

struct Selection {
    std::optional<std::vector<std::uint32_t>> named;            // the eligible, in place of the next five
    std::vector<std::uint32_t> not_invited;                     // members already: they are never picked
    std::vector<std::int32_t> departments, functions, regions;  // any if empty
    double connections_above = -1, willingness_above = -1;      // below 0: any
    Platform platform = Platform::linkedin;                     // on which connections and fit count
    SelectionOrder order = SelectionOrder::random;
    Goal goal = Goal::awareness;
    ReadinessWeights weights;
    std::optional<std::uint32_t> size;  // all if empty
    std::vector<Quota> quotas;
    std::vector<Wave> waves;  // all on the first day if empty
};

struct Selected {
    std::uint32_t employee = 0;
    std::int32_t wave = -1, day = -1;  // day of the horizon; -1: in no wave
    double score = 0, fit = 0, connections = 0;
};

// The selected in order. Throws InvalidInput for what this world cannot do: quotas, numbers, a platform that is off.
std::vector<Selected> select_employees(const World& world, const Selection& selection);

}  // namespace groundswell
