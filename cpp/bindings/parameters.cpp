#include "bindings/parameters.hpp"

namespace groundswell::bindings {

namespace {

template <class T>
void read_group(T& target, const py::dict& parameters, const char* group, const std::string& address) {
    if (!parameters.contains(group)) throw InvalidInput(address + ": missing");
    read_fields(target, parameters[group].cast<py::dict>(), address);
}

}  // namespace

WorldParams world_params(const py::dict& parameters) {
    WorldParams params;
    read_group(params.workforce, parameters, "workforce", "workforce");
    read_group(params.audience, parameters, "audience", "audience");
    return params;
}

YearParams year_params(const py::dict& parameters) {
    YearParams params;
    if (!parameters.contains("platforms")) throw InvalidInput("platforms: missing");
    read_group(params.linkedin, parameters["platforms"].cast<py::dict>(), "linkedin", "platforms.linkedin");
    read_group(params.content, parameters, "content", "content");
    read_group(params.posting, parameters, "posting", "posting");
    read_group(params.credibility, parameters, "credibility", "credibility");
    read_group(params.feed, parameters, "feed", "feed");
    read_group(params.awareness, parameters, "awareness", "awareness");
    return params;
}

py::dict default_parameters() {
    const WorldParams world;
    const YearParams year;
    py::dict platforms;
    platforms["linkedin"] = write_fields(year.linkedin);
    py::dict values;
    values["workforce"] = write_fields(world.workforce);
    values["audience"] = write_fields(world.audience);
    values["platforms"] = platforms;
    values["content"] = write_fields(year.content);
    values["posting"] = write_fields(year.posting);
    values["credibility"] = write_fields(year.credibility);
    values["feed"] = write_fields(year.feed);
    values["awareness"] = write_fields(year.awareness);
    return values;
}

}  // namespace groundswell::bindings
