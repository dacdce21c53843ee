#include "engine/phases/record.hpp"

namespace groundswell::phases {

Record::Record(const RunTables& tables, const Workforce& workforce, const Participation& participation,
               const Authors& authors, const Awareness& awareness, const Viewers& viewers)
    : world_(tables.world),
      calendar_(tables.design.calendar),
      workforce_(workforce),
      participation_(participation),
      authors_(authors),
      awareness_(awareness),
      viewers_(viewers),
      last_posts_(world_.employees) {}

void Record::run(Day& day) {
    count_authors(day);
    day.recorder.end_day(day.index, awareness_.awareness_levels(), awareness_.favorability_levels(), staff_levels(day));
    if (day.trace != nullptr && day.index + 1 == calendar_.day_count()) trace_end(*day.trace);
}

// An author counts in a cell with the first post there.
void Record::count_authors(Day& day) {
    const std::uint16_t stamp = day.stamp();
    for (const WrittenPost& post : day.written) {
        LastPosts& last = last_posts_[post.author.seat()];
        if (post.program) {
            if (last.program != stamp) day.recorder.count_participant(last.program);
            last.program = stamp;
        }
        if (!post.company) continue;
        std::uint16_t& last_on_platform = last.company_on[static_cast<std::size_t>(post.platform)];
        if (last.company != stamp) day.recorder.count_author(last.company);
        if (last_on_platform != stamp) day.recorder.count_author(post.platform, last_on_platform, post.connections);
        last.company = last_on_platform = stamp;
        const std::uint32_t node = node_of(post.author, world_);
        if (day.authors != nullptr && day.is_counted(node)) day.authors->count_post(node, post.connections);
    }
}

StaffLevels Record::staff_levels(const Day& day) const {
    const bool begun = day.index >= calendar_.horizon_begin();
    StaffLevels levels;
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        if (!workforce_.is_employed(seat)) continue;
        const Member& member = participation_.member(seat);
        levels.headcount += 1;
        levels.satisfaction += participation_.satisfaction(seat);
        if (member.is_member() || (begun && participation_.is_advocate(seat))) levels.enrolled += 1;
        if (member.state == MemberState::dormant) levels.dormant += 1;
    }
    if (levels.headcount > 0) levels.satisfaction /= levels.headcount;
    return levels;
}

void Record::trace_end(Trace& trace) const {
    for (std::uint32_t person = 0; person < world_.person_count(); ++person) {
        if (!viewers_.is_touched(person)) continue;
        const Viewer& viewer = viewers_.states[person];
        trace.viewer.push_back(person);
        trace.awareness.push_back(static_cast<double>(viewer.awareness));
        trace.favorability.push_back(static_cast<double>(viewer.favorability));
    }
    for (std::uint32_t employee = 0; employee < world_.employees; ++employee)
        trace.credibility.push_back(authors_.credibility(Author(employee)));
}

}  // namespace groundswell::phases
