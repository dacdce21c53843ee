#include "model/awareness.hpp"

#include "core/checks.hpp"

namespace groundswell {

void check(const AwarenessParams& p) {
    require_half_life("awareness.half_life_weeks", p.half_life_weeks);
    if (!(p.phi >= 0 && p.phi < 1)) reject("awareness.phi", p.phi, "at least 0, below 1");
    if (!(p.favorability_step >= 0 && p.favorability_step < 1))
        reject("awareness.favorability_step", p.favorability_step, "at least 0, below 1");
}

}  // namespace groundswell
