// Ties among the persons outside the company, generated: circles and a random remainder. Spec: docs/MODEL.md 2, Ties
// among persons.
//
// A person spends their ties in circles, at one position each, and at random. Home positions are the persons in their
// order; the further positions of a pool, and the mixed ones of all pools, are shuffled by a keyed permutation, and cut
// into circles of consecutive positions. Two positions of a circle are tied if a hash of the pair is below a threshold
// in proportion to the product of their stubs. Random stubs are paired as neighbors in a keyed permutation. What is
// stored are the places, not the ties: a person's ties are gathered from them, in any order of persons.
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

    // Ties that a person of the segment gets for each that is wanted, over a sample of persons.
    double made_per_wanted(std::size_t segment) const;

private:
    // Positions that are cut into circles together: the homes of a pool, its further positions, or the mixed ones.
    struct Ground {
        std::uint32_t begin = 0, count = 0;  // positions
        std::uint32_t circle_begin = 0, circles = 0;
        std::uint64_t span = 0;  // `circles` equal parts of it are the circles; at least count

        std::uint32_t circle_of(std::uint32_t position) const;
        std::uint32_t begin_of(std::uint32_t circle) const;  // of the circles of all grounds
    };
    static constexpr std::size_t kMixed = std::size_t{2} * kSegments,
                                 kGrounds = kMixed + 1;  // homes, further positions, mixed

    // How a person's ties are spent.
    struct Stubs {
        std::uint32_t random = 0, in_circles = 0, positions = 0;
    };

    double wanted(std::uint32_t person) const;
    Stubs stubs(std::uint32_t person, std::size_t segment) const;
    std::size_t segment_of(std::uint32_t person) const;
    std::size_t ground_of_further(std::uint32_t person, std::size_t segment, std::uint32_t slot) const;
    std::uint32_t stubs_at(const Stubs& all, std::uint32_t slot) const;

    void lay_out(const BuildContext& context);
    void count_places(const BuildContext& context);
    void set_grounds();
    void fill_places(const BuildContext& context);
    void set_scales(const BuildContext& context);

    void gather_circle(const Ground& ground, std::uint32_t position, std::vector<std::uint32_t>& others) const;
    void gather_random(std::uint32_t person, std::vector<std::uint32_t>& others) const;

    SegmentBounds bounds_;
    AudienceParams params_;
    StreamKey degree_key_, position_key_, random_key_;
    std::uint64_t pair_key_;
    double log_median_;
    std::uint32_t per_position_;
    std::array<double, kSegments> raise_;  // wanted ties are raised by it, to make up for those that come to nothing

    std::array<Ground, kGrounds> grounds_{};
    std::vector<std::array<std::uint32_t, kGrounds>> further_before_;  // by chunk of persons: positions of the grounds
    std::vector<std::uint32_t> slot_begin_;                            // by person outside the company: further slots
    std::vector<std::uint32_t> random_begin_;                          // … random stubs
    std::vector<std::uint32_t> slot_position_;
    std::vector<std::uint32_t> places_;        // at each position: person, and stubs in the bits from 24
    std::vector<double> scale_;                // by circle: threshold of a pair with one stub each
    std::vector<std::uint32_t> random_owner_;  // person at each place of the shuffled random stubs
};

}  // namespace groundswell
