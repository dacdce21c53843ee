// One independent cascade (Goldenberg, Libai, Muller 2001; Kempe, Kleinberg, Tardos 2003): whoever has become active
// has one chance over each of its arcs.
//
// The arcs of the active nodes, row after row, are a sequence of independent trials. Arc a with probability p_a is as
// long as its hazard, -log(1 - p_a), in some unit; then the distance from one success to the next is exponential, and
// arcs are passed over without a random number for each (docs/SPREAD.md). The distance left at the end of a row goes on
// in the next one.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "spread/exponential.hpp"
#include "spread/workspace.hpp"

namespace groundswell {

// Arcs that have succeeded and whose targets have not been looked at. Memory fetches them meanwhile: a graph of
// millions of arcs does not fit into the near caches, and one target after the other would be waited for.
class PendingArcs {
public:
    static constexpr std::uint32_t kMost = 32;

    bool full() const { return count_ == kMost; }
    void push(const std::uint32_t* target) {
        prefetch(target);
        targets_[count_++] = target;
    }
    template <class Visit>
    void settle(Visit visit) {
        for (std::uint32_t i = 0; i < count_; ++i) visit(*targets_[i]);
        count_ = 0;
    }

private:
    std::array<const std::uint32_t*, kMost> targets_;
    std::uint32_t count_ = 0;
};

inline constexpr std::uint32_t kSoon = 4;  // nodes ahead of the one whose row is passed over

// Leaves the nodes that became active in `active`, which must be empty, and returns their number. Rows has
//   double distance(double exponential)            an exponential with mean 1, in units of length
//   Row row(node)                                  the node's arcs: length, and where to go on after the sure ones
//   Landing land(row, place)                       the arc that lies at this place, and where it ends
//   void expect(node), approach(node)              prefetches, for a node to come and for one that comes soon
template <class Rows>
std::uint32_t independent_cascade(const Rows& rows, std::span<const std::uint32_t> seeds, CascadeLuck luck,
                                  const Ziggurat& table, ActiveNodes& active) {
    for (const std::uint32_t seed : seeds) active.add(seed);
    PendingArcs pending;
    const auto settle = [&] {
        pending.settle([&](std::uint32_t target) {
            active.add(target);
            rows.expect(target);
        });
    };
    const auto succeed = [&](const std::uint32_t* target) {
        pending.push(target);
        if (pending.full()) settle();
    };
    double ahead = rows.distance(exponential(table, luck));
    for (std::uint32_t next = 0; next < active.size();) {
        const auto row = rows.row(active[next++]);
        if (next + kSoon < active.size()) rows.approach(active[next + kSoon]);
        if constexpr (Rows::kHasSureArcs)
            for (const std::uint32_t* arc = row.sure_begin; arc != row.sure_end; ++arc) succeed(arc);
        while (ahead < row.length) {
            const auto landing = rows.land(row, ahead);
            succeed(landing.target);
            ahead = landing.end + rows.distance(exponential(table, luck));
        }
        ahead -= row.length;
        if (next == active.size()) settle();
    }
    return active.size();
}

}  // namespace groundswell
