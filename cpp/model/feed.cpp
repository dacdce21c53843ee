#include "model/feed.hpp"

#include "core/checks.hpp"

namespace groundswell {

void check(const FeedParams& p) {
    require_between("feed.memory_days", p.memory_days, 0, 365);
    if (!(p.viewer_limit > 0)) reject("feed.viewer_limit", p.viewer_limit, "above zero (infinite switches it off)");
    require_half_life("feed.repeat_half_life_days", p.repeat_half_life_days);
}

}  // namespace groundswell
