// One replicate: a run of luck in one world under one design. Spec: docs/MODEL.md 1, 2b-6.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "engine/phases/day.hpp"
#include "engine/phases/phases.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell {

struct RunStats : WorkCounts {
    std::array<double, kPhases.size()> phase_seconds{};  // in the order of kPhases
};

class Replicate {
public:
    Replicate(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, std::span<double> values,
              const Records& records = {});

    // Runs all days that are left. Throws Cancelled once *cancel is true (looked at every day).
    RunStats run(const std::atomic<bool>* cancel = nullptr);
    // Runs the next day.
    void run_day();
    // A new occupant of a seat that is empty, as of the last day that was run.
    Author sit_down(std::uint32_t seat) { return phases_.sit_down(seat, day_.index); }

private:
    std::int32_t days_;
    phases::Day day_;
    Phases phases_;
    std::array<double, kPhases.size()> phase_seconds_{};
};

}  // namespace groundswell
