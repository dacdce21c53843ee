#include "engine/replicate.hpp"

#include <chrono>

#include "core/errors.hpp"

namespace groundswell {

Replicate::Replicate(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, std::span<double> values,
                     const Records& records)
    : days_(tables.design.calendar.day_count()), day_(tables, values, records), phases_(tables, replicate, workspace) {
    workspace.begin_replicate(tables);
}

RunStats Replicate::run(const std::atomic<bool>* cancel) {
    while (day_.index + 1 < days_) {
        if (cancel != nullptr && cancel->load(std::memory_order_relaxed)) throw Cancelled();
        run_day();
    }
    return {day_.work, phase_seconds_};
}

void Replicate::run_day() {
    using Clock = std::chrono::steady_clock;
    day_.begin(day_.index + 1);
    auto before = Clock::now();
    for (std::size_t p = 0; p < kPhases.size(); ++p) {
        kPhases[p].run(phases_, day_);
        const auto after = Clock::now();
        phase_seconds_[p] += std::chrono::duration<double>(after - before).count();
        before = after;
    }
}

}  // namespace groundswell
