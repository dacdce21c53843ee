#include "spread/exponential.hpp"

#include "core/ieee_math.hpp"

namespace groundswell {

namespace {

// Where the tail begins, and the area of a layer (that of the lowest includes the tail), for 256 layers.
constexpr double kTail = 7.69711747013104972;
constexpr double kArea = 3.949659822581572e-3;

}  // namespace

Ziggurat::Ziggurat() {
    edge[0] = kArea / ieee::exp(-kTail);  // the lowest layer as a rectangle of its height and area
    edge[1] = kTail;
    for (std::size_t i = 1; i + 1 < kLayers; ++i) edge[i + 1] = -ieee::log(kArea / edge[i] + ieee::exp(-edge[i]));
    edge[kLayers] = 0.0;
    height[0] = ieee::exp(-kTail);
    for (std::size_t i = 1; i <= kLayers; ++i) height[i] = ieee::exp(-edge[i]);
}

const Ziggurat& ziggurat() {
    static const Ziggurat table;
    return table;
}

double exponential_outside(const Ziggurat& table, CascadeLuck& luck, std::uint64_t bits) {
    double before = 0.0;
    for (;; bits = luck.bits()) {
        const std::uint64_t layer = bits & (Ziggurat::kLayers - 1);
        const double x = unit_of_52(bits) * table.edge[layer];
        if (x < table.edge[layer + 1]) return before + x;
        if (layer == 0) {
            before += kTail;  // what lies beyond is distributed as the whole: exponentials have no memory
            continue;
        }
        const double low = table.height[layer];
        if (low + unit_of_52(luck.bits()) * (table.height[layer + 1] - low) < ieee::exp(-x)) return before + x;
    }
}

}  // namespace groundswell
