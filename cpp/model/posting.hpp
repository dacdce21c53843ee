// Who posts when, and what that does to the author: posts of a day, displacement, same-day repeats, credibility.
// Spec: docs/MODEL.md 3.
#pragma once

#include <cstdint>

#include "core/fields.hpp"
#include "core/keyed_hash.hpp"
#include "model/platform.hpp"

namespace groundswell {

struct PostingParams {
    double organic_company_posts_per_month = 2;
    double other_posts_per_month = 1.5;
    double displacement = .3;
    PlatformValues organic_platforms{.linkedin = 1};  // shares of the organic posts
    GROUNDSWELL_FIELDS(visit("organic_company_posts_per_month", self.organic_company_posts_per_month);
                       visit("other_posts_per_month", self.other_posts_per_month);
                       visit("displacement", self.displacement); visit("organic_platforms", self.organic_platforms);)
};

struct CredibilityParams {
    double company_share_tolerance = .3;
    double credibility_slope = 1;
    double credibility_half_life_weeks = 8;
    double pseudo_posts = 5;
    double streak_weight = 1.5;
    GROUNDSWELL_FIELDS(visit("company_share_tolerance", self.company_share_tolerance);
                       visit("credibility_slope", self.credibility_slope);
                       visit("credibility_half_life_weeks", self.credibility_half_life_weeks);
                       visit("pseudo_posts", self.pseudo_posts); visit("streak_weight", self.streak_weight);)
};

enum class Process : std::uint8_t { organic_company, organic_other, program, page };

// Identity of a post, the same in every design. author: the draw number. slot: how-many-eth of its process on that day.
// Bit 63 stays free for the items that only one post carries.
inline constexpr std::uint32_t kMaxSlots = 4096;
inline constexpr double kMostPostsADay = 700;  // expected, of one author and process: Poisson inversion ends there
constexpr std::uint64_t post_identity(std::uint64_t author, std::uint32_t day, Platform platform, Process process,
                                      std::uint32_t slot) {
    const std::uint64_t place = (std::uint64_t{day} << 16) | (static_cast<std::uint64_t>(platform) << 14) |
                                (static_cast<std::uint64_t>(process) << 12) | slot;
    return combine(author, place) >> 1;
}

// What an author's own posts have done to how they are believed: moving averages of authenticity and of the share of
// company content over their posts.
class Credibility {
public:
    explicit Credibility(const CredibilityParams& params);

    double value() const { return value_; }  // in (0.5, 1.5); 1 where nothing speaks for or against the author

    // The posts of one day, in order, at the end of that day.
    void begin_day(std::int32_t day, const CredibilityParams& params);
    void add_company_post(double authenticity, bool promotional, const CredibilityParams& params);
    void add_other_post();
    void end_day(const CredibilityParams& params);

private:
    double authenticity_ = 0, authenticity_weight_, company_, weight_, value_ = 1;
    std::int32_t last_day_ = 0;
    bool last_promotional_ = false;
};

// Throw InvalidInput for values that the engine cannot run.
void check(const PostingParams& params, const PlatformsParams& platforms);
void check(const CredibilityParams& params);

}  // namespace groundswell
