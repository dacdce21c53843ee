#include "world/persons.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/draws.hpp"
#include "core/ieee_math.hpp"
#include "world/viewer_activity.hpp"

namespace groundswell {
namespace {

using Normal = boost::random::normal_distribution<double>;

// A person's activity by platform. LinkedIn's is drawn by itself, whether it is on or not, and the others given its
// normal score: with a common part and one of their own, so that any two platforms have the same correlation.
class ActivityDraws {
public:
    ActivityDraws(const PlatformAudiences& platforms, double correlation)
        : shape_(platforms[0].value_or(PlatformAudienceParams{}).activity_shape),
          on_linkedin_(correlation),
          common_(std::sqrt((1 - correlation) * correlation)),
          own_(std::sqrt(1 - correlation)) {
        for (std::size_t p = 1; p < kPlatforms; ++p)
            if (platforms[p]) laws_[p].emplace(platforms[p]->activity_shape);
        linkedin_on_ = platforms[0].has_value();
        others_on_ = laws_[1] || laws_[2] || laws_[3];
        if (others_on_) laws_[0].emplace(shape_);
    }

    void classes(StreamKey key, std::uint32_t person, double log_affinity, std::array<std::uint8_t, 4>& levels) const {
        const double linkedin = log_linkedin(key, person);
        const auto level = [&](double log_activity) {
            return static_cast<std::uint8_t>(visibility_class_of_log(log_activity + log_affinity));
        };
        if (linkedin_on_) levels[0] = level(linkedin);
        if (!others_on_) return;
        const Block words = draw(key, person, 2);
        const double shared = on_linkedin_ * laws_[0]->score(linkedin) + common_ * normal_quantile(unit(words[0]));
        for (std::size_t p = 1; p < kPlatforms; ++p)
            if (laws_[p]) levels[p] = level(laws_[p]->log_value(shared + own_ * normal_quantile(unit(words[p]))));
    }

private:
    double log_linkedin(StreamKey key, std::uint32_t person) const {
        boost::random::gamma_distribution<double> gamma(shape_, 1 / shape_);
        PhiloxEngine engine(key, person, 0);
        return ieee::log(std::max(gamma(engine), 1e-300));  // a small shape can underflow to 0: the lowest class
    }

    double shape_, on_linkedin_, common_, own_;
    bool linkedin_on_ = false, others_on_ = false;
    std::array<std::optional<ActivityLaw>, kPlatforms> laws_;
};

// On which of the platforms that are on a person is.
class PresenceLaw {
public:
    PresenceLaw(StreamKey key, const PlatformAudiences& platforms) : key_(key) {
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (platforms[p]) share_[p] = platforms[p]->presence.array();
    }

    std::uint8_t mask(std::uint32_t person, std::size_t segment) const {
        if (segment == static_cast<std::size_t>(Segment::employee)) return 0;
        const Block words = draw(key_, person);
        unsigned mask = 0;
        for (std::size_t p = 0; p < kPlatforms; ++p)
            if (unit(words[p]) < share_[p][segment]) mask |= 1u << p;
        return static_cast<std::uint8_t>(mask);
    }

private:
    StreamKey key_;
    std::array<std::array<double, kSegments>, kPlatforms> share_{};
};

// Draws one person. Activity and the lognormals are separate steps: another activity law leaves the rest unchanged.
class PersonLaw {
public:
    PersonLaw(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params,
              const PlatformAudiences& platforms)
        : traits_(context.key(Decision::person_traits)),
          blocks_(context.key(Decision::affinity_blocks)),
          activity_(platforms, params.activity_across_platforms),
          presence_(context.key(Decision::presence), platforms),
          bounds_(bounds),
          params_(params),
          shared_sd_(params.affinity_log_sd * std::sqrt(params.affinity_block_share)),
          own_sd_(params.affinity_log_sd * std::sqrt(1 - params.affinity_block_share)),
          block_persons_(static_cast<std::uint32_t>(params.affinity_block_persons)) {
        const auto mean = params.affinity.array();
        for (std::size_t s = 0; s < kSegments; ++s)
            log_affinity_[s] = ieee::log(mean[s]) - params.affinity_log_sd * params.affinity_log_sd / 2;
    }

    // Consecutive persons of a pool that share the block part of their affinity.
    std::uint32_t block(std::uint32_t person, std::size_t segment) const {
        return (person - bounds_[segment]) / block_persons_;
    }

    double block_score(std::uint32_t block, std::size_t segment) const {
        PhiloxEngine engine(blocks_, (static_cast<std::uint64_t>(segment) << 32) | block);
        return Normal()(engine);
    }

    PersonTraits draw(std::uint32_t person, std::size_t segment, double block_score) const {
        Normal normal;
        PhiloxEngine engine(traits_, person, 1);
        const double affinity = log_affinity_[segment] + shared_sd_ * block_score + own_sd_ * normal(engine);
        PersonTraits traits{};
        traits.affinity = trait_level_of_log(affinity);
        traits.susceptibility = lognormal_level(params_.susceptibility_log_sd, normal(engine));
        traits.propensity = lognormal_level(params_.propensity_log_sd, normal(engine));
        activity_.classes(traits_, person, params_.affinity_visible * trait_log(traits.affinity), traits.visibility);
        traits.presence = presence_.mask(person, segment);
        return traits;
    }

private:
    static std::uint8_t lognormal_level(double log_sd, double score) {
        return trait_level_of_log(log_sd * score - log_sd * log_sd / 2);
    }

    StreamKey traits_, blocks_;
    ActivityDraws activity_;
    PresenceLaw presence_;
    const SegmentBounds& bounds_;
    const AudienceParams& params_;
    std::array<double, kSegments> log_affinity_{};
    double shared_sd_, own_sd_;
    std::uint32_t block_persons_;
};

}  // namespace

std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const PlatformAudiences& platforms,
                                       const Workforce& workforce) {
    const PersonLaw law(context, bounds, params, platforms);
    std::vector<PersonTraits> persons(bounds[kSegments]);
    over_chunks(context, 0, bounds[kSegments], [&](std::uint32_t begin, std::uint32_t end, int) {
        std::size_t segment = 0;
        std::uint32_t block = 0;
        double block_score = 0;
        for (std::uint32_t p = begin; p < end; ++p) {
            const std::size_t previous = segment;
            while (p >= bounds[segment + 1]) ++segment;
            if (p == begin || segment != previous || law.block(p, segment) != block) {
                block = law.block(p, segment);
                block_score = law.block_score(block, segment);
            }
            persons[p] = law.draw(p, segment, block_score);
            if (segment == 0) persons[p].susceptibility = trait_level(workforce[Attribute::susceptibility][p]);
        }
    });
    return persons;
}

std::vector<std::uint32_t> choose_followers(const BuildContext& context, const std::vector<PersonTraits>& persons,
                                            Platform platform, std::uint32_t count, double exponent) {
    const StreamKey key = context.key(Decision::page_followers);
    const auto word = static_cast<std::size_t>(platform);
    std::array<double, 256> weight{};
    for (std::uint32_t level = 0; level < weight.size(); ++level)
        weight[level] = ieee::pow(trait_value(level), -exponent);
    using Keyed = std::pair<double, std::uint32_t>;
    std::vector<Keyed> keyed(persons.size());
    over_chunks(context, 0, static_cast<std::uint32_t>(persons.size()),
                [&](std::uint32_t begin, std::uint32_t end, int) {
                    for (std::uint32_t p = begin; p < end; ++p)
                        keyed[p] = {persons[p].present(word)
                                        ? -ieee::log(unit(draw(key, p)[word])) * weight[persons[p].affinity]
                                        : std::numeric_limits<double>::infinity(),
                                    p};
                });
    std::erase_if(keyed, [](const Keyed& k) { return std::isinf(k.first); });
    count = std::min(count, static_cast<std::uint32_t>(keyed.size()));
    if (count < keyed.size())
        std::nth_element(keyed.begin(), keyed.begin() + static_cast<std::ptrdiff_t>(count), keyed.end());
    std::vector<std::uint32_t> followers(count);
    for (std::uint32_t k = 0; k < count; ++k) followers[k] = keyed[k].second;
    std::sort(followers.begin(), followers.end());
    return followers;
}

}  // namespace groundswell
