// What a program costs, day by day. Spec: docs/MODEL.md 2b, Money.
#pragma once

#include "engine/item_stream.hpp"
#include "engine/phases/day.hpp"

namespace groundswell::phases {

// What a day of the program is paid for.
struct ProgramDay {
    double seats = 0, active = 0, trained_hours = 0;
};

class ProgramCosts {
public:
    explicit ProgramCosts(const Design& design) : params_(design.params.costs), items_(design) {}

    // Whatever is posted.
    void pay_day(Day& day, const ProgramDay& of_program);

private:
    const CostParams& params_;
    ItemStream items_;
    double largest_guidelines_ = 0;  // so far: only what goes beyond them has to be written
};

// The working time of an advocate.
void pay_minutes(Day& day, double minutes, const CostParams& params);

}  // namespace groundswell::phases
