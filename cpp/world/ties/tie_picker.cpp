#include "world/ties/tie_picker.hpp"

#include "core/draws.hpp"
#include "core/stable_picks.hpp"

namespace groundswell {
namespace {

std::uint64_t key_of(std::uint32_t low, std::uint32_t high) { return low | (std::uint64_t{high} << 32); }

}  // namespace

TiePicker::TiePicker(const BuildContext& context, const AudienceParams& params, const World& world,
                     std::uint32_t departments, std::uint32_t regions,
                     const std::vector<std::uint32_t>& wanted_coworkers, Platform platform, double shared_with_linkedin)
    : slots(world.employees),
      coworker_key_(context.key(Decision::coworker_ties)),
      audience_key_(context.key(Decision::audience_ties)),
      copy_key_(context.key(Decision::colleague_copies)),
      shared_key_(context.key(Decision::platform_ties)),
      platform_(static_cast<std::uint32_t>(platform)),
      shared_with_linkedin_(shared_with_linkedin),
      department_homophily_(params.department_homophily),
      copying_share_(params.copying_share),
      copying_own_department_(params.copying_own_department),
      world_(world),
      department_blocks_(world.workforce.department, departments),
      region_blocks_(world.workforce.region, regions),
      wanted_(colleagues(coworker_key_, wanted_coworkers, departments)),
      everybody_(colleagues(copy_key_, std::vector<std::uint32_t>(world.employees, 1), departments)) {}

TiePicker::Colleagues TiePicker::colleagues(StreamKey key, const std::vector<std::uint32_t>& tokens,
                                            std::uint32_t departments) const {
    const std::vector<std::uint32_t> everybody = order_of(world_.draw_numbers);
    std::vector<std::vector<std::uint32_t>> members(departments);
    for (const std::uint32_t employee : everybody)
        members[static_cast<std::size_t>(world_.workforce.department[employee])].push_back(employee);
    Colleagues tables;
    for (const auto& department : members)
        tables.of_department.emplace_back(key, department, world_.draw_numbers, tokens);
    tables.of_company.emplace_back(key, everybody, world_.draw_numbers, tokens);
    return tables;
}

// The part of the pool from which the employee's group picks: all of it in a category without blocks.
Range TiePicker::block(std::uint32_t employee, std::size_t category, std::uint32_t pool) const {
    switch (static_cast<Segment>(category)) {
        case Segment::alumni:
        case Segment::peer:
        case Segment::talent:
            return department_blocks_.of(world_.workforce.department[employee], pool);
        case Segment::personal:
            return region_blocks_.of(world_.workforce.region[employee], pool);
        case Segment::employee:
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
    const Block words =
        draw(shared_key_, world_.draw_numbers[employee], slot, static_cast<std::uint32_t>(category) + 1);
    return unit(words[platform_]) < shared_with_linkedin_ ? on_linkedin : on_linkedin | (platform_ << 20);
}

std::optional<std::uint32_t> TiePicker::base_pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                                  std::uint32_t attempt) const {
    const bool of_coworkers = category == static_cast<std::size_t>(Segment::employee);
    const Block words = draw(of_coworkers ? coworker_key_ : audience_key_, world_.draw_numbers[employee], slot,
                             draw_index(employee, category, slot, attempt));
    const std::uint64_t key = key_of(words[1], words[2]);
    const bool near = attempt < kWholePoolAttempt && unit(words[0]) < department_homophily_;
    if (of_coworkers) return coworker(employee, near, key);
    const std::uint32_t begin = world_.segment_begin[category], pool = world_.segment_begin[category + 1] - begin;
    const Range among = near ? block(employee, category, pool) : Range{0, pool};
    if (among.size() == 0) return std::nullopt;
    return begin + (among.size() == pool ? jump(key, pool) : within(key, among.begin, among.end));
}

std::optional<std::uint32_t> TiePicker::coworker(std::uint32_t employee, bool own_department, std::uint64_t key) const {
    const TokenTable& table = wanted_.of(world_.workforce.department[employee], own_department);
    if (table.tokens() == 0) return std::nullopt;
    const std::uint32_t picked = table.pick(key);
    if (picked == employee) return std::nullopt;
    return picked;
}

// Somebody else of the employee's department, or of the company; nothing where there is nobody else.
std::optional<std::uint32_t> TiePicker::colleague(std::uint32_t employee, std::uint32_t department_word,
                                                  std::uint32_t word) const {
    const std::int32_t department = world_.workforce.department[employee];
    const bool own = unit(department_word) < copying_own_department_ && everybody_.of(department, true).tokens() > 1;
    const TokenTable& table = everybody_.of(department, own);
    if (table.tokens() < 2) return std::nullopt;
    return table.pick_other(word, employee);
}

std::optional<std::uint32_t> TiePicker::pick(std::uint32_t employee, std::size_t category, std::uint32_t slot,
                                             std::uint32_t attempt) const {
    if (copying_share_ > 0 && attempt < kWholePoolAttempt) {
        const Block words =
            draw(copy_key_, world_.draw_numbers[employee], slot, draw_index(employee, category, slot, attempt));
        if (unit(words[0]) < copying_share_) {
            const auto from = colleague(employee, words[1], words[2]);
            const std::uint32_t choices = from ? slots[*from][category] : 0;
            if (choices > 0) {
                // Always the colleague's first attempt: which of their attempts succeeded depends on their other picks.
                const auto copied = base_pick(*from, category, jump(words[3], choices), 0);
                return copied == employee ? std::nullopt : copied;
            }
        }
    }
    return base_pick(employee, category, slot, attempt);
}

}  // namespace groundswell
