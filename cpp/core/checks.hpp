// Range checks that name the parameter by its address, the value and the rule.
#pragma once

#include <cmath>
#include <sstream>
#include <string>
#include <string_view>

#include "core/errors.hpp"

namespace groundswell {

inline std::string format_number(double value) {
    std::ostringstream text;
    text.precision(12);
    text << value;
    return text.str();
}

[[noreturn]] inline void reject(std::string_view address, double value, std::string_view rule) {
    throw InvalidInput(std::string(address) + " = " + format_number(value) + ": must be " + std::string(rule));
}

// The comparisons are negated so that NaN fails every check.
inline void require_between(std::string_view address, double value, double low, double high) {
    if (!(value >= low && value <= high))
        reject(address, value, "between " + format_number(low) + " and " + format_number(high));
}
inline void require_probability(std::string_view address, double value) { require_between(address, value, 0, 1); }
inline void require_not_negative(std::string_view address, double value) {
    if (!(value >= 0 && std::isfinite(value))) reject(address, value, "zero or more, and finite");
}
inline void require_positive(std::string_view address, double value) {
    if (!(value > 0 && std::isfinite(value))) reject(address, value, "above zero, and finite");
}
inline void require_whole(std::string_view address, double value, double low, double high) {
    if (!(value >= low && value <= high && value == std::floor(value)))
        reject(address, value, "a whole number between " + format_number(low) + " and " + format_number(high));
}

// A time after which something has halved; infinity switches the halving off.
inline void require_half_life(std::string_view address, double value) {
    if (!(value > 0)) reject(address, value, "above zero (infinite switches it off)");
}

}  // namespace groundswell
