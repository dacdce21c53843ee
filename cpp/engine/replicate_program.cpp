// The phases workforce and program: who leaves, who takes part, what it costs; and what a program does to posts.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/draws.hpp"
#include "engine/replicate.hpp"

namespace groundswell {

namespace {

constexpr double kMonth = 12.0 / 365.25;  // of a day

bool earlier(const Act& a, const Act& b) {
    return std::tie(a.minute, a.post, a.person, a.kind) < std::tie(b.minute, b.post, b.person, b.kind);
}

}  // namespace

void Replicate::workforce(std::int32_t day) {
    if (design_.calendar.days[static_cast<std::size_t>(day)].window == Window::horizon) team_.leave(day, recorder_);
}

void Replicate::program(std::int32_t day) {
    settings_ = nullptr;
    if (design_.calendar.days[static_cast<std::size_t>(day)].window != Window::horizon) return;
    if (design_.program) {
        settings_ = &design_.program->on(day - design_.calendar.horizon_begin());
        access_ = 1.0 - (1.0 - design_.params.participation.access_blocked_posting) * settings_->access_blocked;
        spend(day, team_.take_part(day, recorder_));
    }
    if (records_.trace != nullptr) trace_members();
}

// What the day costs, whatever is posted.
void Replicate::spend(std::int32_t day, const TeamDay& team) {
    const CostParams& costs = design_.params.costs;
    const auto pay = [&](Amount line, double amount) {
        recorder_.add(line, amount);
        recorder_.add(Amount::program_cost, amount);
    };
    pay(Amount::cost_license, team.seats * costs.license_per_seat_month * kMonth);
    pay(Amount::cost_content, (items_offered_by(day) - items_offered_by(day - 1)) * costs.content_per_item);
    const double rise = std::max(0.0, settings_->guidelines - largest_guidelines_);
    largest_guidelines_ += rise;
    pay(Amount::cost_staff,
        costs.staff_hour / 7.0 * (costs.staff_hours_per_week + costs.champion_hours_per_week * settings_->champion) +
            costs.leadership_hour / 7.0 * costs.leadership_hours_per_week * settings_->leadership +
            costs.guidelines_hours * costs.staff_hour * rise);
    pay(Amount::cost_training, (costs.advocate_hour + costs.trainer_hour) * team.trained_hours);
    pay(Amount::cost_rewards,
        team.active * kMonth *
            (costs.recognition_per_month * settings_->recognition + costs.money_unit * settings_->money));
}

void Replicate::spend_minutes(double minutes) {
    const double amount = design_.params.costs.advocate_hour / 60.0 * minutes;
    recorder_.add(Amount::advocate_hours, minutes / 60.0);
    recorder_.add(Amount::cost_time, amount);
    recorder_.add(Amount::program_cost, amount);
}

void Replicate::count_participant(std::uint32_t author, std::int32_t day) {
    AuthorState& state = authors_[author];
    const auto stamp = static_cast<std::uint16_t>(day + 1);
    if (state.last_program_day != stamp) recorder_.count_participant(state.last_program_day);
    state.last_program_day = stamp;
}

void Replicate::count_program_post(const DraftItem& item, const Origin& origin) {
    const CostParams& costs = design_.params.costs;
    spend_minutes(item.own_words ? costs.minutes_own_words : costs.minutes_supplied);
    recorder_.add(Amount::authenticity_points, origin.authenticity);
    recorder_.add(Amount::credibility_points, origin.carrier.credibility);
}

bool Replicate::negative(std::uint32_t author, const Draft& draft) const {
    return team_[author].coerced &&
           unit(draw(negative_key_, draft.identity)[0]) < design_.params.participation.negative_posts;
}

// What training and coercion do to the authenticity of a post.
double Replicate::authenticity_by_author(std::uint32_t author, const Draft& draft, double authenticity) const {
    if (draft.process == Process::page) return authenticity;
    const ParticipationParams& params = design_.params.participation;
    const Member& member = team_[author];
    const double trained = authenticity + params.training_authenticity * training_level(member.trained_hours);
    return draft.process == Process::program && member.coerced ? trained * params.coerced_authenticity : trained;
}

// Members who will engage with a post of the page, and reshare it, because the program asks for it.
void Replicate::amplify(std::uint32_t number, const Draft& draft, std::int32_t day) {
    if (settings_ == nullptr || settings_->page_amplification == 0) return;
    const ParticipationParams& params = design_.params.participation;
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        if (!team_.posts(i) || world_.graph(draft.platform).row(i).empty()) continue;
        const Block words = draw(amplification_key_, draft.identity, i + 1);
        if (unit(words[0]) >= settings_->page_amplification) continue;
        spend_minutes(design_.params.costs.minutes_supplied);
        const auto wait = static_cast<std::uint32_t>(unit(words[2]) * 60.0 * params.amplification_hours);
        const std::uint32_t minute = draft.minute + 1 + wait;
        auto& waiting = amplified_[(static_cast<std::size_t>(day) + minute / 1440) % 2];
        waiting.push_back({number, i, minute % 1440, ActKind::surfaced});
        if (unit(words[1]) < params.amplification_reshare)
            waiting.push_back({number, i, minute % 1440, ActKind::reshare});
    }
}

// Amplified posts of a slice, after its views: who has done the same already does nothing.
void Replicate::resolve_amplified(std::int32_t day, std::uint32_t slice) {
    auto& waiting = amplified_[static_cast<std::size_t>(day % 2)];
    if (waiting.empty()) return;
    if (slice == 0) std::sort(waiting.begin(), waiting.end(), earlier);
    const std::uint32_t end = (slice + 1) * plan_.slice_minutes;
    const auto last = std::find_if(waiting.begin(), waiting.end(), [&](const Act& act) { return act.minute >= end; });
    for (auto act = waiting.begin(); act != last; ++act) {
        const Post& post = work_.posts.post(act->post);
        if (!work_.acted.insert(act_key(post.root, act->person, act->kind)).second) continue;
        const bool reshare = act->kind == ActKind::reshare;
        count_view(reshare ? ViewMeasure::reshares : ViewMeasure::engagements, Segment::employee, post);
        if (reshare) count_reshared_post(post);
        acts_.push_back(*act);
    }
    waiting.erase(waiting.begin(), last);
    std::sort(acts_.begin(), acts_.end(), earlier);
}

void Replicate::trace_members() {
    for (std::uint32_t i = 0; i < world_.employees; ++i) {
        const bool advocate = plan_.team.advocate[i] != 0;
        const MemberState state = advocate ? MemberState::active : team_[i].state;
        records_.trace->member_state.push_back(static_cast<std::uint8_t>(state));
        records_.trace->motivation.push_back(advocate || team_[i].is_member() ? team_.motivation(i) : 0.0);
    }
}

}  // namespace groundswell
