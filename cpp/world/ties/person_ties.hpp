// Ties among the persons outside the company, generated or given, before a platform keeps its share of them.
// Spec: docs/MODEL.md 2, Ties among persons.
#pragma once

#include <cstdint>
#include <vector>

namespace groundswell {

class PersonTies {
public:
    PersonTies() = default;
    PersonTies(const PersonTies&) = delete;
    PersonTies& operator=(const PersonTies&) = delete;
    PersonTies(PersonTies&&) = delete;
    PersonTies& operator=(PersonTies&&) = delete;
    virtual ~PersonTies() = default;

    // Puts the persons outside the company who are tied to `person`, one of them, into `others`: sorted, each once.
    // Symmetric: j is among the others of k if and only if k is among those of j.
    virtual void others_of(std::uint32_t person, std::vector<std::uint32_t>& others) const = 0;
};

// For companies without ties among persons: audience.person_degree_mean is 0.
class NoPersonTies final : public PersonTies {
public:
    void others_of(std::uint32_t, std::vector<std::uint32_t>& others) const override { others.clear(); }
};

}  // namespace groundswell
