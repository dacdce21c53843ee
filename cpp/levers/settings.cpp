#include "levers/settings.hpp"

#include <array>

namespace groundswell {

namespace {

// clang-format off
constexpr std::array kLevers = {
    Lever{"posts_per_week", 0, 14, false, "how often an active member posts, before motivation", "posts", 1},
    Lever{"company_content_fraction", 0, 1, false, "which share of the program's posts is about the company", "posts", 1},
    Lever{"own_words", -1, 1, false, "which share of the program's posts is written in own words", "authenticity", 0},
    Lever{"mandate", 0, 1, true, "all who are invited have to take part; the unwilling are coerced", "enrollments", 1},
    Lever{"training_hours_per_person", 0, 16, false, "authenticity of members' posts; enrollment", "authenticity", 1},
    Lever{"recognition", 0, 1, true, "motivation of those who respond to it, and its loss when it is removed", "mean_motivation", 1},
    Lever{"money", 0, 10, true, "motivation, downwards", "mean_motivation", -1},
    Lever{"leadership", 0, 1, true, "enrollment: leaders who post visibly", "enrollments", 1},
    Lever{"champion", 0, 1, true, "enrollment: somebody whose task the program is", "enrollments", 1},
    Lever{"guidelines", 0, 1, true, "enrollment: people know what they may post", "enrollments", 1},
    Lever{"access_blocked", 0, 1, false, "posts of the program: social sites are blocked at work", "posts", -1},
    Lever{"tool_ease", 0, 1, true, "enrollment: an easy tool", "enrollments", 1},
    Lever{"page_amplification", 0, 1, false, "members react to and reshare the page's own posts", "unique_reach_with_page", 1},
};
// clang-format on

}  // namespace

std::span<const Lever> levers() { return kLevers; }

}  // namespace groundswell
