// Who posts today, which item and in whose words; the posts of employees and of the page. Spec: docs/MODEL.md 3.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/streams.hpp"
#include "engine/item_stream.hpp"
#include "engine/phases/amplification.hpp"
#include "engine/phases/authors.hpp"
#include "engine/phases/candidates.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/participation.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "engine/workspace.hpp"
#include "model/content.hpp"
#include "model/posting.hpp"

namespace groundswell::phases {

// A post about to be written: its author, moment and draws.
struct NewPost {
    Author author;
    std::uint64_t identity;
    std::uint32_t minute;  // of the day
    Platform platform;
    Process process;
    std::uint32_t slot;
    bool company;
    Block draws;
    std::uint32_t ordinal = 0;  // of the author's posts of the day on the platform, from 1

    Source source() const {
        return process == Process::page      ? Source::page
               : process == Process::program ? Source::program
                                             : Source::organic;
    }
};

// The item that a post carries, and in whose words.
struct Content {
    std::uint64_t identity;  // of the item
    Item item;
    bool own_words;
};

class Posting {
public:
    Posting(const RunTables& tables, std::uint32_t replicate, Workspace& workspace, const Workforce& workforce,
            const Participation& participation, const Authors& authors, Candidates& candidates,
            Amplification& amplification);

    void run(Day& day);
    // Nothing that the seat's former occupant posted displaces what the new one posts.
    void sit_down(Author author) { program_posts_[author.seat()] = {}; }

private:
    void forget_old_posts(const Day& day);
    void post_as_employee(Author author, Day& day);
    void post_as_page(Day& day);
    void write_posts(Author author, Platform platform, const std::array<std::uint32_t, 4>& counts, Day& day);
    void collect_posts(Author author, Platform platform, Process process, std::uint32_t count, Day& day);
    bool is_displaced(const NewPost& post, std::int32_t day) const;
    Content content_of(const NewPost& post, const Day& day) const;
    void deliver(const NewPost& written, Day& day);
    void publish(const NewPost& written, Day& day);
    Origin origin_of(const NewPost& written, const Content& content) const;
    double authenticity_of(const NewPost& written, const Content& content) const;
    double trained_own_words(double share, Author author) const;
    bool is_negative(const NewPost& written, const ProgramSettings* settings) const;
    Post post_of(const NewPost& written, const Content& content, const Origin& origin, const Day& day) const;
    void count_published(const NewPost& written, const Content& content, const Origin& origin, Day& day);
    void trace_post(const NewPost& written, Trace& trace, const Day& day) const;

    const RunTables& tables_;
    const World& world_;
    const YearParams& params_;
    Workspace& work_;
    const Workforce& workforce_;
    const Participation& participation_;
    const Authors& authors_;
    Candidates& candidates_;
    Amplification& amplification_;
    ItemStream items_;
    StreamKey counts_key_, post_key_, item_key_, appeal_key_, view_key_, negative_key_;
    std::vector<std::array<std::uint16_t, 8>> program_posts_;  // by seat, of day % 8
    std::vector<NewPost> new_posts_;                           // of one author on one platform today
    std::vector<std::uint32_t> first_post_;                    // number of the first post of each day
};

}  // namespace groundswell::phases
