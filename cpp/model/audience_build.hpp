// The audience of each employee: how many ties of each category, to whom, and how strong. Spec: docs/MODEL.md 2, Ties.
#pragma once

#include <cstdint>
#include <vector>

#include "model/coworker_ties.hpp"
#include "model/world.hpp"

namespace groundswell {

// Fills in world.row_begin and world.ties (the page's row left empty), sets connections to the number of ties where
// they had to change, and adds warnings. Needs world.workforce, persons and segment_begin.
void build_rows(const BuildContext& context, const CompanyInput& company, const AudienceParams& params, World& world);

// Appends the page's row and world.row_begin's last entry.
void append_page_row(const BuildContext& context, std::int64_t given_followers, const AudienceParams& params,
                     World& world);

}  // namespace groundswell
