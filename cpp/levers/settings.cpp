#include "levers/settings.hpp"

#include <cmath>
#include <string>

#include "core/checks.hpp"

namespace groundswell {

namespace {

void check_lever(const Lever& lever, double value) {
    const std::string address = "program." + std::string(lever.name);
    if (value == lever.neutral) return;
    if (std::isfinite(lever.most))
        require_between(address, value, 0, lever.most);
    else
        require_not_negative(address, value);
}

void check_mix(const KindValues& mix) {
    double sum = 0;
    for (const double share : mix.array()) {
        require_probability("program.mix", share);
        sum += share;
    }
    if (std::abs(sum - 1) > 1e-9) reject("program.mix", sum, "1 in sum");
}

}  // namespace

void check(const ProgramSettings& settings) {
    for (const Lever& lever : levers()) check_lever(lever, settings.*lever.setting);
    if (settings.has_mix()) check_mix(settings.mix);
}

}  // namespace groundswell
