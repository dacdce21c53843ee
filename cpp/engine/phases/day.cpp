#include "engine/phases/day.hpp"

#include "core/errors.hpp"

namespace groundswell::phases {

Day::Day(const RunTables& tables, std::span<double> values, const Records& records)
    : recorder(tables.design.calendar, tables.design.layout, tables.on, values),
      trace(records.trace),
      cascades(records.cascades),
      design_(tables.design),
      world_(tables.world),
      author_counts_(records.authors) {
    if (values.size() != design_.layout.rows.size()) throw InternalError("replicate: values do not match the layout");
}

void Day::begin(std::int32_t number) {
    index = number;
    calendar = &design_.calendar.days[static_cast<std::size_t>(number)];
    window = calendar->window;
    const bool horizon = window == Window::horizon;
    program = design_.settings_on(number);
    authors = horizon ? author_counts_ : nullptr;
    exits.clear();
    written.clear();
    engaged_with.clear();
    recorder.begin_day(number);
}

}  // namespace groundswell::phases
