// Viewer activity on a platform: a Gamma law with mean 1 as a function of a normal score, and back, so that platforms
// can be correlated. Spec: docs/MODEL.md 2, Persons.
#pragma once

#include <array>

namespace groundswell {

// Both functions go by a table of the quantiles, linear between its scores: the Gamma quantile itself is too slow for
// millions of persons.
class ActivityLaw {
public:
    explicit ActivityLaw(double shape);

    double log_value(double score) const;  // the logarithm of the activity
    double score(double log_value) const;

private:
    static constexpr double kLargestScore = 6.5;  // no uniform of 32 bits has a larger normal score
    static constexpr int kStepsPerUnit = 64;
    static constexpr int kNodes = static_cast<int>(2 * kLargestScore) * kStepsPerUnit + 1;
    std::array<double, kNodes> log_value_{};
};

}  // namespace groundswell
