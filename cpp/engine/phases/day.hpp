// The day that is being played, shared by its phases. Spec: docs/MODEL.md 1.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/author_counts.hpp"
#include "engine/cascades.hpp"
#include "engine/post.hpp"
#include "engine/recorder.hpp"
#include "engine/run_tables.hpp"
#include "engine/trace.hpp"
#include "model/author.hpp"

namespace groundswell {

// What else a replicate writes down; null where it is not asked for.
struct Records {
    Trace* trace = nullptr;
    AuthorCounts* authors = nullptr;
    CascadeLog* cascades = nullptr;
};

// How much there was to do in a replicate.
struct WorkCounts {
    std::uint64_t ties_filtered = 0, candidates = 0, impressions = 0, first_hop_impressions = 0, acts = 0;
};

namespace phases {

// A post as its author will carry it into tomorrow. Those of one author stand together, in the order of their moments
// on each platform. Posts of the page are not among them: nobody's credibility or fatigue depends on them.
struct WrittenPost {
    Author author;
    Platform platform;
    bool company, promotional, program;
    double authenticity;
    std::int64_t connections;  // whom it could reach; 0 unless it is about the company
};

// The day is synchronous between people: what a phase reads about others is what was true at the start of the day, and
// what it does to authors it writes down as an event, for the phases at the end of the day.
class Day {
public:
    Day(const RunTables& tables, std::span<double> values, const Records& records);
    void begin(std::int32_t number);

    std::uint32_t minute_of_run(std::uint32_t minute) const {
        return static_cast<std::uint32_t>(index) * 1440 + minute;
    }
    // "Last seen on" stamps count days from 1, so that 0 is never.
    std::uint16_t stamp() const { return static_cast<std::uint16_t>(index + 1); }

    // A view or reaction counts for the source, platform and author of its root post, whoever carried it.
    void count_view(ViewMeasure measure, Segment segment, const Post& post) {
        recorder.count_view(measure, segment, post.where());
        if (authors != nullptr && is_counted(post.root_author)) authors->count_view(post.root_author, measure);
    }
    // Counts by author are those of the employees of the company's table, not of the page nor of later occupants.
    bool is_counted(std::uint32_t author_node) const { return author_node < world_.employees; }

    // True from the start of the day on.
    std::int32_t index = -1;  // of the run
    Window window = Window::warm_up;
    const CalendarDay* calendar = nullptr;
    const ProgramSettings* program = nullptr;  // null where no program acts

    // What happened.
    std::vector<std::uint32_t> exits;  // seats whose occupants left the company
    std::vector<WrittenPost> written;
    std::vector<std::uint32_t> engaged_with;  // the root author's node of every post engaged with, once an engagement

    // Where it is recorded.
    Recorder recorder;
    Trace* trace;
    CascadeLog* cascades;
    AuthorCounts* authors = nullptr;  // on the days of the horizon
    WorkCounts work;

private:
    const Design& design_;
    const World& world_;
    AuthorCounts* author_counts_;
};

}  // namespace phases
}  // namespace groundswell
