#include "engine/phases/participation.hpp"

#include <algorithm>
#include <cmath>

namespace groundswell::phases {

Participation::Participation(const RunTables& tables, std::uint32_t replicate, const Workforce& workforce)
    : world_(tables.world),
      design_(tables.design),
      tables_(tables.participation),
      params_(tables.design.params.participation),
      workforce_(workforce),
      costs_(tables.design),
      invites_(tables.design.program && tables.design.program->selection),
      advocates_(tables, workforce),
      invited_on_(tables_.invited_on),
      joined_on_(tables_.joined_on),
      own_pace_(joined_on_.size(), 1.0) {
    const auto key = [&](Decision decision) { return stream_key(world_.seed, world_.index, replicate, decision); };
    keys_ = {key(Decision::enrollment), key(Decision::dormancy)};
    members_.reserve(world_.employees);
    for (std::uint32_t seat = 0; seat < world_.employees; ++seat) members_.push_back(fresh_member(Author(seat)));
    if ((invites_ || design_.running) && params_.feedback > 0) responses_.resize(world_.employees);
}

Member Participation::fresh_member(Author author) const {
    return invites_ || design_.running ? start_member(draw_number(author, world_), keys_) : Member{};
}

void Participation::sit_down(Author author) {
    const std::uint32_t seat = author.seat();
    advocates_.sit_down(author);
    invited_on_[seat] = -1;
    if (!joined_on_.empty()) {
        joined_on_[seat] = ParticipationTables::kNever;
        own_pace_[seat] = 1;
    }
    members_[seat] = fresh_member(author);
    if (!responses_.empty()) responses_[seat] = {};
}

void Participation::run(Day& day) {
    if (design_.running && design_.running->stops && day.index == design_.calendar.horizon_begin())
        end_running_program();
    if (day.program != nullptr) advocates_.refill(day);
    note_exits(day);
    if (day.program != nullptr) costs_.pay_day(day, take_part(day));
    if (day.trace != nullptr && (day.window == Window::horizon || day.program != nullptr)) trace_members(*day.trace);
}

void Participation::note_exits(Day& day) {
    advocates_.note_exits(day.exits, day);
    for (const std::uint32_t seat : day.exits) {
        members_[seat].state = MemberState::left;
        members_[seat].coerced = false;
    }
}

ProgramDay Participation::take_part(Day& day) {
    ProgramDay today;
    if (day.program->relaunch >= .5) relaunched_on_ = day.index;
    const std::vector<double> hazards = invites_ ? enrollment_hazards(*day.program) : std::vector<double>{};
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        if (!workforce_.is_employed(seat)) continue;
        const Member& member = members_[seat];
        take_turn(seat, day, hazards);
        if (!is_advocate(seat) && !member.is_member()) continue;
        today.trained_hours += train(seat, *day.program);
        today.seats += 1;
        if (member.coerced) day.recorder.add(MeasureId::coerced_days);
        if (!posts(seat)) continue;
        today.active += 1;
        day.recorder.add(MeasureId::motivation_points, motivation(seat));
        day.recorder.add(MeasureId::fatigue_points, fatigue_on(member, day.index, params_));
    }
    day.recorder.add(MeasureId::seat_days, today.seats);
    day.recorder.add(MeasureId::active_member_days, today.active);
    day.recorder.add(MeasureId::training_hours, today.trained_hours);
    day.recorder.add(MeasureId::advocate_hours, today.trained_hours);
    return today;
}

// Whoever is in a program that runs is in it without an invitation; in the warm-up nobody leaves it or rests.
void Participation::take_turn(std::uint32_t seat, Day& day, const std::vector<double>& hazards) {
    const bool belongs = !joined_on_.empty() && joined_on_[seat] <= day.index;
    if (belongs) {
        welcome(seat);
        if (day.index <= design_.calendar.horizon_begin()) set_own_pace(seat, day.index);
        if (day.window == Window::warm_up) {
            members_[seat].motivation = motivation_on(day.index, seat, *day.program);
            return;
        }
    }
    if (belongs || (invited_on_[seat] >= 0 && invited_on_[seat] <= day.index)) follow_invitation(seat, day, hazards);
}

void Participation::welcome(std::uint32_t seat) {
    Member& member = members_[seat];
    if (member.state != MemberState::outside) return;
    begin_membership(member, draw_number(workforce_.occupant(seat), world_), joined_on_[seat], false, keys_);
    member.most_recognition = design_.running->settings.recognition;
    if (tables_.seen_posts[seat] == 0) member.state = MemberState::dormant;
}

// Until the first day of the horizon a member posts as seen, whatever the motivation; from then on that day's ratio of
// both holds, so that what moves the motivation moves the posts.
void Participation::set_own_pace(std::uint32_t seat, std::int32_t day) {
    const double seen = tables_.seen_posts[seat];
    if (std::isnan(seen) || seen == 0) return;
    const ProgramSettings& settings = design_.running->settings;
    const double plain = settings.posts_per_week * motivation_on(day, seat, settings);
    own_pace_[seat] = plain > 0 ? seen / plain : 0.0;
}

// Its members are like everybody who was never asked.
void Participation::end_running_program() {
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        joined_on_[seat] = ParticipationTables::kNever;
        own_pace_[seat] = 1;
        if (!members_[seat].is_member()) continue;
        members_[seat].state = MemberState::outside;
        members_[seat].motivation = 0;
    }
}

std::vector<double> Participation::active_shares() const {
    std::vector<double> active, employed;
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        const auto department = static_cast<std::size_t>(world_.workforce.department[seat]);
        if (department >= employed.size()) {
            employed.resize(department + 1, 0.0);
            active.resize(department + 1, 0.0);
        }
        if (!workforce_.is_employed(seat)) continue;
        employed[department] += 1;
        if (members_[seat].state == MemberState::active) active[department] += 1;
    }
    for (std::size_t d = 0; d < employed.size(); ++d)
        if (employed[d] > 0) active[d] /= employed[d];
    return active;
}

// Enrollment hazard of satisfaction and willingness 1/2, to be multiplied by a person's own factor. Whoever is not a
// member is not coerced, so that factor never changes.
std::vector<double> Participation::enrollment_hazards(const ProgramSettings& settings) const {
    std::vector<double> hazards = active_shares();
    for (double& value : hazards)
        value = enrollment_hazard({.satisfaction = .5, .willingness = .5, .peers = value}, settings, params_);
    return hazards;
}

void Participation::follow_invitation(std::uint32_t seat, Day& day, const std::vector<double>& hazards) {
    Member& member = members_[seat];
    const bool mandate = day.program->mandate >= .5;
    if (member.state == MemberState::outside) {
        member.state = MemberState::invited;
        day.recorder.add(MeasureId::invitations);
    }
    if (member.is_member()) {
        member.motivation = motivation_on(day.index, seat, *day.program);
        live_a_day(member, draw_number(workforce_.occupant(seat), world_), mandate, params_, keys_);
        if (member.state == MemberState::dropped_out) day.recorder.add(MeasureId::drop_outs);
    } else if (mandate) {
        become_member(seat, day, true);
    } else if (member.state == MemberState::invited) {
        const auto department = static_cast<std::size_t>(world_.workforce.department[seat]);
        const auto faded = static_cast<std::size_t>(day.index - std::max(invited_on_[seat], relaunched_on_));
        member.enrollment_clock += hazards[department] * tables_.enrollment_factor[seat] * tables_.pull[faded] / 7.0;
        if (member.enrollment_clock >= member.enrollment_threshold) become_member(seat, day, false);
    }
    if (!member.is_member()) member.motivation = 0;
    member.coerced = member.is_member() && member.by_mandate && mandate &&
                     world_.workforce[Attribute::willingness][seat] < params_.coerced_willingness;
}

void Participation::become_member(std::uint32_t seat, Day& day, bool by_mandate) {
    begin_membership(members_[seat], draw_number(workforce_.occupant(seat), world_), day.index, by_mandate, keys_);
    day.recorder.add(MeasureId::enrollments);
    members_[seat].motivation = motivation_on(day.index, seat, *day.program);
}

// What the network of an employee would give to the posts of the last 28 days.
double Participation::expected_responses(std::uint32_t seat) const {
    double sum = 0;
    for (std::size_t p = 0; p < kPlatforms; ++p)
        sum += static_cast<double>(responses_[seat].all_posts[p]) * tables_.expected_responses[seat][p];
    return sum;
}

double Participation::motivation_on(std::int32_t day, std::uint32_t seat, const ProgramSettings& settings) const {
    const bool counted = !responses_.empty();
    const MotivationInputs inputs{.relative_belief = tables_.relative_belief[seat],
                                  .responder = tables_.responder[seat] != 0,
                                  .responses = counted ? static_cast<double>(responses_[seat].all_responses) : 0.0,
                                  .expected = counted ? expected_responses(seat) : 0.0};
    return groundswell::motivation(members_[seat], day, inputs, settings, params_);
}

// A member keeps the hours of training and the largest recognition so far, whatever the levers do later. Returns the
// hours that are new.
double Participation::train(std::uint32_t seat, const ProgramSettings& settings) {
    Member& member = members_[seat];
    member.most_recognition = std::max(member.most_recognition, settings.recognition);
    const double hours = std::max(0.0, settings.training_hours_per_person - member.trained_hours);
    member.trained_hours = std::max(member.trained_hours, settings.training_hours_per_person);
    return hours;
}

void Participation::trace_members(Trace& trace) const {
    for (std::uint32_t seat = 0; seat < workforce_.seats(); ++seat) {
        const MemberState state = is_advocate(seat) ? MemberState::active : members_[seat].state;
        trace.member_state.push_back(static_cast<std::uint8_t>(state));
        trace.motivation.push_back(is_advocate(seat) || members_[seat].is_member() ? motivation(seat) : 0.0);
    }
}

void Participation::carry_over(const Day& day) {
    tire(day);
    if (!responses_.empty()) count_responses(day);
}

void Participation::tire(const Day& day) {
    for (std::size_t i = 0; i < day.written.size();) {
        const Author author = day.written[i].author;
        std::uint32_t posts = 0;
        for (; i < day.written.size() && day.written[i].author == author; ++i) posts += day.written[i].program ? 1 : 0;
        if (posts > 0 && !is_advocate(author.seat()) && workforce_.is_latest(author))
            add_fatigue(members_[author.seat()], day.index, posts, params_);
    }
}

// The day that is 28 days old gives its place to today.
void Participation::count_responses(const Day& day) {
    const auto today = static_cast<std::size_t>(day.index % 28);
    for (Responses& one : responses_) {
        one.all_responses -= one.responses[today];
        one.responses[today] = 0;
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            one.all_posts[p] -= one.posts[today][p];
            one.posts[today][p] = 0;
        }
    }
    for (const WrittenPost& post : day.written) {
        if (!post.company || !workforce_.is_latest(post.author)) continue;
        Responses& author = responses_[post.author.seat()];
        ++author.posts[today][static_cast<std::size_t>(post.platform)];
        ++author.all_posts[static_cast<std::size_t>(post.platform)];
    }
    for (const std::uint32_t node : day.engaged_with) {
        const auto author = Author::from_number(node);
        if (!workforce_.is_latest(author)) continue;  // whoever has left hears no applause
        ++responses_[author.seat()].responses[today];
        ++responses_[author.seat()].all_responses;
    }
}

}  // namespace groundswell::phases
