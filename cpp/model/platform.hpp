// A platform as data: visibility, timing, base rates of reactions and the constants solved on the reference company.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.hpp"

namespace groundswell {

// There are four platforms, and a fifth would not be a line more in a table: the word of a post has two bits for its
// platform and the identity of a post two, a person is on platforms by a byte of bits and has a visibility class on
// each, and each platform has defaults and solved constants of its own. Their names are here and nowhere else in the
// engine; Python has one tuple of them, which a test compares with this one.
enum class Platform : std::uint8_t { linkedin, facebook, instagram, x };
inline constexpr int kPlatforms = 4;
inline constexpr std::array<std::string_view, kPlatforms> kPlatformNames = {"linkedin", "facebook", "instagram", "x"};

std::string platform_list();  // all names, for messages

// A number for each platform, e.g. shares of posts.
struct PlatformValues {
    double linkedin = 0, facebook = 0, instagram = 0, x = 0;
    GROUNDSWELL_FIELDS(visit("linkedin", self.linkedin); visit("facebook", self.facebook);
                       visit("instagram", self.instagram); visit("x", self.x);)
    std::array<double, kPlatforms> array() const { return {linkedin, facebook, instagram, x}; }
};

struct WeekdayValues {
    double monday = 1.1, tuesday = 1.15, wednesday = 1.15, thursday = 1.1, friday = .95, saturday = .3, sunday = .25;
    GROUNDSWELL_FIELDS(visit("monday", self.monday); visit("tuesday", self.tuesday); visit("wednesday", self.wednesday);
                       visit("thursday", self.thursday); visit("friday", self.friday); visit("saturday", self.saturday);
                       visit("sunday", self.sunday);)
    std::array<double, 7> array() const { return {monday, tuesday, wednesday, thursday, friday, saturday, sunday}; }
};

// Solved, not chosen: `groundswell solve-constants` makes them and writes the dated platform file.
struct SolvedConstants {
    double person_rate = 0, page_rate = 0;  // lambda of employees' and of page's posts
    double reshare_rate = 0;  // of reshares: lambda of employees' posts were none more visible than another
    double engage_person = 1, click_person = 1, reshare_person = 1, mute_person = 1;
    double engage_page = 1, click_page = 1, reshare_page = 1, mute_page = 1;
    GROUNDSWELL_FIELDS(visit("person_rate", self.person_rate); visit("page_rate", self.page_rate);
                       visit("reshare_rate", self.reshare_rate); visit("engage_person", self.engage_person);
                       visit("click_person", self.click_person); visit("reshare_person", self.reshare_person);
                       visit("mute_person", self.mute_person); visit("engage_page", self.engage_page);
                       visit("click_page", self.click_page); visit("reshare_page", self.reshare_page);
                       visit("mute_page", self.mute_page);)
};

struct PlatformParams {
    WeekdayValues weekday_weights;
    double season_august = .8;
    double season_year_end = .5;
    double page_posts_per_week = 3;
    double half_life_hours = 18;
    double later_half_life_hours = 10;  // of views beyond the first hop
    double view_cut_days = 28;
    double engage = .0385;
    double click = .02;
    double reshare = .0030;
    double mute = .0001;
    double mute_promotional = 3;
    double page_reaction_ratio = .45;
    double endorsement_weak = 1.6;
    double endorsement_strong = 2.0;
    double attention = .5;
    double attention_person_page_ratio = 1.3;
    double surfaced_views = 13;   // views that one engagement brings at hop 2
    double surfacing_decay = .5;  // of surfaced views and of a reshare's visibility, with every further hop
    double reaction_decay = .25;  // of engagements, clicks and reshares, with every hop
    double reshare_views = 2;     // views of a reshare over one's own ties, relative to a post
    SolvedConstants constants;
    GROUNDSWELL_FIELDS(
        visit("weekday_weights", self.weekday_weights); visit("season_august", self.season_august);
        visit("season_year_end", self.season_year_end); visit("page_posts_per_week", self.page_posts_per_week);
        visit("half_life_hours", self.half_life_hours); visit("later_half_life_hours", self.later_half_life_hours);
        visit("view_cut_days", self.view_cut_days); visit("engage", self.engage); visit("click", self.click);
        visit("reshare", self.reshare); visit("mute", self.mute); visit("mute_promotional", self.mute_promotional);
        visit("page_reaction_ratio", self.page_reaction_ratio); visit("endorsement_weak", self.endorsement_weak);
        visit("endorsement_strong", self.endorsement_strong); visit("attention", self.attention);
        visit("attention_person_page_ratio", self.attention_person_page_ratio);
        visit("surfaced_views", self.surfaced_views); visit("surfacing_decay", self.surfacing_decay);
        visit("reaction_decay", self.reaction_decay); visit("reshare_views", self.reshare_views);
        visit("constants", self.constants);)
};

using PlatformsParams = std::array<std::optional<PlatformParams>, kPlatforms>;  // empty: the platform is off

// Throw InvalidInput for values that the engine cannot run.
void check(const std::string& address, const PlatformParams& params);
// Shares of posts: on platforms that are on, adding up to one.
void check_shares(const std::string& address, const PlatformValues& shares, const PlatformsParams& platforms);

}  // namespace groundswell
