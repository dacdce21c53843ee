// Who is employed: the occupants of the seats, and who leaves. Spec: docs/MODEL.md 2b, Exits.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/streams.hpp"
#include "engine/phases/day.hpp"
#include "engine/run_tables.hpp"
#include "model/author.hpp"

namespace groundswell::phases {

class Participation;

class Workforce {
public:
    Workforce(const RunTables& tables, std::uint32_t replicate);

    // Exits of a day of the horizon.
    void run(Day& day, const Participation& participation);

    // A new occupant of an empty seat, with a tenure of zero and a threshold of their own.
    Author sit_down(std::uint32_t seat, std::int32_t day);

    std::uint32_t seats() const { return static_cast<std::uint32_t>(occupant_.size()); }
    bool is_employed(std::uint32_t seat) const { return employed_[seat] != 0; }
    // Whoever sits on a seat, or sat there last.
    Author occupant(std::uint32_t seat) const { return Author(seat, occupant_[seat]); }
    bool is_latest(Author author) const { return occupant_[author.seat()] == author.occupant(); }
    // The ties of whom the world knows. Nobody else is connected with anybody.
    std::span<const TieWord> ties(Author author, Platform platform) const;

private:
    double years_since_start(std::int32_t day) const;

    const World& world_;
    const ExitTables& tables_;
    const RetentionParams& params_;
    std::int32_t horizon_begin_;
    StreamKey exits_key_;
    // By seat.
    std::vector<std::uint32_t> occupant_;
    std::vector<std::uint8_t> employed_;
    std::vector<double> tenure_, early_excess_;  // as in ExitTables, of the present occupant
    std::vector<double> exit_clock_, exit_threshold_;
};

}  // namespace groundswell::phases
