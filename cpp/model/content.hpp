// Content items: kind, link, deal, call to action, appeal; and what wording does to authenticity. Spec:
// docs/MODEL.md 3.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/fields.hpp"
#include "core/streams.hpp"

namespace groundswell {

enum class Kind : std::uint8_t { story, product, press_release, job, third_party };
inline constexpr int kKinds = 5;
inline constexpr std::array<std::string_view, kKinds> kKindNames = {"story", "product", "press_release", "job",
                                                                    "third_party"};

struct KindValues {
    double story = 1, product = 1, press_release = 1, job = 1, third_party = 1;
    GROUNDSWELL_FIELDS(visit("story", self.story); visit("product", self.product);
                       visit("press_release", self.press_release); visit("job", self.job);
                       visit("third_party", self.third_party);)
    std::array<double, kKinds> array() const { return {story, product, press_release, job, third_party}; }
};

struct ContentParams {
    KindValues program_mix{.story = .25, .product = .25, .press_release = .10, .job = .10, .third_party = .30};
    KindValues page_mix{.story = .1, .product = .4, .press_release = .2, .job = .1, .third_party = .2};
    double link_share = .6;
    double deal_share = .05;
    double call_to_action_share = .2;
    double own_words = .5;
    double organic_own_words = 1;
    double items_per_week = 5;
    double item_life_days = 28;
    double appeal_engage_log_sd = .78;
    double appeal_reshare_log_sd = 1.8;
    double appeal_correlation = .7;
    double appeal_visibility_log_sd = 1.2;
    double appeal_visibility_page_log_sd = 1.1;
    double appeal_visibility_correlation = -.8;  // with the appeal for engagement
    KindValues engage_multiplier{.story = 1.2, .product = .85, .press_release = .7, .job = .8, .third_party = 1};
    KindValues click_multiplier{.story = .9, .product = 1.1, .press_release = .9, .job = 1.3, .third_party = 1};
    KindValues reshare_multiplier{.story = 1.2, .product = .8, .press_release = .6, .job = .9, .third_party = 1.1};
    double deal_engage = .85;
    double deal_click = 1.4;
    double deal_reshare = .7;
    double call_to_action_engage = .9;
    double call_to_action_click = 1.5;
    double authenticity_own_story = 1.2;
    double authenticity_own_words = 1.0;
    double authenticity_press_release = .65;
    double authenticity_verbatim = .8;
    GROUNDSWELL_FIELDS(visit("program_mix", self.program_mix); visit("page_mix", self.page_mix);
                       visit("link_share", self.link_share); visit("deal_share", self.deal_share);
                       visit("call_to_action_share", self.call_to_action_share); visit("own_words", self.own_words);
                       visit("organic_own_words", self.organic_own_words); visit("items_per_week", self.items_per_week);
                       visit("item_life_days", self.item_life_days);
                       visit("appeal_engage_log_sd", self.appeal_engage_log_sd);
                       visit("appeal_reshare_log_sd", self.appeal_reshare_log_sd);
                       visit("appeal_correlation", self.appeal_correlation);
                       visit("appeal_visibility_log_sd", self.appeal_visibility_log_sd);
                       visit("appeal_visibility_page_log_sd", self.appeal_visibility_page_log_sd);
                       visit("appeal_visibility_correlation", self.appeal_visibility_correlation);
                       visit("engage_multiplier", self.engage_multiplier);
                       visit("click_multiplier", self.click_multiplier);
                       visit("reshare_multiplier", self.reshare_multiplier); visit("deal_engage", self.deal_engage);
                       visit("deal_click", self.deal_click); visit("deal_reshare", self.deal_reshare);
                       visit("call_to_action_engage", self.call_to_action_engage);
                       visit("call_to_action_click", self.call_to_action_click);
                       visit("authenticity_own_story", self.authenticity_own_story);
                       visit("authenticity_own_words", self.authenticity_own_words);
                       visit("authenticity_press_release", self.authenticity_press_release);
                       visit("authenticity_verbatim", self.authenticity_verbatim);)
};

struct Item {
    Kind kind;
    bool link, deal, call_to_action;
    double appeal_visibility, appeal_engage, appeal_reshare;
    bool promotional() const { return deal || kind == Kind::product || kind == Kind::press_release; }
};

// Draws an item from its identity: the same item in every design. page: of the page, whose posts differ less in how
// widely a feed spreads them.
Item draw_item(StreamKey attributes, StreamKey appeal, std::uint64_t identity, const KindValues& mix, bool page,
               const ContentParams& params);

double authenticity(const Item& item, bool own_words, const ContentParams& params);

// Throws InvalidInput for values that the engine cannot run; days: of the run.
void check(const ContentParams& params, double days);

}  // namespace groundswell
