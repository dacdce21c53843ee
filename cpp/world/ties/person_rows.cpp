#include "world/ties/person_rows.hpp"

#include <algorithm>
#include <utility>

namespace groundswell {

PersonRows::ReverseRows PersonRows::reverse(const EmployeeRows& rows, const World& world, std::size_t platform) {
    ReverseRows reversed;
    const std::uint32_t employees = world.employees;
    reversed.begin.assign(world.person_count() - employees + 2, 0);
    std::uint32_t* const next = reversed.begin.data() + 1;  // while filling: where the next tie of a person goes
    for (const TieWord tie : rows.ties)
        if (tie_person(tie) >= employees) ++next[tie_person(tie) - employees + 1];
    for (std::size_t j = 1; j < reversed.begin.size(); ++j) reversed.begin[j] += reversed.begin[j - 1];
    reversed.ties.resize(reversed.begin.back());
    for (std::uint32_t i = 0; i < employees; ++i)
        for (std::uint64_t at = rows.begin[i]; at < rows.begin[i + 1]; ++at) {
            const TieWord tie = rows.ties[at];
            if (tie_person(tie) < employees) continue;
            reversed.ties[next[tie_person(tie) - employees]++] =
                tie_word(i, world.persons[i].visibility[platform], tie_strength(tie));
        }
    return reversed;
}

PersonRows::PersonRows(const BuildContext& context, const WorldParams& params,
                       const std::array<EmployeeRows, kPlatforms>& employees,
                       std::shared_ptr<const PersonTies> person_ties, bool thinned, const World& world)
    : draws_(context, params.audience.strong_tie_share),
      person_ties_(std::move(person_ties)),
      persons_(world.persons),
      employees_(world.employees) {
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        if (!params.platforms[p]) continue;
        kept_[p] = thinned ? params.platforms[p]->person_ties_kept : 1;
        reversed_[p] = reverse(employees[p], world, p);
    }
}

void PersonRows::gather(std::uint32_t person, Scratch& scratch) const {
    scratch.others.clear();
    if (persons_[person].presence != 0) person_ties_->others_of(person, scratch.others);
    scratch.strengths.resize(scratch.others.size());
    for (std::size_t k = 0; k < scratch.others.size(); ++k)
        scratch.strengths[k] = tie_word(0, 0, draws_.strength(person, scratch.others[k]));
}

void PersonRows::append(std::size_t platform, std::uint32_t person, const Scratch& scratch,
                        std::vector<TieWord>& row) const {
    const ReverseRows& reversed = reversed_[platform];
    const std::uint32_t at = person - employees_;
    row.insert(row.end(), reversed.ties.begin() + reversed.begin[at], reversed.ties.begin() + reversed.begin[at + 1]);
    if (!persons_[person].present(platform)) return;
    const std::size_t before = row.size();
    const double kept = kept_[platform];
    row.resize(before + scratch.others.size());
    TieWord* out = row.data() + before;
    for (std::size_t k = 0; k < scratch.others.size(); ++k) {
        const std::uint32_t other = scratch.others[k];
        const PersonTraits& theirs = persons_[other];
        *out = tie_word(other, theirs.visibility[platform], Strength::weak) | scratch.strengths[k];
        const bool tied = theirs.present(platform) && (kept >= 1 || draws_.kept(platform, kept, person, other));
        out += tied ? 1 : 0;
    }
    row.resize(static_cast<std::size_t>(out - row.data()));
}

RowsAsNeeded::RowsAsNeeded(std::shared_ptr<const PersonRows> maker, std::size_t platform, std::uint32_t employees,
                           std::uint32_t persons)
    : maker_(std::move(maker)),
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
    for (std::size_t tie = 0; tie < 128; tie += 16) prefetch(place + tie);
}

const TieWord* RowsAsNeeded::make(std::uint32_t person) const {
    thread_local PersonRows::Scratch scratch;
    thread_local std::vector<TieWord> row;
    row.clear();
    maker_->gather(person, scratch);
    maker_->append(platform_, person, scratch, row);

    const std::lock_guard guard(lock_);
    std::atomic<const TieWord*>& place = places_[person - employees_];
    if (const TieWord* made = place.load(std::memory_order_relaxed); made != nullptr) return made;  // by somebody else
    TieWord* const words = take(row.size() + 1);
    *words = static_cast<TieWord>(row.size());
    std::copy(row.begin(), row.end(), words + 1);
    place.store(words, std::memory_order_release);
    return words;
}

TieWord* RowsAsNeeded::take(std::size_t words) const {
    if (chunks_.empty() || used_ + words > chunks_.back().size()) {
        chunks_.emplace_back(std::max(kChunkWords, words));
        used_ = 0;
    }
    used_ += words;
    return chunks_.back().data() + (used_ - words);
}

std::uint64_t RowsAsNeeded::bytes() const {
    const std::lock_guard guard(lock_);
    std::uint64_t words = 0;
    for (const auto& chunk : chunks_) words += chunk.size();
    return words * sizeof(TieWord) + std::uint64_t{persons_} * sizeof(places_[0]);
}

}  // namespace groundswell
