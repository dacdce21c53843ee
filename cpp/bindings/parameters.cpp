#include "bindings/parameters.hpp"

#include <array>
#include <optional>
#include <utility>

namespace groundswell::bindings {

namespace {

template <class T>
void read_group(T& target, const py::dict& parameters, const char* group, const std::string& address) {
    if (!parameters.contains(group)) throw InvalidInput(address + ": missing");
    read_fields(target, parameters[group].cast<py::dict>(), address);
}

std::string platform_name(std::size_t platform) { return std::string(kPlatformNames[platform]); }

// One Params struct by platform, for the platforms that are keys of a group.
template <class T>
void read_platforms(std::array<std::optional<T>, kPlatforms>& target, const py::dict& parameters, const char* group) {
    if (!parameters.contains(group)) throw InvalidInput(std::string(group) + ": missing");
    if (!py::isinstance<py::dict>(parameters[group]))
        throw InvalidInput(std::string(group) + ": must be a dict by platform");
    const auto by_name = parameters[group].cast<py::dict>();
    for (auto& platform : target) platform.reset();
    for (const auto& item : by_name) {
        const auto name = py::str(item.first).cast<std::string>();
        const auto p = static_cast<std::size_t>(platform_named(name, group));
        if (!py::isinstance<py::dict>(item.second))
            throw InvalidInput(std::string(group) + "." + name + ": must be a dict of its fields");
        read_fields(target[p].emplace(), py::reinterpret_borrow<py::dict>(item.second), "platforms." + name);
    }
}

void require_same_platforms(const py::dict& parameters) {
    for (const auto& [group, other] :
         {std::pair{"platforms", "platform_audiences"}, {"platform_audiences", "platforms"}}) {
        if (!parameters.contains(group) || !parameters.contains(other)) continue;
        const auto there = parameters[other].cast<py::dict>();
        for (const auto& item : parameters[group].cast<py::dict>())
            if (!there.contains(item.first))
                throw InvalidInput(std::string(group) + "." + py::str(item.first).cast<std::string>() +
                                   ": the platform is missing in " + other + "; a platform is in both or in neither");
    }
}

}  // namespace

Platform platform_named(const std::string& name, const std::string& address) {
    for (std::size_t p = 0; p < kPlatforms; ++p)
        if (name == kPlatformNames[p]) return static_cast<Platform>(p);
    throw InvalidInput(address + "." + name + ": no such platform; there are " + platform_list());
}

WorldParams world_params(const py::dict& parameters) {
    WorldParams params;
    read_group(params.workforce, parameters, "workforce", "workforce");
    read_group(params.audience, parameters, "audience", "audience");
    read_platforms(params.platforms, parameters, "platform_audiences");
    require_same_platforms(parameters);
    return params;
}

YearParams year_params(const py::dict& parameters) {
    YearParams params;
    read_platforms(params.platforms, parameters, "platforms");
    require_same_platforms(parameters);
    read_group(params.content, parameters, "content", "content");
    read_group(params.posting, parameters, "posting", "posting");
    read_group(params.credibility, parameters, "credibility", "credibility");
    read_group(params.feed, parameters, "feed", "feed");
    read_group(params.awareness, parameters, "awareness", "awareness");
    read_group(params.participation, parameters, "participation", "participation");
    read_group(params.retention, parameters, "retention", "retention");
    read_group(params.costs, parameters, "costs", "costs");
    return params;
}

py::dict default_parameters() {
    const WorldParams world;
    const YearParams year;
    py::dict platforms, audiences;
    for (std::size_t p = 0; p < kPlatforms; ++p) {
        platforms[py::str(platform_name(p))] = write_fields(PlatformParams{});
        audiences[py::str(platform_name(p))] = write_fields(PlatformAudienceParams{});
    }
    py::dict values;
    values["workforce"] = write_fields(world.workforce);
    values["audience"] = write_fields(world.audience);
    values["platforms"] = platforms;
    values["platform_audiences"] = audiences;
    values["content"] = write_fields(year.content);
    values["posting"] = write_fields(year.posting);
    values["credibility"] = write_fields(year.credibility);
    values["feed"] = write_fields(year.feed);
    values["awareness"] = write_fields(year.awareness);
    values["participation"] = write_fields(year.participation);
    values["retention"] = write_fields(year.retention);
    values["costs"] = write_fields(year.costs);
    return values;
}

}  // namespace groundswell::bindings
