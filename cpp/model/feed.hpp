// What a viewer is shown and does: limits, repeats, copies, exponents of affinity. Spec: docs/MODEL.md 4.
#pragma once

#include "core/fields.hpp"

namespace groundswell {

struct FeedParams {
    double viewer_limit = 10;  // company impressions a week; infinity switches it off
    double same_day_second = .57;
    double same_day_third = .40;
    double identical_copy = .7;  // 1 switches it off
    double repeat_floor = .6;    // 1 switches it off
    double repeat_half_life_days = 7;
    double memory_days = 28;
    double affinity_engage = .7;
    double affinity_click = .5;
    double affinity_reshare = 1;
    double affinity_mute = -.5;
    double mute_frequency = .5;
    double persuasion_exponent = 1;
    double appeal_shrink = 0;         // kappa: appeal^(kappa^(hop - 1)); 0: no appeal beyond the first hop
    double fractional_contagion = 0;  // 1: reshare odds in proportion to the share of neighbors who reshared
    GROUNDSWELL_FIELDS(visit("viewer_limit", self.viewer_limit); visit("same_day_second", self.same_day_second);
                       visit("same_day_third", self.same_day_third); visit("identical_copy", self.identical_copy);
                       visit("repeat_floor", self.repeat_floor);
                       visit("repeat_half_life_days", self.repeat_half_life_days);
                       visit("memory_days", self.memory_days); visit("affinity_engage", self.affinity_engage);
                       visit("affinity_click", self.affinity_click); visit("affinity_reshare", self.affinity_reshare);
                       visit("affinity_mute", self.affinity_mute); visit("mute_frequency", self.mute_frequency);
                       visit("persuasion_exponent", self.persuasion_exponent);
                       visit("appeal_shrink", self.appeal_shrink);
                       visit("fractional_contagion", self.fractional_contagion);)
};

// Throws InvalidInput for values that the engine cannot run.
void check(const FeedParams& params);

}  // namespace groundswell
