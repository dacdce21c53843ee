// exp and log from IEEE-754 operations only (no libm, no fused multiply-add), so that every platform agrees to the bit.
// Error below 2 units in the last place on the ranges used (tests/cpp/test_ieee_math.cpp).
#pragma once

namespace groundswell::ieee {

double exp(double x);             // any finite x; 0 below -745, +inf above 709.78
double log(double x);             // x > 0 and finite
double exp2(double x);            // exp(x ln 2)
double pow(double x, double y);   // exp(y log x), x > 0

}  // namespace groundswell::ieee
