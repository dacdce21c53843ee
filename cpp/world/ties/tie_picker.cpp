#include "world/ties/tie_picker.hpp"

#include "core/draws.hpp"
#include "core/sampling.hpp"

namespace groundswell {

PickLaw::PickLaw(const BuildContext& context, const AudienceParams& params, const SegmentBounds& bounds,
                 const Workforce& workforce, std::uint32_t departments, std::uint32_t regions,
                 const std::vector<std::uint32_t>& coworker_target, Platform platform, double shared_with_linkedin)
    : slots(workforce.department.size()),
      coworker_key_(context.key(Decision::coworker_ties)),
      audience_key_(context.key(Decision::audience_ties)),
      copy_key_(context.key(Decision::colleague_copies)),
      shared_key_(context.key(Decision::platform_ties)),
      platform_(static_cast<std::uint32_t>(platform)),
      shared_(shared_with_linkedin),
      homophily_(params.department_homophily),
      copying_(params.copying_share),
      copying_own_department_(params.copying_own_department),
      bounds_(bounds),
      departments_(group_employees(workforce.department, departments)),
      regions_(group_employees(workforce.region, regions)) {
    for (std::uint32_t d = 0; d < departments; ++d) {
        stubs_begin_.push_back(static_cast<std::uint32_t>(coworker_stubs_.size()));
        for (std::uint32_t at = departments_.begin[d]; at < departments_.begin[d + 1]; ++at) {
            const std::uint32_t employee = departments_.members[at];
            coworker_stubs_.insert(coworker_stubs_.end(), coworker_target[employee], employee);
        }
    }
    stubs_begin_.push_back(static_cast<std::uint32_t>(coworker_stubs_.size()));
}

Range PickLaw::block(std::uint32_t employee, std::size_t category, std::uint32_t size) const {
    switch (static_cast<Segment>(category)) {
        case Segment::employee: {
            const std::uint32_t d = departments_.group[employee];
            return {stubs_begin_[d], stubs_begin_[d + 1]};
        }
        case Segment::alumni:
        case Segment::peer:
        case Segment::talent:
            return block_of(departments_, employee, size);
        case Segment::personal:
            return block_of(regions_, employee, size);
        case Segment::buyer:
        case Segment::other:
            break;
    }
    return {0, size};
}

// Which of a slot's draws a pick uses: category, platform and attempt. A slot shared with LinkedIn uses LinkedIn's.
std::uint32_t PickLaw::index_of(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                std::uint32_t attempt) const {
    const auto index = static_cast<std::uint32_t>(category << 24) | attempt;
    if (platform_ == 0) return index;
    const Block words = draw(shared_key_, employee, slot, static_cast<std::uint32_t>(category) + 1);
    return unit(words[platform_]) < shared_ ? index : index | (platform_ << 20);
}

std::optional<std::uint32_t> PickLaw::base_pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                                std::uint32_t attempt) const {
    const bool coworkers = category == static_cast<std::size_t>(Segment::employee);
    const Block words =
        draw(coworkers ? coworker_key_ : audience_key_, employee, slot, index_of(employee, category, slot, attempt));
    const auto size =
        coworkers ? static_cast<std::uint32_t>(coworker_stubs_.size()) : bounds_[category + 1] - bounds_[category];
    Range from{0, size};
    if (attempt < kWholePoolAttempt && unit(words[0]) < homophily_) from = block(employee, category, size);
    if (from.size() == 0) return std::nullopt;
    const std::uint32_t at = from.begin + index_below(words[1], words[2], from.size());
    const std::uint32_t person = coworkers ? coworker_stubs_[at] : bounds_[category] + at;
    if (person == employee) return std::nullopt;
    return person;
}

// Somebody else of the own department, or of the company; nothing where there is nobody else.
std::optional<std::uint32_t> PickLaw::colleague(std::uint32_t employee, std::uint32_t department_word,
                                                std::uint32_t word) const {
    Range among{0, static_cast<std::uint32_t>(departments_.members.size())};
    if (unit(department_word) < copying_own_department_ && departments_.range_of(employee).size() > 1)
        among = departments_.range_of(employee);
    if (among.size() < 2) return std::nullopt;
    const std::uint32_t own = departments_.position[employee];
    const std::uint32_t at = among.begin + index_below(0, word, among.size() - 1);
    return departments_.members[at < own ? at : at + 1];
}

std::optional<std::uint32_t> PickLaw::pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                           std::uint32_t attempt) const {
    if (copying_ > 0 && attempt < kWholePoolAttempt) {
        const Block words = draw(copy_key_, employee, slot, index_of(employee, category, slot, attempt));
        if (unit(words[0]) < copying_) {
            const auto from = colleague(employee, words[1], words[2]);
            const std::uint32_t choices = from ? slots[*from][category] : 0;
            if (choices > 0) {
                const auto copied = base_pick(*from, category, index_below(0, words[3], choices), 0);
                return copied == employee ? std::nullopt : copied;
            }
        }
    }
    return base_pick(employee, category, slot, attempt);
}

}  // namespace groundswell
