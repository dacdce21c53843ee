// What a program costs, by line. Amounts are in the company's currency. Spec: docs/MODEL.md 2b, Money.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/fields.hpp"

namespace groundswell {

enum class CostLine : std::uint8_t { license, content, staff, training, rewards, time };
inline constexpr std::size_t kCostLines = 6;

struct CostParams {
    double license_per_seat_month = 8;
    double content_per_item = 100;
    double staff_hour = 50;
    double staff_hours_per_week = 10;
    double champion_hours_per_week = 4;
    double leadership_hour = 150;
    double leadership_hours_per_week = 2;
    double guidelines_hours = 40;  // once
    double advocate_hour = 45;
    double trainer_hour = 25;          // per person and hour
    double recognition_per_month = 5;  // per active member, at strength 1
    double money_unit = 10;            // per active member and month
    double minutes_own_words = 10;     // of an advocate, per post
    double minutes_supplied = 2;
    double minutes_other = 5;
    GROUNDSWELL_FIELDS(visit("license_per_seat_month", self.license_per_seat_month);
                       visit("content_per_item", self.content_per_item); visit("staff_hour", self.staff_hour);
                       visit("staff_hours_per_week", self.staff_hours_per_week);
                       visit("champion_hours_per_week", self.champion_hours_per_week);
                       visit("leadership_hour", self.leadership_hour);
                       visit("leadership_hours_per_week", self.leadership_hours_per_week);
                       visit("guidelines_hours", self.guidelines_hours); visit("advocate_hour", self.advocate_hour);
                       visit("trainer_hour", self.trainer_hour);
                       visit("recognition_per_month", self.recognition_per_month); visit("money_unit", self.money_unit);
                       visit("minutes_own_words", self.minutes_own_words);
                       visit("minutes_supplied", self.minutes_supplied); visit("minutes_other", self.minutes_other);)
};

}  // namespace groundswell
