// One replicate: a run of luck in one world under one design. Spec: docs/MODEL.md 1, 2b-6.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "core/streams.hpp"
#include "core/system.hpp"
#include "engine/author_counts.hpp"
#include "engine/cascades.hpp"
#include "engine/draft.hpp"
#include "engine/plan.hpp"
#include "engine/post.hpp"
#include "engine/recorder.hpp"
#include "engine/team.hpp"
#include "engine/trace.hpp"
#include "engine/view_queue.hpp"
#include "engine/viewer.hpp"

namespace groundswell {

// Memory that one thread reuses over replicates of one world. Viewers are reset by epoch, not by writing them all.
struct Workspace {
    explicit Workspace(const World& world);
    std::uint16_t next_epoch();

    PageArray<Viewer> viewers;
    std::array<PageArray<PlatformViewer>, kPlatforms> platform_viewers;  // where several platforms are on
    std::uint16_t epoch = 0;
    ViewQueue queue;
    ItemOverflow overflow;
    PostRing posts;
    boost::unordered_flat_set<std::uint64_t> acted;                   // act_key: who has engaged with, reshared a post
    boost::unordered_flat_set<std::uint64_t> carried;                 // reshares carried out, for fractional contagion
    boost::unordered_flat_map<std::uint64_t, std::int32_t> mutes;     // mute_key -> day
    boost::unordered_flat_map<std::uint32_t, std::uint8_t> reshared;  // posts with reshares: 1, by a later hop too: 2
    std::vector<std::uint32_t> candidate_ties, candidate_hashes;
};

inline constexpr std::array<std::string_view, 6> kPhases = {"workforce", "program", "posting",
                                                            "feeds",     "authors", "record"};

struct RunStats {
    std::array<double, kPhases.size()> phase_seconds{};
    std::uint64_t ties_filtered = 0, candidates = 0, impressions = 0, first_hop_impressions = 0, acts = 0;
};

// What else a replicate writes down; null where it is not asked for.
struct Records {
    Trace* trace = nullptr;
    AuthorCounts* authors = nullptr;
    CascadeLog* cascades = nullptr;
};

class Replicate {
public:
    Replicate(const Plan& plan, std::uint32_t replicate, Workspace& workspace, std::span<double> values,
              const Records& records = {});

    // Runs all days. Throws Cancelled once *cancel is true (looked at every day).
    RunStats run(const std::atomic<bool>* cancel = nullptr);

private:
    // Phases of a day, in the order of kPhases.
    void workforce(std::int32_t day);
    void program(std::int32_t day);
    void posting(std::int32_t day);
    void feeds(std::int32_t day);
    void authors(std::int32_t day);
    void record(std::int32_t day);

    // program (replicate_program.cpp)
    void spend(std::int32_t day, const TeamDay& team);
    void spend_minutes(double minutes);
    void count_participant(std::uint32_t author, std::int32_t day);
    void count_program_post(const DraftItem& item, const Origin& origin);
    bool negative(std::uint32_t author, const Draft& draft) const;
    double authenticity_by_author(std::uint32_t author, const Draft& draft, double authenticity) const;
    void amplify(std::uint32_t number, const Draft& draft, std::int32_t day);
    void resolve_amplified(std::int32_t day, std::uint32_t slice);
    void trace_members();

    // posting (replicate_posting.cpp)
    void post_as_employee(std::uint32_t author, std::int32_t day);
    void post_as_page(std::int32_t day);
    void write_posts(std::uint32_t author, std::int32_t day, Platform platform,
                     const std::array<std::uint32_t, 4>& counts);
    void collect_drafts(std::uint32_t author, std::int32_t day, Platform platform, Process process,
                        std::uint32_t count);
    bool displaced(std::uint32_t author, std::int32_t day, const Draft& draft) const;
    DraftItem item_of(const Draft& draft, std::int32_t day) const;
    double items_offered_by(double day) const;
    std::uint64_t program_item(std::int32_t day, double u) const;
    const KindValues& program_mix(std::uint64_t item) const;
    void deliver(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal);
    void count_delivered(std::uint32_t author, std::int32_t day, const Draft& draft, Source source);
    Origin make_origin(std::uint32_t author, const Draft& draft, const DraftItem& item) const;
    Post make_post(std::uint32_t author, const Draft& draft, std::uint32_t ordinal, const DraftItem& item,
                   const Origin& origin) const;
    void trace_post(std::uint32_t author, std::int32_t day, const Draft& draft, std::uint32_t ordinal);
    void log_post(std::uint32_t author, std::int32_t day, const Draft& draft, const DraftItem& item, Origin& origin);

    // views and acts (replicate_acts.cpp)
    void wait(const Post& post, std::uint32_t number, std::span<const TieWord> row, const VisibilityTable& visibility,
              const DelayLaw& law, std::uint32_t minute, std::uint32_t earliest);
    void carry_out_acts(std::int32_t day);
    void carry_out(const Act& act, std::int32_t day);
    void log_act(const Act& act, const Post& post, std::int32_t day, Origin& origin);
    void react(Post& post, const Origin& origin) const;
    CarrierPart carrier_part(std::uint32_t person) const;

    // feeds (replicate_feeds.cpp)
    void process_slice(std::span<const View> views, std::int32_t day);
    void process_view(const View& view, std::int32_t day);
    const void* further_memory(const View& view);
    const void* first_degree_memory(const View& view) const;
    Viewer& touch(std::uint32_t person);
    PlatformViewer& touch(std::uint32_t person, Platform platform);
    TraceView& trace_view(const View& view, const Post& post, std::int32_t day);
    std::uint32_t copies_seen(const ItemMemory* memory, const Post& post, std::uint16_t today) const;
    bool shown(const View& view, const Post& post, std::uint32_t week_impressions, std::uint32_t copies) const;
    void count_impression(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day);
    void count_reach(Viewer& viewer, std::uint32_t person, const Post& post, Segment segment, std::uint16_t stamp);
    void attend(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day,
                std::uint32_t week_impressions, ItemMemory* memory, TraceView* traced);
    double count_repeat(Viewer& viewer, const Post& post, ItemMemory* memory, std::uint16_t today);
    Reactions react_to(const Viewer& viewer, const View& view, const Post& post, std::int32_t day,
                       std::uint32_t week_impressions, double repeats);
    void count_reshare(const View& view, const Post& post, Segment segment);
    void count_reshared_post(const Post& post);
    void learn(Viewer& viewer, const View& view, const Post& post, Segment segment, std::int32_t day);
    void count_view(ViewMeasure measure, Segment segment, const Post& post) {
        recorder_.count_view(measure, segment, post.where());
        if (post.source() == Source::page) return;
        if (measure == ViewMeasure::engagements) team_.count_response(post.root_author);
        if (counting_ != nullptr) counting_->count_view(post.root_author, measure);
    }
    bool muted(const Post& post, std::uint32_t person, std::int32_t day) const;
    double contagion(const Post& post, std::uint32_t person) const;
    Segment segment_of(std::uint32_t person) const;
    WeekCount& week(Viewer& viewer, std::uint32_t person, Platform platform) {
        return several_ ? touch(person, platform).week : viewer.week;
    }

    const Plan& plan_;
    const World& world_;
    const Design& design_;
    Workspace& work_;
    Recorder recorder_;
    Records records_;
    AuthorCounts* counting_ = nullptr;  // records_.authors on the days of the horizon
    Isa isa_;
    bool several_;  // platforms are on
    StreamKey counts_key_, post_key_, item_key_, appeal_key_, view_key_;
    StreamKey amplification_key_, negative_key_;
    Team team_;
    const ProgramSettings* settings_ = nullptr;  // of today; null where no program acts
    double access_ = 1;                          // factor of the program's posts today
    double largest_guidelines_ = 0;              // so far
    std::vector<AuthorState> authors_;
    std::vector<std::array<std::uint16_t, 8>> program_posts_;  // by employee, of day % 8
    std::vector<Draft> drafts_;
    std::vector<WrittenPost> written_;
    std::vector<Act> acts_;                                          // of the slice
    std::array<std::vector<Act>, 2> amplified_;                      // that wait, by day % 2
    std::vector<std::uint32_t> posts_of_day_begin_;                  // number of the first post of each day
    std::int32_t longest_wait_;                                      // days
    std::array<double, kSegments> lift_{}, lift_today_{}, favor_{};  // sums over a segment's persons
    RunStats stats_;
};

}  // namespace groundswell
