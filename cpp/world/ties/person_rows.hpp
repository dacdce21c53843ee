// The ties of each person outside the company on a platform. Spec: docs/MODEL.md 2, Ties among persons.
//
// A row is a pure function of the world, so that rows can be made in any order: all at once, or each when it is first
// needed (decision record 8).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "world/ties/employee_rows.hpp"
#include "world/ties/person_ties.hpp"
#include "world/ties/tie_strengths.hpp"
#include "world/world.hpp"

namespace groundswell {

class PersonRows {
public:
    // Whom one person is tied to outside the company, on no platform in particular. Each thread reuses its own.
    struct Neighbors {
        std::vector<std::uint32_t> persons;
        std::vector<std::uint32_t> draw_numbers;
        std::vector<TieWord> strengths;  // of the ties to them, as the bits of a tie word
    };

    // Keeps a view of the world's persons, which must be complete and may move with their world. thinned: a platform
    // keeps only its share of the ties among persons.
    PersonRows(const BuildContext& context, const WorldParams& params,
               const std::array<EmployeeRows, kPlatforms>& employees, std::shared_ptr<const PersonTies> person_ties,
               bool thinned, const World& world);

    // Gathering is the costly part, so it is done once for all platforms.
    void gather_neighbors(std::uint32_t person, Neighbors& neighbors) const;
    // Appends the person's row on a platform, sorted by person: employees and neighbors.
    void append_row(std::size_t platform, std::uint32_t person, const Neighbors& neighbors,
                    std::vector<TieWord>& row) const;

private:
    // The employees tied to each person outside the company, in the order of their numbers, as the person sees them.
    struct EmployeesOfPersons {
        std::vector<std::uint32_t> begin;  // by person - employees: where the person's employees begin, and the end
        std::vector<TieWord> ties;
    };
    static EmployeesOfPersons turn_around(const EmployeeRows& rows, const World& world, std::size_t platform);

    PersonTieDraws draws_;
    std::shared_ptr<const PersonTies> person_ties_;
    std::span<const PersonTraits> persons_;
    std::uint32_t employees_;
    ViewerNumbers draw_numbers_;                          // of the persons of pools, who have the same as viewers
    std::array<double, kPlatforms> share_on_platform_{};  // of the ties among persons
    std::array<EmployeesOfPersons, kPlatforms> employees_of_;
};

// Rows of one platform that are made when they are first asked for, and kept. Threads may ask at the same time; the
// rows do not depend on who asks first.
class RowsAsNeeded {
public:
    RowsAsNeeded(std::shared_ptr<const PersonRows> rows, std::size_t platform, std::uint32_t employees,
                 std::uint32_t persons);

    std::span<const TieWord> row(std::uint32_t person) const;
    void prefetch_place(std::uint32_t person) const { prefetch(&places_[person - employees_]); }
    void prefetch_row(std::uint32_t person) const;  // the beginning of the row, if it has been made
    std::uint64_t bytes() const;                    // of the rows made so far

private:
    const TieWord* make(std::uint32_t person) const;
    TieWord* allocate(std::size_t words) const;  // the caller holds the lock

    static constexpr std::size_t kChunkWords = std::size_t{1} << 20;

    std::shared_ptr<const PersonRows> rows_;
    std::size_t platform_;
    std::uint32_t employees_, persons_;
    // Each points at the number of the row's ties, which the ties follow; it is null where the row is not made yet.
    std::unique_ptr<std::atomic<const TieWord*>[]> places_;
    mutable std::mutex lock_;
    mutable std::vector<PageArray<TieWord>> chunks_;
    mutable std::size_t used_words_ = 0;  // of the last chunk
};

}  // namespace groundswell
