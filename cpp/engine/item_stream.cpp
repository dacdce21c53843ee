#include "engine/item_stream.hpp"

#include <algorithm>
#include <cmath>

namespace groundswell {

double ItemStream::offered_by(double day) const {
    const double rate = design_.params.content.items_per_week;
    const double begin = design_.program_begin() - design_.params.content.item_life_days;
    if (day < begin) return 0.0;
    auto o = std::floor((day - begin + 1.0) * rate / 7.0);
    while (begin + std::floor(7.0 * o / rate) <= day) o += 1.0;
    while (o > 0.0 && begin + std::floor(7.0 * (o - 1.0) / rate) > day) o -= 1.0;
    return o;
}

std::uint64_t ItemStream::pick(std::int32_t day, double u) const {
    const double low = offered_by(day - design_.params.content.item_life_days);
    const double high = offered_by(day);
    return static_cast<std::uint64_t>(low + std::floor(u * (high - low)));
}

const KindValues& ItemStream::mix_of(std::uint64_t item) const {
    const ContentParams& content = design_.params.content;
    const double offered =
        std::floor(7.0 * static_cast<double>(item) / content.items_per_week) - content.item_life_days;
    const std::int32_t day = design_.program_begin() + std::max(0, static_cast<std::int32_t>(std::ceil(offered)));
    const ProgramSettings* settings = design_.settings_on(day);
    return settings != nullptr && settings->has_mix() ? settings->mix : content.program_mix;
}

}  // namespace groundswell
