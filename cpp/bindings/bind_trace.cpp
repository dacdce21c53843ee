#include "bindings/arrays.hpp"
#include "bindings/bind.hpp"
#include "bindings/long_call.hpp"
#include "engine/replicate.hpp"

namespace groundswell::bindings {

namespace {

// A table of records under construction: one array a field, named as the field.
template <class Record>
class Table {
public:
    explicit Table(const std::vector<Record>& records) : records_(records) {}

    template <class T>
    Table& with(const char* name, T Record::*field) {
        columns_[name] = column<T>(records_, [field](const Record& record) { return record.*field; });
        return *this;
    }
    Table& with(const char* name, bool Record::*flag) {
        columns_[name] = code(flag).attr("astype")("bool");
        return *this;
    }
    // An enumeration, as the numbers of its values.
    template <class T>
    Table& with_code(const char* name, T Record::*field) {
        columns_[name] = code(field);
        return *this;
    }
    const py::dict& columns() const { return columns_; }

private:
    template <class T>
    py::array_t<std::uint8_t> code(T Record::*field) const {
        return column<std::uint8_t>(records_, [field](const Record& record) { return record.*field; });
    }

    const std::vector<Record>& records_;
    py::dict columns_;
};

py::dict trace_posts(const std::vector<TracePost>& posts) {
    return Table(posts)
        .with("author", &TracePost::author)
        .with("platform", &TracePost::platform)
        .with("day", &TracePost::day)
        .with("minute", &TracePost::minute)
        .with("process", &TracePost::process)
        .with("slot", &TracePost::slot)
        .with("identity", &TracePost::identity)
        .with("item", &TracePost::item)
        .with("kind", &TracePost::kind)
        .with("ordinal", &TracePost::ordinal)
        .with("credibility", &TracePost::credibility)
        .with("appeal_visibility", &TracePost::appeal_visibility)
        .with("appeal_engage", &TracePost::appeal_engage)
        .with("appeal_reshare", &TracePost::appeal_reshare)
        .with("authenticity", &TracePost::authenticity)
        .with("company", &TracePost::company)
        .with("link", &TracePost::link)
        .with("deal", &TracePost::deal)
        .with("call_to_action", &TracePost::call_to_action)
        .with("own_words", &TracePost::own_words)
        .with("negative", &TracePost::negative)
        .columns();
}

py::dict trace_views(const std::vector<TraceView>& views) {
    return Table(views)
        .with("post", &TraceView::post)
        .with("act", &TraceView::act)
        .with("hop", &TraceView::hop)
        .with("viewer", &TraceView::viewer)
        .with("minute", &TraceView::minute)
        .with("week_impressions", &TraceView::week_impressions)
        .with("copies", &TraceView::copies)
        .with("repeats", &TraceView::repeats)
        .with("exposures", &TraceView::exposures)
        .with_code("refusal", &TraceView::refusal)
        .with("attended", &TraceView::attended)
        .with("engaged", &TraceView::engaged)
        .with("clicked", &TraceView::clicked)
        .with("reshared", &TraceView::reshared)
        .with("muted", &TraceView::muted)
        .columns();
}

py::dict trace_acts(const std::vector<TraceAct>& acts) {
    return Table(acts)
        .with("post", &TraceAct::post)
        .with("parent", &TraceAct::parent)
        .with("person", &TraceAct::person)
        .with("minute", &TraceAct::minute)
        .with("hop", &TraceAct::hop)
        .with("visibility", &TraceAct::visibility)
        .with_code("kind", &TraceAct::kind)
        .columns();
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
    result["segment_favor"] = array_from(std::move(record.segment_favor), {days, kSegments});
    result["values"] = array_from(std::move(values));
    return result;
}

}  // namespace

void bind_trace(py::module_& m) {
    m.def("trace", &trace, py::arg("world"), py::arg("design"), py::arg("replicate"),
          "Every post, act and candidate view of one replicate (for tests: large).");
}

}  // namespace groundswell::bindings
