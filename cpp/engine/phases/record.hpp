// Closes the day's books: who counts as an author, levels at the end of the day, the cells that end. Spec:
// docs/MODEL.md 6.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/phases/authors.hpp"
#include "engine/phases/awareness.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/participation.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "engine/viewers.hpp"

namespace groundswell::phases {

class Record {
public:
    Record(const RunTables& tables, const Workforce& workforce, const Participation& participation,
           const Authors& authors, const Awareness& awareness, const Viewers& viewers);

    void run(Day& day);
    // The new occupant is somebody else, who counts anew among the people that have posted.
    void sit_down(Author author) { last_posts_[author.seat()] = {}; }

private:
    // Days of an author's last posts, counted from 1; 0 is never.
    struct LastPosts {
        std::uint16_t company = 0;  // any company-related post
        std::array<std::uint16_t, kPlatforms> company_on{};
        std::uint16_t program = 0;
    };

    void count_authors(Day& day);
    void set_staff_levels(Day& day) const;
    void trace_end(Trace& trace) const;

    const World& world_;
    const Calendar& calendar_;
    const Workforce& workforce_;
    const Participation& participation_;
    const Authors& authors_;
    const Awareness& awareness_;
    const Viewers& viewers_;
    std::vector<LastPosts> last_posts_;  // by seat
};

}  // namespace groundswell::phases
