#include "engine/phases/authors.hpp"

namespace groundswell::phases {

Authors::Authors(const RunTables& tables, const Workforce& workforce)
    : world_(tables.world),
      params_(tables.design.params.credibility),
      reaction_factor_(tables.author_persuasion),
      workforce_(workforce),
      credibility_(world_.employees, Credibility(params_)) {}

void Authors::run(const Day& day) {
    for (std::size_t i = 0; i < day.written.size();) {
        const Author author = day.written[i].author;
        Credibility credibility = credibility_[author.seat()];
        credibility.begin_day(day.index, params_);
        for (; i < day.written.size() && day.written[i].author == author; ++i) {
            const WrittenPost& post = day.written[i];
            if (post.company)
                credibility.add_company_post(post.authenticity, post.promotional, params_);
            else
                credibility.add_other_post();
        }
        credibility.end_day(params_);
        if (workforce_.is_latest(author)) credibility_[author.seat()] = credibility;
    }
}

void Authors::sit_down(Author author) {
    const Author before(author.seat(), author.occupant() - 1);
    of_leavers_.emplace(before.number(), credibility_[author.seat()].value());
    credibility_[author.seat()] = Credibility(params_);
}

double Authors::credibility(Author author) const {
    return workforce_.is_latest(author) ? credibility_[author.seat()].value() : of_leavers_.at(author.number());
}

CarrierPart Authors::carrier_part(Author author) const {
    const std::uint32_t seat = author.seat();
    if (seat >= world_.employees) return {1.0, 1.0, 1.0};
    return {world_.workforce[Attribute::persuasion][seat], reaction_factor_[seat], credibility(author)};
}

CarrierPart Authors::carrier_part_of_person(std::uint32_t person) const { return carrier_part(Author(person)); }

}  // namespace groundswell::phases
