#include "engine/recorder.hpp"

#include <utility>

namespace groundswell {

namespace {

constexpr std::array<MeasureId, kViewMeasures> kViewIds = {MeasureId::impressions,     MeasureId::attended_impressions,
                                                           MeasureId::engagements,     MeasureId::clicks,
                                                           MeasureId::reshares,        MeasureId::mutes,
                                                           MeasureId::link_impressions};
constexpr std::array<MeasureId, kPostMeasures> kPostIds = {MeasureId::posts,
                                                           MeasureId::other_posts,
                                                           MeasureId::potential_reach,
                                                           MeasureId::weak_tie_impressions,
                                                           MeasureId::weak_tie_reshares,
                                                           MeasureId::impressions_beyond_first_degree,
                                                           MeasureId::reshared_posts,
                                                           MeasureId::later_reshared_posts};
constexpr std::array<MeasureId, kAmounts> kAmountIds = {
    MeasureId::invitations,    MeasureId::enrollments,         MeasureId::drop_outs,
    MeasureId::exits,          MeasureId::negative_posts,      MeasureId::active_member_days,
    MeasureId::seat_days,      MeasureId::coerced_days,        MeasureId::motivation_points,
    MeasureId::fatigue_points, MeasureId::authenticity_points, MeasureId::credibility_points,
    MeasureId::advocate_hours, MeasureId::training_hours,      MeasureId::cost_license,
    MeasureId::cost_content,   MeasureId::cost_staff,          MeasureId::cost_training,
    MeasureId::cost_rewards,   MeasureId::cost_time,           MeasureId::program_cost};

}  // namespace

Recorder::Recorder(const Calendar& calendar, const Layout& layout, std::vector<Platform> on, std::span<double> values)
    : calendar_(calendar), layout_(layout), on_(std::move(on)), values_(values) {}

void Recorder::begin_day(std::int32_t day) {
    const Day& today = calendar_.days[static_cast<std::size_t>(day)];
    const auto stamp = [](const std::vector<Cell>& cells, std::int32_t index) {
        return static_cast<std::uint32_t>(cells[static_cast<std::size_t>(index)].first_day + 1);
    };
    cell_stamp_ = {stamp(calendar_.weeks, today.week), stamp(calendar_.months, today.month),
                   stamp(calendar_.quarters, today.quarter),
                   stamp(calendar_.windows, static_cast<std::int32_t>(today.window)),
                   day < calendar_.horizon_begin() ? 0u : static_cast<std::uint32_t>(calendar_.horizon_begin() + 1)};
}

void Recorder::end_day(std::int32_t day, const Levels& awareness, const Levels& favorability,
                       const StaffLevels& staff) {
    const Day& today = calendar_.days[static_cast<std::size_t>(day)];
    const auto ends = [&](const std::vector<Cell>& cells, std::int32_t index) {
        return cells[static_cast<std::size_t>(index)].end_day == day + 1;
    };
    if (calendar_.fragments[static_cast<std::size_t>(today.fragment)].end_day == day + 1)
        write_fragment(today.fragment);
    if (ends(calendar_.weeks, today.week)) {
        if (today.window != Window::warm_up) {
            write_people(MeasureId::unique_reach, Grain::to_date, today.week, reach_);
            write_people(MeasureId::unique_reach_with_page, Grain::to_date, today.week, reach_with_page_);
        }
        write_cell(Grain::week, today.week, awareness, favorability, staff);
    }
    if (ends(calendar_.months, today.month)) write_cell(Grain::month, today.month, awareness, favorability, staff);
    if (ends(calendar_.quarters, today.quarter))
        write_cell(Grain::quarter, today.quarter, awareness, favorability, staff);
    const auto window = static_cast<std::int32_t>(today.window);
    if (ends(calendar_.windows, window)) write_cell(Grain::window, window, awareness, favorability, staff);
}

void Recorder::write_fragment(std::int32_t fragment) {
    for (std::size_t m = 0; m < kViewIds.size(); ++m) {
        std::size_t row = layout_.first(kViewIds[m], Grain::fragment, fragment);
        for (const auto& by_source : views_[m])
            for (const std::int64_t count : by_source) values_[row++] = static_cast<double>(count);
        for (const Platform platform : on_)
            for (const auto& by_source : hops_[m][static_cast<std::size_t>(platform)])
                for (const std::int64_t count : by_source) values_[row++] = static_cast<double>(count);
    }
    for (std::size_t m = 0; m < kPostIds.size(); ++m) {
        std::size_t row = layout_.first(kPostIds[m], Grain::fragment, fragment);
        for (const Platform platform : on_)
            for (const std::int64_t count : posts_[m][static_cast<std::size_t>(platform)])
                values_[row++] = static_cast<double>(count);
    }
    values_[layout_.first(MeasureId::displaced_posts, Grain::fragment, fragment)] = static_cast<double>(displaced_);
    for (std::size_t a = 0; a < kAmounts; ++a)
        values_[layout_.first(kAmountIds[a], Grain::fragment, fragment)] = amounts_[a];
    amounts_ = {};
    views_ = {};
    hops_ = {};
    posts_ = {};
    displaced_ = 0;
}

void Recorder::write_cell(Grain grain, std::int32_t period, const Levels& awareness, const Levels& favorability,
                          const StaffLevels& staff) {
    write_people(MeasureId::unique_reach, grain, period, reach_);
    write_people(MeasureId::unique_reach_with_page, grain, period, reach_with_page_);
    write_authors(MeasureId::audience_size, grain, period, audience_);
    write_authors(MeasureId::active_sharers, grain, period, sharers_);
    auto& participants = participants_[static_cast<std::size_t>(grain) - static_cast<std::size_t>(Grain::week)];
    values_[layout_.first(MeasureId::program_participants, grain, period)] = static_cast<double>(participants[0]);
    participants = {};
    values_[layout_.first(MeasureId::satisfaction, grain, period)] = staff.satisfaction;
    values_[layout_.first(MeasureId::headcount, grain, period)] = staff.headcount;
    values_[layout_.first(MeasureId::enrolled, grain, period)] = staff.enrolled;
    values_[layout_.first(MeasureId::dormant_members, grain, period)] = staff.dormant;
    const std::size_t aware = layout_.first(MeasureId::awareness, grain, period);
    const std::size_t favor = layout_.first(MeasureId::favorability, grain, period);
    for (std::size_t s = 0; s < kSegments; ++s) {
        values_[aware + s] = awareness[s];
        values_[favor + s] = favorability[s];
    }
}

void Recorder::write_people(MeasureId measure, Grain grain, std::int32_t period, Unique& counts) {
    auto& columns = counts[static_cast<std::size_t>(grain) - static_cast<std::size_t>(Grain::week)];
    const std::size_t row = layout_.first(measure, grain, period);
    double all = 0;
    for (std::size_t s = 1; s < kSegments; ++s) {
        values_[row + s] = static_cast<double>(columns[s]);
        all += values_[row + s];
    }
    values_[row] = all;
    write_platforms(row + kSegments, columns);
    if (grain != Grain::to_date) columns = {};
}

void Recorder::write_authors(MeasureId measure, Grain grain, std::int32_t period, Unique& counts) {
    auto& columns = counts[static_cast<std::size_t>(grain) - static_cast<std::size_t>(Grain::week)];
    const std::size_t row = layout_.first(measure, grain, period);
    values_[row] = static_cast<double>(columns[0]);
    write_platforms(row + 1, columns);
    columns = {};
}

void Recorder::write_platforms(std::size_t row, const std::array<std::int64_t, kSegments + kPlatforms>& counts) {
    if (on_.size() < 2) return;
    for (const Platform platform : on_) values_[row++] = static_cast<double>(counts[column(platform)]);
}

}  // namespace groundswell
