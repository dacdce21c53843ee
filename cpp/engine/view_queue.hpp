// Views that wait for their moment: a ring of days, put into the order (minute, number) slice by slice.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace groundswell {

struct View {
    std::uint32_t tie;
    std::uint32_t hash;
    std::uint32_t post;    // number of the post or act
    std::uint32_t minute;  // of its day
};

class ViewQueue {
public:
    void reset(std::int32_t days_ahead, std::uint32_t slice_minutes) {
        days_.resize(static_cast<std::size_t>(days_ahead) + 2);
        for (auto& day : days_) day.clear();
        slice_minutes_ = slice_minutes;
        late_.resize(1440 / slice_minutes);
        for (auto& slice : late_) slice.clear();
        today_ = -1;
    }

    std::uint32_t slices() const { return 1440 / slice_minutes_; }

    // Pushed in the order of their posts and acts. Views of the day that is being processed are for a later slice.
    void push(std::int32_t day, const View& view) {
        if (day == today_)
            late_[view.minute / slice_minutes_].push_back(view);
        else
            days_[static_cast<std::size_t>(day) % days_.size()].push_back(view);
    }

    // Sorts the views of a day and empties its place in the ring. A counting sort by minute is stable.
    void begin_day(std::int32_t day) {
        today_ = day;
        auto& waiting = days_[static_cast<std::size_t>(day) % days_.size()];
        sort_by_minute(waiting, 0, 1440, begin_, sorted_);
        waiting.clear();
    }

    // The views of a slice of the day in order. What came during the day has higher numbers than what came before.
    std::span<const View> slice(std::uint32_t number) {
        const std::uint32_t first = number * slice_minutes_;
        const std::span<const View> early(sorted_.data() + begin_[first],
                                          begin_[first + slice_minutes_] - begin_[first]);
        auto& late = late_[number];
        if (late.empty()) return early;
        std::array<std::uint32_t, 1441> begin;
        sort_by_minute(late, first, slice_minutes_, begin, late_sorted_);
        late.clear();
        merged_.resize(early.size() + late_sorted_.size());
        std::merge(early.begin(), early.end(), late_sorted_.begin(), late_sorted_.end(), merged_.begin(),
                   [](const View& a, const View& b) { return a.minute < b.minute; });
        return merged_;
    }

    void end_day() { today_ = -1; }

private:
    // Views of the minutes [first, first + minutes); begin[m]: where minute first + m starts in `sorted`.
    static void sort_by_minute(const std::vector<View>& views, std::uint32_t first, std::uint32_t minutes,
                               std::array<std::uint32_t, 1441>& begin, std::vector<View>& sorted) {
        std::fill_n(begin.begin(), minutes + 1, 0u);
        for (const View& view : views) ++begin[view.minute - first];
        for (std::uint32_t m = 0, before = 0; m <= minutes; ++m) {
            const std::uint32_t count = begin[m];
            begin[m] = before;
            before += count;
        }
        sorted.resize(views.size());
        for (const View& view : views) sorted[begin[view.minute - first]++] = view;
        for (std::uint32_t m = minutes; m > 0; --m) begin[m] = begin[m - 1];  // each was moved to the next one's start
        begin[0] = 0;
    }

    std::vector<std::vector<View>> days_;
    std::vector<std::vector<View>> late_;  // by slice of today
    std::vector<View> sorted_, late_sorted_, merged_;
    std::array<std::uint32_t, 1441> begin_{};
    std::uint32_t slice_minutes_ = 60;
    std::int32_t today_ = -1;
};

}  // namespace groundswell
