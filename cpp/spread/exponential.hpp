// Exponential variates, and the random numbers of one cascade.
#pragma once

#include <array>
#include <cstdint>

#include "core/keyed_hash.hpp"

namespace groundswell {

// The random numbers of one cascade, one after the other: SplitMix64 from a start that is a hash of the key of the run
// and of the cascade's number. Nothing else decides them, so no number of threads changes a cascade.
class CascadeLuck {
public:
    CascadeLuck(std::uint64_t key, std::uint64_t cascade) : state_(combine(key, cascade)) {}

    std::uint64_t bits() { return mix64(state_ += kGolden); }

private:
    std::uint64_t state_;
};

// A uniform in (0, 1) from the upper 52 bits: the midpoint of its cell.
inline double unit_of_52(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

// The ziggurat of Marsaglia and Tsang (2000, Journal of Statistical Software 5(8)) for the density e^-x: 256 layers of
// one area. Layer i is as wide as edge[i]; a point left of edge[i + 1] lies under the curve whatever its height.
struct Ziggurat {
    static constexpr std::size_t kLayers = 256;
    std::array<double, kLayers + 1> edge;
    std::array<double, kLayers + 1> height;  // e^-edge, of layer 0 that of the tail's begin

    Ziggurat();
};

const Ziggurat& ziggurat();

// What follows where the first number does not decide: one draw in a hundred.
double exponential_outside(const Ziggurat& table, CascadeLuck& luck, std::uint64_t bits);

// An exponential variate with mean 1, above 0. The layer is drawn by other bits than the place in it.
inline double exponential(const Ziggurat& table, CascadeLuck& luck) {
    const std::uint64_t bits = luck.bits();
    const std::uint64_t layer = bits & (Ziggurat::kLayers - 1);
    const double x = unit_of_52(bits) * table.edge[layer];
    if (x < table.edge[layer + 1]) [[likely]]
        return x;
    return exponential_outside(table, luck, bits);
}

}  // namespace groundswell
