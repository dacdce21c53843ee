// Ranges of the audience's parameters.
#pragma once

#include "model/audience.hpp"

namespace groundswell {

// Throws InvalidInput with the address, the value and the rule.
void check_audience(const AudienceParams& params);

}  // namespace groundswell
