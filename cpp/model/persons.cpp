#include "model/persons.hpp"

#include <algorithm>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <functional>
#include <utility>

#include "core/draws.hpp"
#include "core/errors.hpp"
#include "core/ieee_math.hpp"
#include "core/parallel.hpp"

namespace groundswell {
namespace {

using Normal = boost::random::normal_distribution<double>;

constexpr std::uint32_t kChunk = 1u << 14;

// Calls body(begin, end) for consecutive chunks of [0, count).
void over_chunks(const BuildContext& context, std::uint32_t count,
                 const std::function<void(std::uint32_t, std::uint32_t)>& body) {
    const std::size_t chunks = (std::size_t{count} + kChunk - 1) / kChunk;
    parallel_for(
        chunks, context.threads,
        [&](std::size_t chunk, int) {
            const auto begin = static_cast<std::uint32_t>(chunk) * kChunk;
            body(begin, std::min(count, begin + kChunk));
        },
        context.cancel);
    context.stop_if_cancelled();
}

// Draws one person. Activity and the lognormals are separate steps: another activity law leaves the rest unchanged.
class PersonLaw {
public:
    PersonLaw(const BuildContext& context, const SegmentBounds& bounds, const AudienceParams& params)
        : traits_(context.key(Decision::person_traits)),
          blocks_(context.key(Decision::affinity_blocks)),
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
        const double log_s = log_activity(person) + params_.affinity_visible * trait_log(traits.affinity);
        traits.visibility = static_cast<std::uint8_t>(visibility_class_of_log(log_s));
        return traits;
    }

private:
    static std::uint8_t lognormal_level(double log_sd, double score) {
        return trait_level_of_log(log_sd * score - log_sd * log_sd / 2);
    }

    double log_activity(std::uint32_t person) const {
        boost::random::gamma_distribution<double> gamma(params_.activity_shape, 1 / params_.activity_shape);
        PhiloxEngine engine(traits_, person, 0);
        return ieee::log(std::max(gamma(engine), 1e-300));  // a small shape can underflow to 0: the lowest class
    }

    StreamKey traits_, blocks_;
    const SegmentBounds& bounds_;
    const AudienceParams& params_;
    std::array<double, kSegments> log_affinity_{};
    double shared_sd_, own_sd_;
    std::uint32_t block_persons_;
};

}  // namespace

void BuildContext::stop_if_cancelled() const {
    if (cancel != nullptr && cancel->load()) throw Cancelled();
}

std::vector<PersonTraits> draw_persons(const BuildContext& context, const SegmentBounds& bounds,
                                       const AudienceParams& params, const Workforce& workforce) {
    const PersonLaw law(context, bounds, params);
    std::vector<PersonTraits> persons(bounds[kSegments]);
    over_chunks(context, bounds[kSegments], [&](std::uint32_t begin, std::uint32_t end) {
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
                                            std::uint32_t count, double exponent) {
    const StreamKey key = context.key(Decision::page_followers);
    std::array<double, 256> weight{};
    for (std::uint32_t level = 0; level < weight.size(); ++level)
        weight[level] = ieee::pow(trait_value(level), -exponent);
    using Keyed = std::pair<double, std::uint32_t>;
    std::vector<Keyed> keyed(persons.size());
    over_chunks(context, static_cast<std::uint32_t>(persons.size()), [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t p = begin; p < end; ++p)
            keyed[p] = {-ieee::log(unit(draw(key, p)[0])) * weight[persons[p].affinity], p};
    });
    if (count < keyed.size())
        std::nth_element(keyed.begin(), keyed.begin() + static_cast<std::ptrdiff_t>(count), keyed.end());
    std::vector<std::uint32_t> followers(count);
    for (std::uint32_t k = 0; k < count; ++k) followers[k] = keyed[k].second;
    std::sort(followers.begin(), followers.end());
    return followers;
}

}  // namespace groundswell
