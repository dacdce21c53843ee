// Every post, act and candidate view of one replicate, for the slow twin and the pairing tests.
#pragma once

#include <cstdint>
#include <vector>

namespace groundswell {

// Why a candidate was not shown.
enum class Refusal : std::uint8_t { none, muted, limit_or_copies };

struct TracePost {
    std::uint32_t author, platform, day, minute, process, slot;
    std::uint64_t identity, item;
    std::int8_t kind;  // -1: not about the company
    bool company, link, deal, call_to_action, own_words, negative;
    std::uint32_t ordinal;  // of the author's posts of the day on the platform, from 1
    double credibility, appeal_visibility, appeal_engage, appeal_reshare, authenticity;
};

// What an attended view set off.
enum class ActKind : std::uint8_t { surfaced, reshare };

struct TraceAct {
    std::uint32_t post;                 // index into posts
    std::int32_t parent;                // index into acts; -1: the post itself
    std::uint32_t person, minute, hop;  // minute of the run; hop of the act's own views
    ActKind kind;
    double visibility;
};

struct TraceView {
    std::uint32_t post = 0;                         // index into posts
    std::int32_t act = -1;                          // index into acts; -1: first hop
    std::uint32_t viewer = 0, minute = 0, hop = 1;  // minute of the run
    Refusal refusal = Refusal::none;
    bool attended = false, engaged = false, clicked = false, reshared = false, muted = false;
    std::uint32_t week_impressions = 0, copies = 0;  // before this view
    double repeats = 0, exposures = 0;               // decayed, before this view; 0 unless attended
};

struct Trace {
    std::vector<TracePost> posts;
    std::vector<TraceAct> acts;
    std::vector<TraceView> views;
    std::vector<std::uint32_t> viewer;            // at the end of the run: viewers touched, in order of number
    std::vector<double> awareness, favorability;  // their u (at their last attended impression) and favorability
    std::vector<double> credibility;              // by employee
    std::vector<double> segment_lift;             // U, day-major, seven segments a day
    std::vector<double> segment_favor;            // F, the same
    std::vector<std::uint8_t> member_state;       // MemberState by day of the horizon and employee
    std::vector<double> motivation;               // of active and dormant members, 0 of others; the same shape
};

}  // namespace groundswell
