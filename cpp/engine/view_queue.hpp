// Views that wait for their moment: a ring of days, put into the order (minute, post) when their day comes.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace groundswell {

struct View {
    std::uint32_t tie;
    std::uint32_t hash;
    std::uint32_t post;
    std::uint32_t minute;  // of its day
};

class ViewQueue {
public:
    void reset(std::int32_t days_ahead) {
        days_.resize(static_cast<std::size_t>(days_ahead) + 2);
        for (auto& day : days_) day.clear();
    }

    void push(std::int32_t day, const View& view) {
        days_[static_cast<std::size_t>(day) % days_.size()].push_back(view);
    }

    // The views of a day in order, and the day's place in the ring emptied. Views are pushed in the order of their
    // posts, so a counting sort by minute, which is stable, leaves them in the order (minute, post).
    const std::vector<View>& take(std::int32_t day) {
        auto& waiting = days_[static_cast<std::size_t>(day) % days_.size()];
        std::array<std::uint32_t, 1441> begin{};
        for (const View& view : waiting) ++begin[view.minute + 1];
        for (std::size_t m = 1; m < begin.size(); ++m) begin[m] += begin[m - 1];
        sorted_.resize(waiting.size());
        for (const View& view : waiting) sorted_[begin[view.minute]++] = view;
        waiting.clear();
        return sorted_;
    }

private:
    std::vector<std::vector<View>> days_;
    std::vector<View> sorted_;
};

}  // namespace groundswell
