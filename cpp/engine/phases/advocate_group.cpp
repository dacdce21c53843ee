#include "engine/phases/advocate_group.hpp"

#include <algorithm>
#include <utility>

namespace groundswell::phases {

AdvocateGroup::AdvocateGroup(const RunTables& tables, const Workforce& workforce)
    : world_(tables.world),
      workforce_(workforce),
      order_key_(world_key(world_.seed, world_.index, Decision::active_advocates)),
      keeps_its_size_(tables.design.program && !tables.design.program->selection && tables.design.program->random),
      advocate_(tables.participation.advocate) {
    if (!keeps_its_size_) return;
    for (std::uint32_t k = world_.employees; k > tables.design.program->size; --k)
        waiting_.emplace_back(world_.advocate_order[k - 1]);
}

void AdvocateGroup::refill(Day& day) {
    for (; vacancies_ > 0; --vacancies_) {
        const std::optional<std::uint32_t> seat = next_in_order();
        if (seat) {
            advocate_[*seat] = 1;
            day.recorder.add(MeasureId::advocates_replaced);
        } else {
            day.recorder.add(MeasureId::advocate_places_lost);
        }
    }
}

void AdvocateGroup::note_exits(std::span<const std::uint32_t> seats, Day& day) {
    for (const std::uint32_t seat : seats) {
        if (!has(seat)) continue;
        advocate_[seat] = 0;
        day.recorder.add(MeasureId::advocates_left);
        if (keeps_its_size_)
            ++vacancies_;
        else
            day.recorder.add(MeasureId::advocate_places_lost);
    }
}

void AdvocateGroup::sit_down(Author author) {
    advocate_[author.seat()] = 0;
    if (!keeps_its_size_) return;
    const auto rank = [this](Author one) { return std::pair(place_in_order(one), draw_number(one, world_)); };
    const auto after =
        std::find_if(waiting_.begin(), waiting_.end(), [&](Author other) { return rank(other) < rank(author); });
    waiting_.insert(after, author);
}

// Whoever has left the company has also left the order.
std::optional<std::uint32_t> AdvocateGroup::next_in_order() {
    while (!waiting_.empty()) {
        const Author next = waiting_.back();
        waiting_.pop_back();
        if (workforce_.is_latest(next) && workforce_.is_employed(next.seat())) return next.seat();
    }
    return std::nullopt;
}

}  // namespace groundswell::phases
