// Ties among the persons outside the company, generated: in circles of people who know each other, and at random.
// Spec: docs/MODEL.md 2, Ties among persons.
//
// A person's ties are stubs until both ends have found each other. A person spends some of them at random and the
// others in circles, at one position in each. Home positions are the persons in their order; the further positions of a
// segment, and the mixed ones of all segments, are shuffled by a keyed permutation; all are cut into circles of
// consecutive positions. Two positions of a circle are tied if a hash of the pair is below a threshold in proportion to
// the product of their stubs. Random stubs are paired as neighbors in a keyed permutation. Stored are the positions,
// not the ties, which are many times as many: a person's ties are gathered from them, in any order of persons.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "world/build_context.hpp"
#include "world/pools.hpp"
#include "world/ties/person_ties.hpp"

namespace groundswell {

class CircleTies final : public PersonTies {
public:
    // Throws InvalidInput where there would be more positions or stubs than 32 bits can number.
    CircleTies(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params);

    void others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const override;

    // The ties that a person of the segment gets for each that is wanted, over a sample of persons.
    double made_per_wanted(std::size_t segment) const;

private:
    // Positions that are cut into circles together: the homes of a segment, its further positions, or the mixed ones.
    struct PositionPool {
        std::uint32_t begin = 0, count = 0;           // positions
        std::uint32_t circle_begin = 0, circles = 0;  // numbers of the circles, over all pools
        std::uint64_t span = 0;  // each circle is an equal part of it; at least count, so that the last can be short

        std::uint32_t circle_of(std::uint32_t position) const;
        std::uint32_t begin_of(std::uint32_t circle) const;
    };
    static constexpr std::size_t kMixed = std::size_t{2} * kSegments;  // after homes and further positions by segment
    static constexpr std::size_t kPositionPools = kMixed + 1;

    // How a person's ties are spent.
    struct Stubs {
        std::uint32_t random = 0, in_circles = 0, positions = 0;

        std::uint32_t further_positions() const { return positions > 0 ? positions - 1 : 0; }
    };

    double wanted_ties(std::uint32_t person) const;
    Stubs stubs_of(std::uint32_t person, std::size_t segment) const;
    std::size_t segment_of(std::uint32_t person) const;
    std::size_t pool_of_further(std::uint32_t person, std::size_t segment, std::uint32_t slot) const;
    std::uint32_t stubs_at(const Stubs& stubs, std::uint32_t slot) const;

    void place_persons(const BuildContext& context);
    void count_positions_and_stubs(const BuildContext& context);
    void cut_into_circles();
    void fill_positions(const BuildContext& context);
    void set_pair_scales(const BuildContext& context);
    double pair_scale(const PositionPool& pool, std::uint32_t circle) const;
    bool correct_for_lost_ties();

    void gather_circle(std::size_t pool, std::uint32_t position, std::vector<std::uint32_t>& others) const;
    void gather_random(std::uint32_t person, std::vector<std::uint32_t>& others) const;

    SegmentBounds bounds_;
    AudienceParams params_;
    StreamKey degree_key_, position_key_, random_key_;
    std::array<std::uint64_t, kPositionPools> pair_key_{};  // of the draws over pairs of positions
    double log_median_ties_;
    std::uint32_t stubs_per_position_;
    std::array<double, kSegments> correction_;  // wanted ties are multiplied by it, to make up for lost ones

    std::array<PositionPool, kPositionPools> pools_{};
    std::vector<std::uint32_t> occupants_;  // at each position: the person, and in the bits from 24 their stubs there
    std::vector<double> pair_scale_;        // by circle: the threshold of a pair with one stub each

    // By person outside the company: where their further positions and their random stubs begin.
    std::vector<std::uint32_t> further_begin_, random_begin_;
    std::vector<std::uint32_t> further_positions_;
    std::vector<std::uint32_t> random_owner_;  // the person whose stub is at each place of the shuffled random stubs
    // By chunk of persons: the further positions that earlier chunks take of each pool.
    std::vector<std::array<std::uint32_t, kPositionPools>> further_before_;
};

}  // namespace groundswell
