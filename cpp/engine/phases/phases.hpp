// The phases of a day, in their order. Spec: docs/MODEL.md, the phases of a day.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/phases/acts.hpp"
#include "engine/phases/amplification.hpp"
#include "engine/phases/authors.hpp"
#include "engine/phases/awareness.hpp"
#include "engine/phases/candidates.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/feeds.hpp"
#include "engine/phases/participation.hpp"
#include "engine/phases/posting.hpp"
#include "engine/phases/record.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"

namespace groundswell {

// The state of one replicate: each phase owns its part, and reads what it is given of the others'.
struct Phases {
    Phases(const RunTables& tables, std::uint32_t replicate, Workspace& workspace)
        : workforce(tables, replicate),
          participation(tables, replicate, workforce),
          authors(tables, workforce),
          candidates(tables, workspace),
          amplification(tables, replicate, workspace, workforce, participation),
          posting(tables, replicate, workspace, workforce, participation, authors, candidates, amplification),
          acts(tables, replicate, workspace, authors, candidates),
          awareness(tables),
          feeds(tables, workspace, acts, amplification, awareness),
          record(tables, workforce, participation, authors, awareness, workspace.viewers) {}
    // They refer to each other.
    Phases(const Phases&) = delete;
    Phases(Phases&&) = delete;
    Phases& operator=(const Phases&) = delete;
    Phases& operator=(Phases&&) = delete;
    ~Phases() = default;

    // A new occupant of an empty seat. What belongs to the occupant starts anew; posts keep their author.
    Author sit_down(std::uint32_t seat, std::int32_t day) {
        const Author author = workforce.sit_down(seat, day);
        participation.sit_down(author);
        authors.sit_down(author);
        posting.sit_down(author);
        record.sit_down(author);
        return author;
    }

    phases::Workforce workforce;
    phases::Participation participation;
    phases::Authors authors;
    phases::Candidates candidates;
    phases::Amplification amplification;
    phases::Posting posting;
    phases::Acts acts;
    phases::Awareness awareness;
    phases::Feeds feeds;
    phases::Record record;
};

struct Phase {
    std::string_view name;
    void (*run)(Phases&, phases::Day&);
};

// The only list of them: the day walks it, times are kept by it, and `_core.phases()` shows its names.
inline constexpr std::array kPhases = {
    Phase{"workforce", [](Phases& p, phases::Day& day) { p.workforce.run(day, p.participation); }},
    Phase{"program", [](Phases& p, phases::Day& day) { p.participation.run(day); }},
    Phase{"posting", [](Phases& p, phases::Day& day) { p.posting.run(day); }},
    // Reactions, and what a viewer learns from a view, happen in here too, in the order of each person's views.
    Phase{"feeds", [](Phases& p, phases::Day& day) { p.feeds.run(day); }},
    // The levels of segments.
    Phase{"awareness", [](Phases& p, phases::Day& day) { p.awareness.run(day); }},
    // What authors carry into tomorrow: credibility, fatigue, responses.
    Phase{"feedback",
          [](Phases& p, phases::Day& day) {
              p.authors.run(day);
              p.participation.carry_over(day);
          }},
    Phase{"record", [](Phases& p, phases::Day& day) { p.record.run(day); }},
};

}  // namespace groundswell
