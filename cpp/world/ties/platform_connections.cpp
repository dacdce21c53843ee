#include "world/ties/platform_connections.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/checks.hpp"
#include "core/draws.hpp"
#include "core/ieee_math.hpp"

namespace groundswell {
namespace {

// Connections rise with social activity as they do on LinkedIn.
class ConnectionsLaw {
public:
    ConnectionsLaw(StreamKey key, const WorkforceParams& workforce, const PlatformAudienceParams& audience,
                   Platform platform)
        : key_(key),
          word_(static_cast<std::size_t>(platform)),
          with_activity_(workforce.social_activity_log_sd > 0 ? workforce.corr_connections_activity : 0),
          activity_log_sd_(workforce.social_activity_log_sd),
          log_sd_(audience.connections_log_sd),
          log_median_(ieee::log(audience.connections_mean) - log_sd_ * log_sd_ / 2) {}

    std::uint32_t operator()(std::uint32_t employee, double activity) const {
        constexpr double kLargestScore = 8;
        constexpr double kLargestNumber = 1e9;
        double score =
            std::sqrt(1 - with_activity_ * with_activity_) * normal_quantile(unit(draw(key_, employee)[word_]));
        if (with_activity_ != 0) {
            const double z =
                (ieee::log(std::max(activity, 1e-300)) + activity_log_sd_ * activity_log_sd_ / 2) / activity_log_sd_;
            score += with_activity_ * std::clamp(z, -kLargestScore, kLargestScore);
        }
        const double number = std::floor(ieee::exp(log_median_ + log_sd_ * score) + 0.5);
        return static_cast<std::uint32_t>(std::clamp(number, 1.0, kLargestNumber));
    }

private:
    StreamKey key_;
    std::size_t word_;
    double with_activity_, activity_log_sd_, log_sd_, log_median_;
};

}  // namespace

std::vector<std::uint32_t> wanted_connections(const BuildContext& context, const CompanyInput& company,
                                              const WorldParams& params, const Workforce& workforce,
                                              Platform platform) {
    const auto p = static_cast<std::size_t>(platform);
    const auto employees = static_cast<std::uint32_t>(workforce.department.size());
    std::vector<std::uint32_t> wanted(employees);
    if (platform == Platform::linkedin) {
        for (std::uint32_t i = 0; i < employees; ++i)
            wanted[i] = static_cast<std::uint32_t>(workforce[Attribute::connections][i]);
        return wanted;
    }
    const ConnectionsLaw law(context.key(Decision::platform_connections), params.workforce, *params.platforms[p],
                             platform);
    const std::vector<double>& given = company.connections[p];
    const std::string address = "company.connections." + std::string(kPlatformNames[p]);
    if (!given.empty() && given.size() != employees)
        throw InvalidInput(address + " has " + std::to_string(given.size()) + " rows, must have one for each of " +
                           std::to_string(employees) + " employees");
    for (std::uint32_t i = 0; i < employees; ++i) {
        if (given.empty() || std::isnan(given[i])) {
            wanted[i] = law(i, workforce[Attribute::social_activity][i]);
            continue;
        }
        require_whole(address + "[" + std::to_string(i) + "]", given[i], 0, 1e9);
        wanted[i] = static_cast<std::uint32_t>(given[i]);
    }
    return wanted;
}

}  // namespace groundswell
