// The audience: pools of persons, their traits, and who is connected to whom. Spec: docs/MODEL.md 2.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fields.hpp"
#include "model/platform.hpp"
#include "model/segment.hpp"

namespace groundswell {

struct AudienceParams {
    SegmentValues pool{.employee = 0,
                       .alumni = 3000,
                       .buyer = 60000,
                       .peer = 40000,
                       .talent = 40000,
                       .personal = 120000,
                       .other = 60000};  // persons per 1,000 employees
    double smallest_company = 100;
    double department_homophily = .6;
    double copying_share = .15;
    double copying_own_department = .7;
    double strong_tie_share = .2;
    double strong_tie = 1.8;
    double weak_tie = .8;
    double activity_across_platforms = .5;  // correlation of normal scores
    SegmentValues affinity{
        .employee = 1.6, .alumni = 1.3, .buyer = 1.2, .peer = 1.2, .talent = 1.1, .personal = .5, .other = .7};
    double affinity_log_sd = .6;
    double affinity_block_share = .5;
    double affinity_block_persons = 31;
    double affinity_visible = .3;  // exponent of affinity in visibility
    double susceptibility_log_sd = .5;
    double propensity_log_sd = 1.2;
    double follower_affinity_exponent = 1;
    double unprompted_share = .03;
    double person_degree_mean = 100;  // ties among persons outside the company
    double person_degree_log_sd = 1;
    double person_degree_cap = 3000;
    double circle_persons = 31;
    double circle_stubs = 22;            // ties that a person spends in one circle
    double random_ties = .20;            // share of the ties that are random
    double mixed_circles = .15;          // share of further circle positions that are in circles of all persons
    double seller_buyer_factor = 2;      // of a seller's mix: weight of buyers
    double recruiter_talent_factor = 2;  // of a recruiter's mix: weight of talent
    GROUNDSWELL_FIELDS(
        visit("pool", self.pool); visit("smallest_company", self.smallest_company);
        visit("department_homophily", self.department_homophily); visit("copying_share", self.copying_share);
        visit("copying_own_department", self.copying_own_department); visit("strong_tie_share", self.strong_tie_share);
        visit("strong_tie", self.strong_tie); visit("weak_tie", self.weak_tie);
        visit("activity_across_platforms", self.activity_across_platforms); visit("affinity", self.affinity);
        visit("affinity_log_sd", self.affinity_log_sd); visit("affinity_block_share", self.affinity_block_share);
        visit("affinity_block_persons", self.affinity_block_persons); visit("affinity_visible", self.affinity_visible);
        visit("susceptibility_log_sd", self.susceptibility_log_sd); visit("propensity_log_sd", self.propensity_log_sd);
        visit("follower_affinity_exponent", self.follower_affinity_exponent);
        visit("unprompted_share", self.unprompted_share); visit("person_degree_mean", self.person_degree_mean);
        visit("person_degree_log_sd", self.person_degree_log_sd); visit("person_degree_cap", self.person_degree_cap);
        visit("circle_persons", self.circle_persons); visit("circle_stubs", self.circle_stubs);
        visit("random_ties", self.random_ties); visit("mixed_circles", self.mixed_circles);
        visit("seller_buyer_factor", self.seller_buyer_factor);
        visit("recruiter_talent_factor", self.recruiter_talent_factor);)
};

// The audience of one platform. The defaults are LinkedIn's.
struct PlatformAudienceParams {
    double connections_mean = 290;
    double connections_log_sd = 1;  // after the multipliers
    SegmentValues mix{
        .employee = .13, .alumni = .05, .buyer = .12, .peer = .17, .talent = .13, .personal = .25, .other = .15};
    SegmentValues presence{.employee = 1, .alumni = 1, .buyer = 1, .peer = 1, .talent = 1, .personal = 1, .other = 1};
    double activity_shape = .47;
    double person_ties_kept = 1;  // share of the ties among persons, and of coworker ties, that are on the platform
    double connections_per_follower = 10;
    GROUNDSWELL_FIELDS(visit("connections_mean", self.connections_mean);
                       visit("connections_log_sd", self.connections_log_sd); visit("mix", self.mix);
                       visit("presence", self.presence); visit("activity_shape", self.activity_shape);
                       visit("person_ties_kept", self.person_ties_kept);
                       visit("connections_per_follower", self.connections_per_follower);)
};

// Tie word (decision record 2): person 24 bits, visibility class 5 bits, strength 2 bits.
enum class Strength : std::uint8_t { weak, strong, page };
using TieWord = std::uint32_t;
inline constexpr std::uint32_t kMaxPersons = 1u << 24;
inline constexpr int kVisibilityClasses = 32;
constexpr TieWord tie_word(std::uint32_t person, std::uint32_t visibility_class, Strength strength) {
    return person | (visibility_class << 24) | (static_cast<std::uint32_t>(strength) << 29);
}
constexpr std::uint32_t tie_person(TieWord tie) { return tie & 0xFFFFFFu; }
constexpr std::uint32_t tie_class(TieWord tie) { return tie >> 24; }  // 7 bits: visibility class + 32 x strength
constexpr Strength tie_strength(TieWord tie) { return static_cast<Strength>((tie >> 29) & 3u); }

double visibility_value(std::uint32_t visibility_class);  // exp(-6.2 + 0.3 c)
std::uint32_t visibility_class(double s);                 // nearest level
double trait_value(std::uint32_t level);                  // exp(-5.12 + 0.04 q)
std::uint8_t trait_level(double value);                   // nearest level
std::uint32_t visibility_class_of_log(double log_s);
double trait_log(std::uint32_t level);  // -5.12 + 0.04 q
std::uint8_t trait_level_of_log(double log_value);

// The part of the world that differs between platforms; empty: the platform is off.
using PlatformAudiences = std::array<std::optional<PlatformAudienceParams>, kPlatforms>;

struct PersonTraits {
    std::array<std::uint8_t, kPlatforms> visibility;  // class, by platform
    std::uint8_t affinity, susceptibility, propensity;
    std::uint8_t presence;  // bit p: present on platform p; an employee: has ties there

    bool present(std::size_t platform) const { return ((presence >> platform) & 1u) != 0; }
};

// Throw InvalidInput for values of which no world can be built.
void check(const AudienceParams& params);
void check(const std::string& address, const PlatformAudienceParams& params);

}  // namespace groundswell
