// Viewer activity on a platform: a Gamma law with mean 1 as a function of a normal score, and back, from a table, so
// that platforms can be correlated. Spec: docs/MODEL.md 2, Persons.
#pragma once

#include <array>

namespace groundswell {

class ActivityLaw {
public:
    explicit ActivityLaw(double shape);

    double log_value(double score) const;  // logarithm of the quantile; linear between the table's scores
    double score(double log_value) const;  // its inverse

private:
    static constexpr double kLargestScore = 6.5;  // beyond it, for numbers of 32 bits, there is nothing
    static constexpr int kStepsPerUnit = 64;
    static constexpr int kNodes = static_cast<int>(2 * kLargestScore) * kStepsPerUnit + 1;
    std::array<double, kNodes> log_value_{};
};

}  // namespace groundswell
