#include "model/platform.hpp"

#include <cmath>

#include "core/checks.hpp"

namespace groundswell {

std::string platform_list() {
    std::string list;
    for (const std::string_view name : kPlatformNames) list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

void check(const std::string& address, const PlatformParams& p) {
    require_between(address + ".view_cut_days", p.view_cut_days, 1, 90);
    const auto require_half_life_of_views = [&](const char* name, double value) {
        if (!(value > 0 && value < 12 * p.view_cut_days))
            reject(address + name, value, "above zero and below half of " + address + ".view_cut_days");
    };
    require_half_life_of_views(".half_life_hours", p.half_life_hours);
    require_half_life_of_views(".later_half_life_hours", p.later_half_life_hours);
    if (!(p.attention > 0 && p.attention <= 1)) reject(address + ".attention", p.attention, "above 0, at most 1");
    require_positive(address + ".attention_person_page_ratio", p.attention_person_page_ratio);
    require_between(address + ".surfaced_views", p.surfaced_views, 0, 1e6);
    require_between(address + ".surfacing_decay", p.surfacing_decay, 0, 1);
    require_between(address + ".reaction_decay", p.reaction_decay, 0, 1);
    require_between(address + ".reshare_views", p.reshare_views, 0, 1e6);
}

void check_shares(const std::string& address, const PlatformValues& values, const PlatformsParams& platforms) {
    const auto shares = values.array();
    double sum = 0;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        const std::string name(kPlatformNames[p]);
        require_between(address + "." + name, shares[p], 0, 1);
        if (shares[p] > 0 && !platforms[p])
            reject(address + "." + name, shares[p], "0 while platforms." + name + " is off");
        sum += shares[p];
    }
    if (std::abs(sum - 1) > 1e-9) reject(address, sum, "1 in sum");
}

}  // namespace groundswell
