#include "model/awareness.hpp"

#include "core/checks.hpp"

namespace groundswell {

void check(const AwarenessParams& p) {
    require_half_life("awareness.half_life_weeks", p.half_life_weeks);
    if (!(p.phi >= 0 && p.phi < 1)) reject("awareness.phi", p.phi, "at least 0, below 1");
    if (!(p.favorability_step >= 0 && p.favorability_step < 1))
        reject("awareness.favorability_step", p.favorability_step, "at least 0, below 1");
    require_half_life("awareness.favorability_half_life_weeks", p.favorability_half_life_weeks);
    if (!(p.valence_threshold >= 0 && p.valence_threshold < 1))
        reject("awareness.valence_threshold", p.valence_threshold, "at least 0, below 1");
    require_positive("awareness.wear_out_exposures", p.wear_out_exposures);
    require_not_negative("awareness.wear_out_exponent", p.wear_out_exponent);
    require_half_life("awareness.wear_out_half_life_weeks", p.wear_out_half_life_weeks);
}

}  // namespace groundswell
