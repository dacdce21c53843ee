// How strong a tie is: one draw of the pair, for both directions and every platform. Spec: docs/MODEL.md 2, Strength.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/draws.hpp"
#include "model/audience.hpp"
#include "model/build_context.hpp"

namespace groundswell {

constexpr std::uint64_t unordered_pair(std::uint32_t a, std::uint32_t b) {
    return (std::uint64_t{std::min(a, b)} << 32) | std::max(a, b);
}

class TieStrengths {
public:
    TieStrengths(const BuildContext& context, const AudienceParams& params)
        : key_(context.key(Decision::tie_strength)), strong_share_(params.strong_tie_share) {}

    Strength of(std::uint32_t a, std::uint32_t b) const {
        return unit(draw(key_, unordered_pair(a, b))[0]) < strong_share_ ? Strength::strong : Strength::weak;
    }

private:
    StreamKey key_;
    double strong_share_;
};

}  // namespace groundswell
