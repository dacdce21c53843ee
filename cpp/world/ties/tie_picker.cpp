#include "world/ties/tie_picker.hpp"

#include "core/draws.hpp"
#include "core/sampling.hpp"

namespace groundswell {

TiePicker::TiePicker(const BuildContext& context, const AudienceParams& params, const SegmentBounds& bounds,
                     const Workforce& workforce, std::uint32_t departments, std::uint32_t regions,
                     const std::vector<std::uint32_t>& wanted_coworkers, Platform platform, double shared_with_linkedin)
    : slots(workforce.department.size()),
      coworker_key_(context.key(Decision::coworker_ties)),
      audience_key_(context.key(Decision::audience_ties)),
      copy_key_(context.key(Decision::colleague_copies)),
      shared_key_(context.key(Decision::platform_ties)),
      platform_(static_cast<std::uint32_t>(platform)),
      shared_with_linkedin_(shared_with_linkedin),
      department_homophily_(params.department_homophily),
      copying_share_(params.copying_share),
      copying_own_department_(params.copying_own_department),
      bounds_(bounds),
      departments_(group_employees(workforce.department, departments)),
      regions_(group_employees(workforce.region, regions)) {
    list_coworker_stubs(wanted_coworkers);
}

void TiePicker::list_coworker_stubs(const std::vector<std::uint32_t>& wanted_coworkers) {
    for (std::size_t d = 0; d + 1 < departments_.begin.size(); ++d) {
        stubs_begin_.push_back(static_cast<std::uint32_t>(coworker_stubs_.size()));
        for (std::uint32_t at = departments_.begin[d]; at < departments_.begin[d + 1]; ++at) {
            const std::uint32_t employee = departments_.members[at];
            coworker_stubs_.insert(coworker_stubs_.end(), wanted_coworkers[employee], employee);
        }
    }
    stubs_begin_.push_back(static_cast<std::uint32_t>(coworker_stubs_.size()));
}

// The part of the pool from which the employee's group picks: all of it in a category without blocks.
Range TiePicker::block(std::uint32_t employee, std::size_t category, std::uint32_t pool) const {
    switch (static_cast<Segment>(category)) {
        case Segment::employee: {
            const std::uint32_t d = departments_.group[employee];
            return {stubs_begin_[d], stubs_begin_[d + 1]};
        }
        case Segment::alumni:
        case Segment::peer:
        case Segment::talent:
            return block_of(departments_, employee, pool);
        case Segment::personal:
            return block_of(regions_, employee, pool);
        case Segment::buyer:
        case Segment::other:
            break;
    }
    return {0, pool};
}

// Which of a slot's draws a pick uses: category, platform and attempt in one number. A slot that is shared with
// LinkedIn uses LinkedIn's draws, and so picks the same person.
std::uint32_t TiePicker::draw_index(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                    std::uint32_t attempt) const {
    const auto on_linkedin = static_cast<std::uint32_t>(category << 24) | attempt;
    if (platform_ == 0) return on_linkedin;
    const Block words = draw(shared_key_, employee, slot, static_cast<std::uint32_t>(category) + 1);
    return unit(words[platform_]) < shared_with_linkedin_ ? on_linkedin : on_linkedin | (platform_ << 20);
}

std::optional<std::uint32_t> TiePicker::base_pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                                  std::uint32_t attempt) const {
    const bool of_coworkers = category == static_cast<std::size_t>(Segment::employee);
    const Block words = draw(of_coworkers ? coworker_key_ : audience_key_, employee, slot,
                             draw_index(employee, category, slot, attempt));
    const auto pool =
        of_coworkers ? static_cast<std::uint32_t>(coworker_stubs_.size()) : bounds_[category + 1] - bounds_[category];
    Range among{0, pool};
    if (attempt < kWholePoolAttempt && unit(words[0]) < department_homophily_) among = block(employee, category, pool);
    if (among.size() == 0) return std::nullopt;
    const std::uint32_t place = among.begin + index_below(words[1], words[2], among.size());
    const std::uint32_t person = of_coworkers ? coworker_stubs_[place] : bounds_[category] + place;
    if (person == employee) return std::nullopt;
    return person;
}

// Somebody else of the employee's department, or of the company; nothing where there is nobody else.
std::optional<std::uint32_t> TiePicker::colleague(std::uint32_t employee, std::uint32_t department_word,
                                                  std::uint32_t word) const {
    Range among{0, static_cast<std::uint32_t>(departments_.members.size())};
    const Range department = departments_.range_of(employee);
    if (unit(department_word) < copying_own_department_ && department.size() > 1) among = department;
    if (among.size() < 2) return std::nullopt;
    const std::uint32_t oneself = departments_.position[employee];
    const std::uint32_t place = among.begin + index_below(0, word, among.size() - 1);
    return departments_.members[place < oneself ? place : place + 1];
}

std::optional<std::uint32_t> TiePicker::pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                             std::uint32_t attempt) const {
    if (copying_share_ > 0 && attempt < kWholePoolAttempt) {
        const Block words = draw(copy_key_, employee, slot, draw_index(employee, category, slot, attempt));
        if (unit(words[0]) < copying_share_) {
            const auto from = colleague(employee, words[1], words[2]);
            const std::uint32_t choices = from ? slots[*from][category] : 0;
            if (choices > 0) {
                // Always the colleague's first attempt: which of their attempts succeeded depends on their other picks.
                const auto copied = base_pick(*from, category, index_below(0, words[3], choices), 0);
                return copied == employee ? std::nullopt : copied;
            }
        }
    }
    return base_pick(employee, category, slot, attempt);
}

}  // namespace groundswell
