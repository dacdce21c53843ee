#include "world/world_checks.hpp"

#include <string>

#include "core/checks.hpp"
#include "world/ties/tie_coverage.hpp"

namespace groundswell {
namespace {

std::string platform_address(std::size_t platform) { return "platforms." + std::string(kPlatformNames[platform]); }

}  // namespace

void check_world_input(const CompanyInput& company, const WorldParams& params) {
    check(params.audience);
    check_tie_coverage(company);
    bool any = false;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        const std::string name(kPlatformNames[p]);
        if (company.page_followers[p] < -1)
            reject("company.page_followers." + name, static_cast<double>(company.page_followers[p]),
                   "zero or more, or -1 if not given");
        if (!params.platforms[p]) continue;
        any = true;
        check(platform_address(p), *params.platforms[p]);
    }
    if (!any) throw InvalidInput("platforms: none is on, must have at least one of " + platform_list());
}

void check_presence(const SegmentBounds& bounds, const PlatformAudiences& platforms) {
    for (std::size_t s = 1; s < kSegments; ++s) {
        const std::uint32_t persons = bounds[s + 1] - bounds[s];
        bool present = persons == 0;
        std::string where;
        for (std::size_t p = 0; p < kPlatforms; ++p) {
            if (!platforms[p]) continue;
            present = present || platforms[p]->presence.array()[s] > 0;
            where += (where.empty() ? "" : ", ") + platform_address(p) + ".presence." + std::string(kSegmentNames[s]);
        }
        if (!present)
            throw InvalidInput("segment " + std::string(kSegmentNames[s]) + " (" + std::to_string(persons) +
                               " persons) is present on no platform that is on: " + where +
                               " = 0, one must be above zero, or audience.pool." + std::string(kSegmentNames[s]) +
                               " must be 0");
    }
}

}  // namespace groundswell
