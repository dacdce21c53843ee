// The rows of the persons outside the company, one at a time: a pure function of the world's places, so that rows can
// be made in any order, all at once or when they are first needed. Spec: docs/MODEL.md 2, Ties among persons.
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
    // Memory that one thread reuses.
    struct Scratch {
        std::vector<std::uint32_t> others;
        std::vector<TieWord> strengths;  // of the ties to them
    };

    // The world's persons must be complete; they may move with their world. thinned: a platform keeps only its share of
    // the ties among persons.
    PersonRows(const BuildContext& context, const WorldParams& params,
               const std::array<EmployeeRows, kPlatforms>& employees, std::shared_ptr<const PersonTies> person_ties,
               bool thinned, const World& world);

    // Everybody outside the company whom a person is tied to, before platforms: what append needs.
    void gather(std::uint32_t person, Scratch& scratch) const;
    // Appends the person's row on a platform, sorted by person.
    void append(std::size_t platform, std::uint32_t person, const Scratch& scratch, std::vector<TieWord>& row) const;

private:
    // The employees tied to each person outside the company, ascending, as tie words from the person's side.
    struct ReverseRows {
        std::vector<std::uint32_t> begin;  // by person - employees, and the end
        std::vector<TieWord> ties;
    };
    static ReverseRows reverse(const EmployeeRows& rows, const World& world, std::size_t platform);

    PersonTieDraws draws_;
    std::shared_ptr<const PersonTies> person_ties_;
    std::span<const PersonTraits> persons_;
    std::uint32_t employees_;
    std::array<double, kPlatforms> kept_{};
    std::array<ReverseRows, kPlatforms> reversed_;
};

// Rows of one platform that are made when they are first asked for, and kept. Safe for threads; the same rows whoever
// asks first.
class RowsAsNeeded {
public:
    RowsAsNeeded(std::shared_ptr<const PersonRows> maker, std::size_t platform, std::uint32_t employees,
                 std::uint32_t persons);

    std::span<const TieWord> row(std::uint32_t person) const;
    void prefetch_place(std::uint32_t person) const { prefetch(&places_[person - employees_]); }
    void prefetch_row(std::uint32_t person) const;  // its beginning, if it is there
    std::uint64_t bytes() const;                    // taken so far

private:
    const TieWord* make(std::uint32_t person) const;
    TieWord* take(std::size_t words) const;  // under the lock

    static constexpr std::size_t kChunkWords = std::size_t{1} << 20;

    std::shared_ptr<const PersonRows> maker_;
    std::size_t platform_;
    std::uint32_t employees_, persons_;
    std::unique_ptr<std::atomic<const TieWord*>[]> places_;  // the number of ties, then the ties; null: not made yet
    mutable std::mutex lock_;
    mutable std::vector<PageArray<TieWord>> chunks_;
    mutable std::size_t used_ = 0;  // words of the last chunk
};

}  // namespace groundswell
