#include "world/ties/platform_connections.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {
namespace {

constexpr double kMostConnections = 1e9;

// A lognormal law that rises with social activity as LinkedIn's connections do.
class ConnectionsLaw {
public:
    ConnectionsLaw(StreamKey key, const WorkforceParams& workforce, const PlatformAudienceParams& audience,
                   Platform platform)
        : key_(key),
          word_(static_cast<std::size_t>(platform)),
          correlation_(workforce.social_activity_log_sd > 0 ? workforce.corr_connections_activity : 0),
          activity_log_sd_(workforce.social_activity_log_sd),
          log_sd_(audience.connections_log_sd),
          log_median_(ieee::log(audience.connections_mean) - log_sd_ * log_sd_ / 2) {}

    std::uint32_t draw_for(std::uint64_t draw_number, double activity) const {
        double score =
            std::sqrt(1 - correlation_ * correlation_) * normal_quantile(unit(draw(key_, draw_number)[word_]));
        if (correlation_ != 0) score += correlation_ * activity_score(activity);
        const double connections = std::floor(ieee::exp(log_median_ + log_sd_ * score) + 0.5);
        return static_cast<std::uint32_t>(std::clamp(connections, 1.0, kMostConnections));
    }

private:
    // The normal score of an activity under its lognormal law with mean 1. Given activities can lie far outside the
    // law, and can be 0: hence the bounds.
    double activity_score(double activity) const {
        constexpr double kLargestScore = 8, kSmallestActivity = 1e-300;
        const double log_activity = ieee::log(std::max(activity, kSmallestActivity));
        const double score = (log_activity + activity_log_sd_ * activity_log_sd_ / 2) / activity_log_sd_;
        return std::clamp(score, -kLargestScore, kLargestScore);
    }

    StreamKey key_;
    std::size_t word_;
    double correlation_, activity_log_sd_, log_sd_, log_median_;
};

std::vector<std::uint32_t> linkedin_connections(const Workforce& workforce) {
    std::vector<std::uint32_t> wanted;
    for (const double connections : workforce[Attribute::connections])
        wanted.push_back(static_cast<std::uint32_t>(connections));
    return wanted;
}

}  // namespace

std::vector<std::uint32_t> wanted_connections(const BuildContext& context, const CompanyInput& company,
                                              const WorldParams& params, const World& world, Platform platform) {
    if (platform == Platform::linkedin) return linkedin_connections(world.workforce);
    const auto p = static_cast<std::size_t>(platform);
    const std::size_t employees = world.employees;
    const std::vector<double>& given = company.connections[p];
    const std::string address = "company.connections." + std::string(kPlatformNames[p]);
    if (!given.empty() && given.size() != employees)
        throw InvalidInput(address + " has " + std::to_string(given.size()) + " rows, must have one for each of " +
                           std::to_string(employees) + " employees");
    const StreamKey key = context.key(Decision::platform_connections);
    const ConnectionsLaw law(key, params.workforce, *params.platforms[p], platform);
    std::vector<std::uint32_t> wanted(employees);
    for (std::uint32_t i = 0; i < employees; ++i) {
        if (given.empty() || std::isnan(given[i])) {
            wanted[i] = law.draw_for(world.draw_numbers[i], world.workforce[Attribute::social_activity][i]);
            continue;
        }
        require_whole(address + "[" + std::to_string(i) + "]", given[i], 0, kMostConnections);
        wanted[i] = static_cast<std::uint32_t>(given[i]);
    }
    return wanted;
}

}  // namespace groundswell
