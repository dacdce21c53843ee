// Parameters of awareness and favorability. The law is in cpp/engine/phases/awareness.hpp. Spec: docs/MODEL.md 5.
#pragma once

#include "core/fields.hpp"

namespace groundswell {

struct AwarenessParams {
    double phi = .65;             // part of the attainable lift that the first attended exposure gives at w = 1
    double half_life_weeks = 3;   // infinity switches decay off
    double attainable_lift = .3;  // of what is not yet aware
    double baseline_buyer = .25;
    double baseline_talent = .15;
    double baseline_other = .05;
    double favorability_prior = .1;
    double favorability_step = .1;
    double favorability_half_life_weeks = 26;  // infinity switches fading off
    double valence_threshold = .5;             // authenticity that leaves people cold
    double wear_out_exposures = 10;            // attended exposures from which on they wear out
    double wear_out_exponent = .5;             // 0 switches wear-out off
    double wear_out_half_life_weeks = 4;       // of the count of exposures; infinity: nothing is forgotten
    GROUNDSWELL_FIELDS(visit("phi", self.phi); visit("half_life_weeks", self.half_life_weeks);
                       visit("attainable_lift", self.attainable_lift); visit("baseline_buyer", self.baseline_buyer);
                       visit("baseline_talent", self.baseline_talent); visit("baseline_other", self.baseline_other);
                       visit("favorability_prior", self.favorability_prior);
                       visit("favorability_step", self.favorability_step);
                       visit("favorability_half_life_weeks", self.favorability_half_life_weeks);
                       visit("valence_threshold", self.valence_threshold);
                       visit("wear_out_exposures", self.wear_out_exposures);
                       visit("wear_out_exponent", self.wear_out_exponent);
                       visit("wear_out_half_life_weeks", self.wear_out_half_life_weeks);)
};

// Throws InvalidInput for values that the engine cannot run.
void check(const AwarenessParams& params);

}  // namespace groundswell
