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
    day.recorder.set(MeasureId::awareness, awareness_.awareness_levels());
    day.recorder.set(MeasureId::favorability, awareness_.favorability_levels());
    set_staff_levels(day);
    day.recorder.end_day(day.index);
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

// Levels are over the employees who are still there at the end of the day.
void Record::set_staff_levels(Day& day) const {
    const bool begun = day.index >= calendar_.horizon_begin();
    double satisfaction = 0, headcount = 0, enrolled = 0, dormant = 0;
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        if (!workforce_.is_employed(seat)) continue;
        const Member& member = participation_.member(seat);
        headcount += 1;
        satisfaction += participation_.satisfaction(seat);
        if (member.is_member() || (begun && participation_.is_advocate(seat))) enrolled += 1;
        if (member.state == MemberState::dormant) dormant += 1;
    }
    day.recorder.set(MeasureId::satisfaction, headcount > 0 ? satisfaction / headcount : 0.0);
    day.recorder.set(MeasureId::headcount, headcount);
    day.recorder.set(MeasureId::enrolled, enrolled);
    day.recorder.set(MeasureId::dormant_members, dormant);
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
