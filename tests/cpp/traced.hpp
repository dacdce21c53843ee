// A fixture that plays a busy year and keeps every event, and answers questions about the events without asking the
// engine.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "helpers.hpp"

namespace groundswell::testing {

struct Traced : ::testing::Test {
    World world = small_world();
    YearParams params = busy_params();
    Trace trace;
    CascadeLog cascades;
    std::vector<double> values;
    Design traced_design = design(program());
    RunStats stats;

    void use(const std::vector<Platform>& on) {
        world = small_world(.2, 0, on);
        params = busy_params(on);
    }
    void play(const Program& p = program()) {
        trace = {};
        cascades = {};
        traced_design = design(p, params);
        values.assign(traced_design.layout.rows.size(), std::numeric_limits<double>::quiet_NaN());
        const RunTables tables(traced_design, world);
        Workspace workspace(world);
        const Records records{.trace = &trace, .cascades = &cascades};
        stats = Replicate(tables, 0, workspace, values, records).run();
    }

    const TracePost& post(const TraceView& v) const { return trace.posts[v.post]; }
    const TraceAct& act(std::int32_t index) const { return trace.acts[static_cast<std::size_t>(index)]; }
    static Platform platform(const TracePost& p) { return static_cast<Platform>(p.platform); }
    static bool shown(const TraceView& v) { return v.refusal == Refusal::none; }
    static Source source(const TracePost& p) {
        return p.process == static_cast<std::uint32_t>(Process::page)      ? Source::page
               : p.process == static_cast<std::uint32_t>(Process::program) ? Source::program
                                                                           : Source::organic;
    }
    static bool program_item(const TracePost& p) { return p.process == static_cast<std::uint32_t>(Process::program); }
    static bool verbatim(const TracePost& p) { return program_item(p) && !p.own_words; }

    // The node whose row brought a view (giver), and the node whom its viewer sees as the author (carrier): surfacing
    // does not change the author, resharing does.
    std::uint32_t author(std::uint32_t post_index) const { return world.node(trace.posts[post_index].author); }
    std::uint32_t giver(const TraceView& v) const { return v.act < 0 ? author(v.post) : act(v.act).person; }
    std::uint32_t carrier(std::uint32_t post_index, std::int32_t act_index) const {
        while (act_index >= 0 && act(act_index).kind == ActKind::surfaced) act_index = act(act_index).parent;
        return act_index < 0 ? author(post_index) : act(act_index).person;
    }
    std::uint32_t carrier(const TraceView& v) const { return carrier(v.post, v.act); }

    // The tie from a node to a person; null if there is none.
    const TieWord* tie(Platform on, std::uint32_t node, std::uint32_t person) const {
        for (const TieWord& word : world.graph(on).row(node))
            if (tie_person(word) == person) return &word;
        return nullptr;
    }

    // The numbers of what can be seen: each day its company-related posts and then its acts, in the order of the trace.
    struct Numbers {
        std::vector<std::uint32_t> post, act;
    };
    Numbers numbers() const {
        Numbers given{std::vector<std::uint32_t>(trace.posts.size()), std::vector<std::uint32_t>(trace.acts.size())};
        std::uint32_t next = 0;
        std::size_t p = 0, a = 0;
        for (std::int32_t day = 0; day < traced_design.calendar.day_count(); ++day) {
            const auto today = static_cast<std::uint32_t>(day);
            for (; p < trace.posts.size() && trace.posts[p].day == today; ++p)
                given.post[p] = trace.posts[p].company ? next++ : 0;
            for (; a < trace.acts.size() && trace.acts[a].minute / 1440 == today; ++a) given.act[a] = next++;
        }
        return given;
    }
    static std::uint32_t number(const Numbers& n, std::uint32_t post_index, std::int32_t act_index) {
        return act_index < 0 ? n.post[post_index] : n.act[static_cast<std::size_t>(act_index)];
    }
    std::int32_t fragment_of(std::uint32_t minute) const { return traced_design.calendar.days[minute / 1440].fragment; }
};

}  // namespace groundswell::testing
