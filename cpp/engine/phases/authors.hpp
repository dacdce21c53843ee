// What is known of authors: how much they are believed, which is what their own posts have done to them. Spec:
// docs/MODEL.md 3, Credibility.
#pragma once

#include <cstdint>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "engine/phases/day.hpp"
#include "engine/phases/workforce.hpp"
#include "engine/run_tables.hpp"
#include "model/posting.hpp"

namespace groundswell::phases {

class Authors {
public:
    Authors(const RunTables& tables, const Workforce& workforce);

    // The phase `feedback`, as far as credibility is concerned: today's posts change it, from tomorrow on.
    void run(const Day& day);
    // The new occupant starts without a past; that of the one before is kept for the posts they still pass on.
    void sit_down(Author author);

    double credibility(Author author) const;
    // What somebody adds to a post that they write or pass on. Nobody knows more of the page, and of persons outside
    // the company, than that they are nothing special.
    CarrierPart carrier_part(Author author) const;
    CarrierPart carrier_part_of_person(std::uint32_t person) const;

private:
    const World& world_;
    const CredibilityParams& params_;
    const std::vector<double>& reaction_factor_;  // by seat: persuasion^gamma
    const Workforce& workforce_;
    std::vector<Credibility> credibility_;                         // by seat
    boost::unordered_flat_map<std::uint32_t, double> of_leavers_;  // whose seat has a new occupant, by author number
};

}  // namespace groundswell::phases
