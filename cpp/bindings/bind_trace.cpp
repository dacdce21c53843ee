#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/long_call.hpp"
#include "engine/replicate.hpp"

namespace groundswell::bindings {

namespace {

py::dict trace_posts(const std::vector<TracePost>& posts) {
    py::dict table;
    const auto put = [&]<class T>(const char* name, T TracePost::*member) {
        table[name] = column<T>(posts, [member](const TracePost& p) { return p.*member; });
    };
    const auto flag = [&](const char* name, bool TracePost::*member) {
        table[name] =
            column<std::uint8_t>(posts, [member](const TracePost& p) { return p.*member; }).attr("astype")("bool");
    };
    put("author", &TracePost::author);
    put("platform", &TracePost::platform);
    put("day", &TracePost::day);
    put("minute", &TracePost::minute);
    put("process", &TracePost::process);
    put("slot", &TracePost::slot);
    put("identity", &TracePost::identity);
    put("item", &TracePost::item);
    put("kind", &TracePost::kind);
    put("ordinal", &TracePost::ordinal);
    put("credibility", &TracePost::credibility);
    put("appeal_engage", &TracePost::appeal_engage);
    put("appeal_reshare", &TracePost::appeal_reshare);
    put("authenticity", &TracePost::authenticity);
    flag("company", &TracePost::company);
    flag("link", &TracePost::link);
    flag("deal", &TracePost::deal);
    flag("call_to_action", &TracePost::call_to_action);
    flag("own_words", &TracePost::own_words);
    flag("negative", &TracePost::negative);
    return table;
}

py::dict trace_views(const std::vector<TraceView>& views) {
    py::dict table;
    const auto put = [&]<class T>(const char* name, T TraceView::*member) {
        table[name] = column<T>(views, [member](const TraceView& v) { return v.*member; });
    };
    const auto flag = [&](const char* name, bool TraceView::*member) {
        table[name] =
            column<std::uint8_t>(views, [member](const TraceView& v) { return v.*member; }).attr("astype")("bool");
    };
    put("post", &TraceView::post);
    put("act", &TraceView::act);
    put("hop", &TraceView::hop);
    put("viewer", &TraceView::viewer);
    put("minute", &TraceView::minute);
    put("week_impressions", &TraceView::week_impressions);
    put("copies", &TraceView::copies);
    put("repeats", &TraceView::repeats);
    table["refusal"] = column<std::uint8_t>(views, [](const TraceView& v) { return v.refusal; });
    flag("attended", &TraceView::attended);
    flag("engaged", &TraceView::engaged);
    flag("clicked", &TraceView::clicked);
    flag("reshared", &TraceView::reshared);
    flag("muted", &TraceView::muted);
    return table;
}

py::dict trace_acts(const std::vector<TraceAct>& acts) {
    py::dict table;
    const auto put = [&]<class T>(const char* name, T TraceAct::*member) {
        table[name] = column<T>(acts, [member](const TraceAct& a) { return a.*member; });
    };
    put("post", &TraceAct::post);
    put("parent", &TraceAct::parent);
    put("person", &TraceAct::person);
    put("minute", &TraceAct::minute);
    put("hop", &TraceAct::hop);
    put("visibility", &TraceAct::visibility);
    table["kind"] = column<std::uint8_t>(acts, [](const TraceAct& a) { return a.kind; });
    return table;
}

py::dict trace_members(Trace& record, std::uint32_t employees) {
    const auto people = static_cast<py::ssize_t>(employees);
    const auto days = static_cast<py::ssize_t>(record.motivation.size()) / people;
    py::dict table;
    table["state"] = array_from(std::move(record.member_state), {days, people});
    table["motivation"] = array_from(std::move(record.motivation), {days, people});
    return table;
}

py::dict trace(const World& world, const Design& design, std::uint32_t replicate) {
    const RunTables tables(design, world);
    Workspace workspace(world);
    std::vector<double> values(design.layout.rows.size());
    Trace record;
    const LongCall call;
    {
        const WithoutGil released(call);
        Replicate(tables, replicate, workspace, values, {.trace = &record}).run();
    }
    const auto days = static_cast<py::ssize_t>(record.segment_lift.size() / kSegments);
    py::dict result;
    result["posts"] = trace_posts(record.posts);
    result["acts"] = trace_acts(record.acts);
    result["views"] = trace_views(record.views);
    result["members"] = trace_members(record, world.employees);
    result["viewer"] = array_from(std::move(record.viewer));
    result["awareness"] = array_from(std::move(record.awareness));
    result["favorability"] = array_from(std::move(record.favorability));
    result["credibility"] = array_from(std::move(record.credibility));
    result["segment_lift"] = array_from(std::move(record.segment_lift), {days, kSegments});
    result["values"] = array_from(std::move(values));
    return result;
}

}  // namespace

void bind_trace(py::module_& m) {
    m.def("trace", &trace, py::arg("world"), py::arg("design"), py::arg("replicate"),
          "Every post, act and candidate view of one replicate (for tests: large).");
}

}  // namespace groundswell::bindings
