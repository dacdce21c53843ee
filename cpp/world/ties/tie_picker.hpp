// Whom a tie goes to: the pick of a colleague copied, somebody from the block of one's own group, or anybody of the
// pool. Spec: docs/MODEL.md 2, Ties.
//
// A pick is a pure function of (world, employee, category, slot, attempt), so that rows can be built in any order and a
// copy recomputes what the colleague picked. A slot is one of the ties that an employee makes in a category; an attempt
// is repeated where it finds nobody, or somebody whom the employee has already picked.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "world/persons.hpp"
#include "world/pools.hpp"
#include "world/ties/connections_by_category.hpp"
#include "world/ties/token_table.hpp"
#include "world/world.hpp"

namespace groundswell {

class TiePicker {
public:
    // wanted_coworkers: of each employee; coworkers pick them in proportion to it.
    // shared_with_linkedin: the share of the slots that pick, on another platform, whom they pick on LinkedIn.
    // Keeps a view of the world, of which it needs the workforce, the numbers and the segments.
    TiePicker(const BuildContext& context, const AudienceParams& params, const World& world, std::uint32_t departments,
              std::uint32_t regions, const std::vector<std::uint32_t>& wanted_coworkers,
              Platform platform = Platform::linkedin, double shared_with_linkedin = 1);

    // The slots of each employee by category. Set them before the first pick: a colleague copies from them.
    std::vector<CategoryCounts> slots;

    // The person picked; nothing where there is nobody to pick, or where it would be the employee.
    std::optional<std::uint32_t> pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                      std::uint32_t attempt) const;

    // From this attempt on a pick is from the whole pool, because a block can be smaller than the ties wanted in it.
    static constexpr std::uint32_t kWholePoolAttempt = 16;

private:
    // The employees picked from, each as often as they have tokens: those of each department, and of the company.
    struct Colleagues {
        std::vector<TokenTable> of_department;
        std::vector<TokenTable> of_company;  // one

        const TokenTable& of(std::int32_t department, bool own) const {
            return own ? of_department[static_cast<std::size_t>(department)] : of_company[0];
        }
    };
    Colleagues colleagues(StreamKey key, const std::vector<std::uint32_t>& tokens, std::uint32_t departments) const;

    std::optional<std::uint32_t> base_pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                           std::uint32_t attempt) const;
    std::optional<std::uint32_t> coworker(std::uint32_t employee, bool own_department, std::uint64_t key) const;
    std::optional<std::uint32_t> colleague(std::uint32_t employee, std::uint32_t department_word,
                                           std::uint32_t word) const;
    Range block(std::uint32_t employee, std::size_t category, std::uint32_t pool) const;
    std::uint32_t draw_index(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                             std::uint32_t attempt) const;

    StreamKey coworker_key_, audience_key_, copy_key_, shared_key_;
    std::uint32_t platform_;
    double shared_with_linkedin_;
    double department_homophily_, copying_share_, copying_own_department_;
    const World& world_;
    GroupBlocks department_blocks_, region_blocks_;
    Colleagues wanted_;     // a token for each coworker that they want
    Colleagues everybody_;  // one token each
};

}  // namespace groundswell
