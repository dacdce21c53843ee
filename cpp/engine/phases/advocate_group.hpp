// Who posts all year, and who takes the place of an advocate who leaves. Spec: docs/model/levers.md, Active advocates.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/streams.hpp"
#include "engine/phases/day.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/post.hpp"
#include "engine/run_tables.hpp"

namespace groundswell::phases {

// A random group keeps its size: whoever leaves is replaced from the next day on by the next of the group's order who
// is still employed. A named group does not: nobody else was meant.
class AdvocateGroup {
public:
    AdvocateGroup(const RunTables& tables, const Workforce& workforce);

    bool has(std::uint32_t seat) const { return advocate_[seat] != 0; }
    // Fills the places that were left before today, as far as the order goes.
    void refill(Day& day);
    void note_exits(std::span<const std::uint32_t> seats, Day& day);
    // A newcomer is in no group, and enters the order with a uniform of their own.
    void sit_down(Author author);

private:
    std::optional<std::uint32_t> next_in_order();
    std::uint32_t place_in_order(Author author) const { return draw(order_key_, draw_number(author, world_))[0]; }

    const World& world_;
    const Workforce& workforce_;
    StreamKey order_key_;
    bool keeps_its_size_;
    std::vector<std::uint8_t> advocate_;  // by seat
    std::vector<Author> waiting_;         // who is behind the group in its order, the next one last
    std::uint32_t vacancies_ = 0;         // of this day, filled from tomorrow on
};

}  // namespace groundswell::phases
