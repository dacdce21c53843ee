// The acts of a replicate as trees under their posts: who passed what on, and how many views that brought.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/layout.hpp"
#include "engine/trace.hpp"

namespace groundswell {

struct CascadePost {
    std::uint32_t author;
    Source source;
    Platform platform;
    std::uint32_t day;
};

struct CascadeAct {
    std::uint32_t post;                      // index into posts
    std::uint32_t number;                    // in its post, from 1
    std::uint32_t parent;                    // number in its post; 0 is the post itself
    std::uint32_t person, day, minute, hop;  // hop of the act's own views
    ActKind kind;
    std::uint32_t views = 0;  // it brought
};

struct CascadeLog {
    std::vector<CascadePost> posts;
    std::vector<CascadeAct> acts;
    std::vector<std::uint32_t> acts_of_post;  // so far, by post
};

}  // namespace groundswell
