#include "world/ties/person_rows.hpp"

#include <algorithm>
#include <utility>

#include "world/pools.hpp"

namespace groundswell {

PersonRows::EmployeesOfPersons PersonRows::turn_around(const EmployeeRows& rows, const World& world,
                                                       std::size_t platform) {
    EmployeesOfPersons reversed;
    const std::uint32_t employees = world.employees;
    reversed.begin.assign(world.person_count() - employees + 2, 0);
    // While rows are filled, this says where the next tie of a person goes; in the end that is where the row ends, and
    // so, one entry further on, where the next begins.
    std::uint32_t* const next = reversed.begin.data() + 1;
    for (const TieWord tie : rows.ties)
        if (tie_person(tie) >= employees) ++next[tie_person(tie) - employees + 1];
    for (std::size_t j = 1; j < reversed.begin.size(); ++j) reversed.begin[j] += reversed.begin[j - 1];
    reversed.ties.resize(reversed.begin.back());
    for (std::uint32_t employee = 0; employee < employees; ++employee)
        for (std::uint64_t at = rows.begin[employee]; at < rows.begin[employee + 1]; ++at) {
            const TieWord tie = rows.ties[at];
            if (tie_person(tie) < employees) continue;
            reversed.ties[next[tie_person(tie) - employees]++] =
                tie_word(employee, world.persons[employee].visibility[platform], tie_strength(tie));
        }
    return reversed;
}

PersonRows::PersonRows(const BuildContext& context, const WorldParams& params,
                       const std::array<EmployeeRows, kPlatforms>& employees,
                       std::shared_ptr<const PersonTies> person_ties, bool thinned, const World& world)
    : draws_(context, params.audience.strong_tie_share),
      person_ties_(std::move(person_ties)),
      persons_(world.persons),
      employees_(world.employees),
      draw_numbers_(viewer_numbers(world.segment_begin, nullptr)) {
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        share_on_platform_[p] = thinned ? params.platforms[p]->person_ties_kept : 1;
        employees_of_[p] = turn_around(employees[p], world, p);
    }
}

void PersonRows::gather_neighbors(std::uint32_t person, Neighbors& neighbors) const {
    neighbors.persons.clear();
    if (persons_[person].presence != 0) person_ties_->others_of(person, neighbors.persons);
    neighbors.draw_numbers.resize(neighbors.persons.size());
    neighbors.strengths.resize(neighbors.persons.size());
    const std::uint32_t oneself = draw_numbers_.of(person);
    for (std::size_t k = 0; k < neighbors.persons.size(); ++k) {
        neighbors.draw_numbers[k] = draw_numbers_.of(neighbors.persons[k]);
        neighbors.strengths[k] = tie_word(0, 0, draws_.strength(oneself, neighbors.draw_numbers[k]));
    }
}

void PersonRows::append_row(std::size_t platform, std::uint32_t person, const Neighbors& neighbors,
                            std::vector<TieWord>& row) const {
    const EmployeesOfPersons& reversed = employees_of_[platform];
    const std::uint32_t at = person - employees_;
    row.insert(row.end(), reversed.ties.begin() + reversed.begin[at], reversed.ties.begin() + reversed.begin[at + 1]);
    if (!persons_[person].present(platform)) return;
    const std::size_t before = row.size();
    const double share = share_on_platform_[platform];
    const std::uint32_t oneself = draw_numbers_.of(person);
    row.resize(before + neighbors.persons.size());
    TieWord* end = row.data() + before;
    for (std::size_t k = 0; k < neighbors.persons.size(); ++k) {
        const std::uint32_t neighbor = neighbors.persons[k];
        const PersonTraits& traits = persons_[neighbor];
        // The tie is written always and kept if it counts, so that there is no branch to mispredict.
        *end = tie_word(neighbor, traits.visibility[platform], Strength::weak) | neighbors.strengths[k];
        const bool tied = traits.present(platform) &&
                          (share >= 1 || draws_.is_on(platform, share, oneself, neighbors.draw_numbers[k]));
        end += tied ? 1 : 0;
    }
    row.resize(static_cast<std::size_t>(end - row.data()));
}

RowsAsNeeded::RowsAsNeeded(std::shared_ptr<const PersonRows> rows, std::size_t platform, std::uint32_t employees,
                           std::uint32_t persons)
    : rows_(std::move(rows)),
      platform_(platform),
      employees_(employees),
      persons_(persons - employees),
      places_(std::make_unique<std::atomic<const TieWord*>[]>(persons_)) {}

std::span<const TieWord> RowsAsNeeded::row(std::uint32_t person) const {
    const TieWord* place = places_[person - employees_].load(std::memory_order_acquire);
    if (place == nullptr) place = make(person);
    return {place + 1, *place};
}

void RowsAsNeeded::prefetch_row(std::uint32_t person) const {
    const TieWord* place = places_[person - employees_].load(std::memory_order_relaxed);
    if (place == nullptr) return;
    for (std::size_t tie = 0; tie < kPrefetchedTies; tie += kTiesPerCacheLine) prefetch(place + tie);
}

const TieWord* RowsAsNeeded::make(std::uint32_t person) const {
    thread_local PersonRows::Neighbors neighbors;
    thread_local std::vector<TieWord> row;
    row.clear();
    rows_->gather_neighbors(person, neighbors);
    rows_->append_row(platform_, person, neighbors, row);

    const std::lock_guard guard(lock_);
    std::atomic<const TieWord*>& place = places_[person - employees_];
    const TieWord* made_by_another_thread = place.load(std::memory_order_relaxed);
    if (made_by_another_thread != nullptr) return made_by_another_thread;
    TieWord* const words = allocate(row.size() + 1);
    *words = static_cast<TieWord>(row.size());
    std::copy(row.begin(), row.end(), words + 1);
    place.store(words, std::memory_order_release);
    return words;
}

TieWord* RowsAsNeeded::allocate(std::size_t words) const {
    if (chunks_.empty() || used_words_ + words > chunks_.back().size()) {
        chunks_.emplace_back(std::max(kChunkWords, words));
        used_words_ = 0;
    }
    used_words_ += words;
    return chunks_.back().data() + (used_words_ - words);
}

std::uint64_t RowsAsNeeded::bytes() const {
    const std::lock_guard guard(lock_);
    std::uint64_t words = 0;
    for (const auto& chunk : chunks_) words += chunk.size();
    return words * sizeof(TieWord) + std::uint64_t{persons_} * sizeof(places_[0]);
}

}  // namespace groundswell
