// A post or an act (a surfacing engagement, a reshare) as its views need it. Spec: docs/MODEL.md 3, 4, 4b.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/recorder.hpp"
#include "engine/run_tables.hpp"
#include "engine/trace.hpp"
#include "model/author.hpp"

namespace groundswell {

// The node of an author: their row in the world's graphs, and for later occupants of a seat, who have none there, the
// author's number. Nodes of the world are below 2^24 and those numbers are not, so a view compares a node with a person
// number as it is, and whoever was hired is never taken for the person who had the seat.
inline std::uint32_t node_of(Author author, const World& world) {
    return author.is_first() ? world.node(author.seat()) : author.number();
}
static_assert(kMaxPersons == 1u << Author::kSeatBits, "the page's node, which is the number of persons, is below 2^24");

// What keys an author's draws; later occupants of a seat have draws of their own.
inline std::uint64_t draw_number(Author author, const World& world) {
    if (author.seat() == world.page()) return kPageDrawNumber;
    const std::uint64_t of_seat = world.draw_numbers[author.seat()];
    return author.is_first() ? of_seat : combine(of_seat, author.occupant());
}

// What a view needs of what is shown: a cache line.
struct Post {
    std::uint64_t key;
    double visibility;              // factor of the visibility table: g x appeal of a post, all of it for an act
    double engage, click, reshare;  // base x constant x everything that belongs to the post
    float weight, authenticity;     // persuasion x authenticity; how authentic it is
    std::uint32_t root;             // number of the root post; its own for a post
    std::uint32_t root_author;      // node
    std::uint32_t carrier;          // node of whom the viewer sees as the author
    std::uint16_t item;             // ordinal of the program's stream
    std::uint8_t flags;
    std::uint8_t place;  // source 2 bits, platform 2 bits, hop of its views 4 bits

    static constexpr std::uint8_t kLink = 1, kProgramItem = 2, kVerbatim = 4, kPromotional = 8, kPageCarrier = 16,
                                  kAct = 32, kSurfaced = 64, kNegative = 128;
    static constexpr std::uint32_t kMostHops = 15;

    bool is(std::uint8_t flag) const { return (flags & flag) != 0; }
    Source source() const { return static_cast<Source>(place & 3u); }
    Platform platform() const { return static_cast<Platform>((place >> 2) & 3u); }
    std::uint32_t hop() const { return place >> 4; }
    Place where() const { return {source(), platform(), static_cast<std::uint8_t>(hop())}; }
    Carrier carried_by() const { return is(kPageCarrier) ? Carrier::page : Carrier::person; }
};
static_assert(sizeof(Post) == 64);

constexpr std::uint8_t place_of(Source source, Platform platform, std::uint32_t hop) {
    return static_cast<std::uint8_t>(static_cast<std::uint32_t>(source) | (static_cast<std::uint32_t>(platform) << 2) |
                                     (hop << 4));
}

// Who has engaged with (reshared) a post.
constexpr std::uint64_t act_key(std::uint32_t root, std::uint32_t person, ActKind kind = ActKind::reshare) {
    return (std::uint64_t{root} << 25) | (static_cast<std::uint64_t>(kind) << 24) | person;
}

// Whoever carries a post: what they add to it.
struct CarrierPart {
    double persuasion;       // of the weight
    double reaction_factor;  // persuasion^gamma, of reactions
    double credibility;
};

// What acts need of the post they pass on: kept beside the posts, read a few times in a hundred views.
struct Origin {
    std::uint64_t identity;  // of the root
    double engage_kind, click_kind, reshare_kind;
    double appeal_engage, appeal_reshare;
    double authenticity;
    CarrierPart carrier;
    std::uint32_t trace_post = 0, cascade_post = 0;  // index of the root in the trace, in the cascade log
    std::int32_t trace_act = -1, cascade_act = -1;   // index of the act there; -1: the post itself
};

// What will be passed on at the end of the slice: an attended view, or a post of the page that a member amplifies.
struct Act {
    std::uint32_t post;  // number of what was seen
    std::uint32_t person;
    std::uint32_t minute;  // of the day
    ActKind kind;
};

// Posts and acts by number, as long as somebody waits for a view of them: a ring that grows.
class PostRing {
public:
    void reset() { next_ = oldest_ = 0; }
    std::uint32_t next() const { return next_; }
    void forget_before(std::uint32_t number) { oldest_ = number; }
    Post& post(std::uint32_t number) { return posts_[number & (posts_.size() - 1)]; }
    const Post& post(std::uint32_t number) const { return posts_[number & (posts_.size() - 1)]; }
    Origin& origin(std::uint32_t number) { return origins_[number & (origins_.size() - 1)]; }

    std::uint32_t add(const Post& post, const Origin& origin) {
        if (next_ - oldest_ >= posts_.size()) grow();
        posts_[next_ & (posts_.size() - 1)] = post;
        origins_[next_ & (origins_.size() - 1)] = origin;
        return next_++;
    }

private:
    void grow() {
        std::vector<Post> posts(posts_.size() * 2);
        std::vector<Origin> origins(posts.size());
        for (std::uint32_t n = oldest_; n != next_; ++n) {
            posts[n & (posts.size() - 1)] = post(n);
            origins[n & (posts.size() - 1)] = origin(n);
        }
        posts_ = std::move(posts);
        origins_ = std::move(origins);
    }

    std::vector<Post> posts_{1024};  // a power of two
    std::vector<Origin> origins_{1024};
    std::uint32_t next_ = 0, oldest_ = 0;
};

}  // namespace groundswell
