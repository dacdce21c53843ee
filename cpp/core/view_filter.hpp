// Which ties of an author are candidates for a view of one post: those whose view_hash(key, viewer number) is below the
// threshold of the tie's class. Spec: docs/MODEL.md 4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/system.hpp"
#include "core/viewer_numbers.hpp"

namespace groundswell {

inline constexpr std::size_t kTieClasses = 96;   // 32 visibility classes x 3 strengths
inline constexpr std::size_t kFilterSlack = 16;  // the vector kernels write up to this many entries past the end
using Thresholds = std::array<std::uint32_t, kTieClasses>;

// A tie has the person in bits 0-23 and the class in bits 24-30; ties are sorted by person. Writes the candidates in
// row order into outputs that have room for size + kFilterSlack of them, and returns their number. Every instruction
// set writes the same candidates.
std::size_t filter_views(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                         const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                         std::uint32_t* candidate_hashes, Isa isa);

namespace kernels {
std::size_t filter_scalar(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                          const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                          std::uint32_t* candidate_hashes);
std::size_t filter_avx2(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                        const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                        std::uint32_t* candidate_hashes);
std::size_t filter_avx512(const std::uint32_t* ties, std::size_t size, std::uint64_t post_key,
                          const ViewerNumbers& viewers, const Thresholds& thresholds, std::uint32_t* candidate_ties,
                          std::uint32_t* candidate_hashes);
}  // namespace kernels

}  // namespace groundswell
