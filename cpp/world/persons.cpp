#include "world/persons.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <optional>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "core/stable_picks.hpp"
#include "world/viewer_activity.hpp"

namespace groundswell {
namespace {

using Normal = boost::random::normal_distribution<double>;

// Steps of the draws of Decision::person_traits.
constexpr std::uint32_t kLinkedInActivityStep = 0, kLognormalStep = 1, kOtherActivityStep = 2;

// The visibility classes of a person by platform. LinkedIn's activity is drawn by itself, whether LinkedIn is on or
// not, and the others given its normal score: with a common part and one of their own, so that any two platforms have
// the same correlation.
class VisibilityLaw {
public:
    VisibilityLaw(const PlatformAudiences& platforms, double correlation)
        : linkedin_shape_(platforms[0].value_or(PlatformAudienceParams{}).activity_shape),
          linkedin_weight_(correlation),
          common_weight_(std::sqrt((1 - correlation) * correlation)),
          own_weight_(std::sqrt(1 - correlation)) {
        for (std::size_t p = 1; p < kPlatforms; ++p)
            if (platforms[p]) laws_[p].emplace(platforms[p]->activity_shape);
        linkedin_on_ = platforms[0].has_value();
        others_on_ = laws_[1] || laws_[2] || laws_[3];
        if (others_on_) laws_[0].emplace(linkedin_shape_);
    }

    void draw_classes(StreamKey key, std::uint64_t number, double log_affinity,
                      std::array<std::uint8_t, kPlatforms>& classes) const {
        const double linkedin = log_linkedin_activity(key, number);
        const auto class_of = [&](double log_activity) {
            return static_cast<std::uint8_t>(visibility_class_of_log(log_activity + log_affinity));
        };
        if (linkedin_on_) classes[0] = class_of(linkedin);
        if (!others_on_) return;
        const Block words = draw(key, number, kOtherActivityStep);
        const double shared =
            linkedin_weight_ * laws_[0]->score(linkedin) + common_weight_ * normal_quantile(unit(words[0]));
        for (std::size_t p = 1; p < kPlatforms; ++p) {
            if (!laws_[p]) continue;
            const double score = shared + own_weight_ * normal_quantile(unit(words[p]));
            classes[p] = class_of(laws_[p]->log_value(score));
        }
    }

private:
    double log_linkedin_activity(StreamKey key, std::uint64_t number) const {
        boost::random::gamma_distribution<double> gamma(linkedin_shape_, 1 / linkedin_shape_);
        PhiloxEngine engine(key, number, kLinkedInActivityStep);
        constexpr double kSmallestActivity = 1e-300;  // a small shape can underflow to 0, which is the lowest class too
        return ieee::log(std::max(gamma(engine), kSmallestActivity));
    }

    double linkedin_shape_;
    double linkedin_weight_, common_weight_, own_weight_;  // of the parts of another platform's score
    bool linkedin_on_ = false, others_on_ = false;
    std::array<std::optional<ActivityLaw>, kPlatforms> laws_;
};

// The platforms on which a person is, as a bit mask. Employees' presence follows from their ties.
class PresenceLaw {
public:
    PresenceLaw(StreamKey key, const PlatformAudiences& platforms) : key_(key) {
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (platforms[p]) share_[p] = platforms[p]->presence.array();
    }

    std::uint8_t mask(std::uint64_t number, std::size_t segment) const {
        if (segment == static_cast<std::size_t>(Segment::employee)) return 0;
        const Block words = draw(key_, number);
        unsigned mask = 0;
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (unit(words[p]) < share_[p][segment]) mask |= 1u << p;
        return static_cast<std::uint8_t>(mask);
    }

private:
    StreamKey key_;
    std::array<std::array<double, kSegments>, kPlatforms> share_{};
};

// Draws one person. The kinds of draws have steps of their own, so that another activity law leaves the rest unchanged.
class PersonTraitsLaw {
public:
    PersonTraitsLaw(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params,
                    const PlatformAudiences& platforms, std::span<const std::uint64_t> draw_numbers)
        : traits_key_(context.key(Decision::person_traits)),
          blocks_key_(context.key(Decision::affinity_blocks)),
          visibility_(platforms, params.activity_across_platforms),
          presence_(context.key(Decision::presence), platforms),
          bounds_(bounds),
          draw_numbers_(draw_numbers),
          params_(params),
          block_sd_(params.affinity_log_sd * std::sqrt(params.affinity_block_share)),
          own_sd_(params.affinity_log_sd * std::sqrt(1 - params.affinity_block_share)),
          block_persons_(static_cast<std::uint32_t>(params.affinity_block_persons)),
          employee_blocks_(static_cast<std::uint32_t>(
              std::max(1.0, std::floor(stepped(bounds[1]) / params.affinity_block_persons + .5)))) {
        const auto mean = params.affinity.array();
        for (std::size_t s = 0; s < kSegments; ++s)
            log_affinity_[s] = ieee::log(mean[s]) - params.affinity_log_sd * params.affinity_log_sd / 2;
    }

    std::uint64_t number(std::uint32_t person, std::size_t segment) const {
        return segment == 0 ? draw_numbers_[person] : pool_draw_number(segment, person - bounds_[segment]);
    }

    // Those who share the block part of their affinity: consecutive persons of a pool, and about as many employees.
    std::uint32_t block(std::uint32_t person, std::size_t segment) const {
        return segment == 0 ? jump(mix64(draw_numbers_[person]), employee_blocks_)
                            : (person - bounds_[segment]) / block_persons_;
    }

    double block_score(std::uint32_t block, std::size_t segment) const {
        PhiloxEngine engine(blocks_key_, (static_cast<std::uint64_t>(segment) << 32) | block);
        return Normal()(engine);
    }

    PersonTraits draw(std::uint64_t number, std::size_t segment, double block_score) const {
        Normal normal;
        PhiloxEngine engine(traits_key_, number, kLognormalStep);
        const double affinity = log_affinity_[segment] + block_sd_ * block_score + own_sd_ * normal(engine);
        PersonTraits traits{};
        traits.affinity = trait_level_of_log(affinity);
        traits.susceptibility = lognormal_level(params_.susceptibility_log_sd, normal(engine));
        traits.propensity = lognormal_level(params_.propensity_log_sd, normal(engine));
        visibility_.draw_classes(traits_key_, number, params_.affinity_visible * trait_log(traits.affinity),
                                 traits.visibility);
        traits.presence = presence_.mask(number, segment);
        return traits;
    }

private:
    static std::uint8_t lognormal_level(double log_sd, double score) {
        return trait_level_of_log(log_sd * score - log_sd * log_sd / 2);
    }

    StreamKey traits_key_, blocks_key_;
    VisibilityLaw visibility_;
    PresenceLaw presence_;
    const SegmentBounds& bounds_;
    std::span<const std::uint64_t> draw_numbers_;  // of the employees
    const AudienceParams& params_;
    std::array<double, kSegments> log_affinity_{};
    double block_sd_, own_sd_;  // of log affinity: the part that a block shares, and the person's own
    std::uint32_t block_persons_, employee_blocks_;
};

}  // namespace

std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const PlatformAudiences& platforms,
                                       const Workforce& workforce, std::span<const std::uint64_t> draw_numbers) {
    const PersonTraitsLaw law(context, bounds, params, platforms, draw_numbers);
    std::vector<PersonTraits> persons(bounds[kSegments]);
    over_chunks(context, 0, bounds[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        std::size_t segment = 0;
        std::uint32_t block = 0;
        double block_score = 0;
        for (std::uint32_t person = begin; person < end; ++person) {
            const std::size_t previous = segment;
            while (person >= bounds[segment + 1]) ++segment;
            if (person == begin || segment != previous || law.block(person, segment) != block) {
                block = law.block(person, segment);
                block_score = law.block_score(block, segment);
            }
            PersonTraits& traits = persons[person] = law.draw(law.number(person, segment), segment, block_score);
            if (segment == 0) traits.susceptibility = trait_level(workforce[Attribute::susceptibility][person]);
        }
    });
    return persons;
}

}  // namespace groundswell
