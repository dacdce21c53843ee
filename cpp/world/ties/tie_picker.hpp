// One pick of a tie: copied from a colleague, from the block of one's own group, or from the whole pool.
// A pure function of (world, employee, category, slot, attempt), so that rows can be built in any order and a copy
// recomputes what the colleague picked. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "world/persons.hpp"
#include "world/pools.hpp"
#include "world/ties/connections_by_category.hpp"

namespace groundswell {

class PickLaw {
public:
    // coworker_target: wanted coworkers of each employee, the weight with which coworkers pick them.
    // shared_with_linkedin: share of the slots that pick, on another platform, whom they pick on LinkedIn.
    PickLaw(const BuildContext& context, const AudienceParams& params, const SegmentBounds& bounds,
            const Workforce& workforce, std::uint32_t departments, std::uint32_t regions,
            const std::vector<std::uint32_t>& coworker_target, Platform platform = Platform::linkedin,
            double shared_with_linkedin = 1);

    // Picks that an employee makes in a category; the slots a colleague copies from. Row i, entry s.
    std::vector<CategoryCounts> slots;

    // The person picked; nothing where there is nobody to pick, or where it would be the employee.
    std::optional<std::uint32_t> pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                      std::uint32_t attempt) const;

    // From this attempt on a pick is from the whole pool: a block can be smaller than the number of ties wanted in it.
    static constexpr std::uint32_t kWholePoolAttempt = 16;

private:
    std::optional<std::uint32_t> base_pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                           std::uint32_t attempt) const;
    std::optional<std::uint32_t> colleague(std::uint32_t employee, std::uint32_t department_word,
                                           std::uint32_t word) const;
    Range block(std::uint32_t employee, std::size_t category, std::uint32_t size) const;
    std::uint32_t index_of(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                           std::uint32_t attempt) const;

    StreamKey coworker_key_, audience_key_, copy_key_, shared_key_;
    std::uint32_t platform_;
    double shared_;
    double homophily_, copying_, copying_own_department_;
    SegmentBounds bounds_;
    Grouping departments_, regions_;
    std::vector<std::uint32_t> coworker_stubs_;  // each employee as often as they want coworkers, by department
    std::vector<std::uint32_t> stubs_begin_;     // by department
};

}  // namespace groundswell
