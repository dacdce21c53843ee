// One replicate: a run of luck in one world under one design. Spec: docs/MODEL.md 1, 3-6.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/streams.hpp"
#include "core/system.hpp"
#include "engine/author_counts.hpp"
#include "engine/plan.hpp"
#include "engine/recorder.hpp"
#include "engine/trace.hpp"
#include "engine/view_queue.hpp"
#include "engine/viewer.hpp"

namespace groundswell {

// What a view needs of its post: a cache line.
struct Post {
    std::uint64_t key;
    double visibility;                    // g: credibility x same-day repeat
    double engage, click, reshare, mute;  // base x constant x everything that belongs to the post
    double weight;                        // persuasion x authenticity
    std::uint32_t author;
    std::uint16_t item;  // ordinal of the program's stream
    Source source;
    std::uint8_t flags;

    static constexpr std::uint8_t kLink = 1, kProgramItem = 2, kVerbatim = 4, kOwnWords = 8;
};
static_assert(sizeof(Post) == 64);

// A post about to be written: its author, moment and draws.
struct Draft {
    std::uint64_t identity;
    std::uint32_t minute;
    Process process;
    std::uint32_t slot;
    bool company;
    Block draws;
};

struct AuthorState {
    Credibility credibility;
    std::uint16_t last_day = 0;  // 1 + day of the last company-related post; 0 never
};

// A post as its author's followers will remember it, applied at the end of the day.
struct WrittenPost {
    std::uint32_t author;
    bool company, promotional;
    double authenticity;
};

// Memory that one thread reuses over replicates of one world. Viewers are reset by epoch, not by writing them all.
struct Workspace {
    explicit Workspace(const World& world) : viewers(world.person_count()) {}
    std::uint16_t next_epoch();
    Post& post(std::uint32_t number) { return posts[number & (posts.size() - 1)]; }

    PageArray<Viewer> viewers;
    std::uint16_t epoch = 0;
    ViewQueue queue;
    ItemOverflow overflow;
    std::vector<Post> posts;  // a ring; its size is a power of two
    std::vector<std::uint32_t> candidate_ties, candidate_hashes;
};

inline constexpr std::array<std::string_view, 4> kPhases = {"posting", "feeds", "authors", "record"};

struct RunStats {
    std::array<double, kPhases.size()> phase_seconds{};
    std::uint64_t ties_filtered = 0, candidates = 0, impressions = 0;
};

class Replicate {
public:
    Replicate(const Plan& plan, std::uint32_t replicate, Workspace& workspace, std::span<double> values,
              Trace* trace = nullptr, AuthorCounts* author_counts = nullptr);

    // Runs all days. Throws Cancelled once *cancel is true (looked at every day).
    RunStats run(const std::atomic<bool>* cancel = nullptr);

private:
    // Phases of a day, in the order of kPhases.
    void posting(std::int32_t day);
    void feeds(std::int32_t day);
    void authors(std::int32_t day);
    void record(std::int32_t day);

    // posting (replicate_posting.cpp)
    void write_posts(std::uint32_t author, std::int32_t day, const std::array<std::uint32_t, 4>& counts);
    void collect_drafts(std::uint32_t author, std::int32_t day, Process process, std::uint32_t count);
    bool displaced(std::uint32_t author, std::int32_t day, const Draft& draft) const;
    Item item_of(const Draft& draft, std::int32_t day, std::uint64_t& item_identity) const;
    std::uint64_t program_item(std::int32_t day, double u) const;
    void deliver(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal);
    Post make_post(std::uint32_t author, const Draft& draft, const Item& item, std::uint64_t item_identity,
                   double same_day, double& post_authenticity) const;
    void enqueue_views(const Post& post, std::uint32_t number, std::int32_t day, std::uint32_t minute);
    std::uint32_t store(const Post& post);

    // feeds (replicate_feeds.cpp)
    void process_view(const View& view, std::int32_t day);
    const void* further_memory(const View& view) const;
    Viewer& touch(std::uint32_t person);
    void count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment, std::uint16_t today);
    void attend(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day,
                std::uint32_t week_impressions, ItemMemory* memory, TraceView* trace);
    void learn(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day);
    void count_view(ViewMeasure measure, Segment segment, const Post& post) {
        recorder_.count_view(measure, segment, post.source);
        if (counting_ != nullptr && post.source != Source::page) counting_->count_view(post.author, measure);
    }
    bool muted(std::uint32_t author, std::uint32_t person, std::int32_t day) const;
    Segment segment_of(std::uint32_t person) const;

    const Plan& plan_;
    const World& world_;
    const Design& design_;
    Workspace& work_;
    Recorder recorder_;
    Trace* trace_;
    AuthorCounts* author_counts_;
    AuthorCounts* counting_ = nullptr;  // author_counts_ on the days of the horizon
    Isa isa_;
    StreamKey counts_key_, post_key_, item_key_, appeal_key_, view_key_;
    std::vector<AuthorState> authors_;
    std::vector<std::array<std::uint16_t, 8>> program_posts_;  // by employee, of day % 8
    std::vector<Draft> drafts_;
    std::vector<WrittenPost> written_;
    std::vector<std::uint32_t> posts_of_day_begin_;  // number of the first post of each day
    std::uint32_t next_post_ = 0;
    std::uint32_t oldest_post_ = 0;                                  // posts before it are no longer waited for
    boost::unordered_flat_map<std::uint64_t, std::int32_t> mutes_;   // author x 2^32 + viewer -> day
    std::array<double, kSegments> lift_{}, lift_today_{}, favor_{};  // sums over a segment's persons
    std::vector<std::uint32_t> trace_post_;                          // post number -> index into the trace
    RunStats stats_;
};

}  // namespace groundswell
