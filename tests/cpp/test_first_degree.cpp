#include "engine/first_degree.hpp"

#include <gtest/gtest.h>

#include "helpers.hpp"

namespace groundswell {
namespace {

TEST(FirstDegree, IsTheRowOfEveryAuthorOnEveryPlatform) {
    const World world = testing::small_world(.2, 0, testing::kTwo);
    const FirstDegree first_degree(world, testing::kTwo);
    for (const Platform platform : testing::kTwo)
        for (std::uint32_t author = 0; author <= world.page(); ++author) {
            const std::uint32_t node = world.node(author);
            std::vector<bool> tied(world.person_count(), false);
            for (const TieWord tie : world.graph(platform).row(node)) tied[tie_person(tie)] = true;
            for (std::uint32_t person = 0; person < world.person_count(); ++person)
                ASSERT_EQ(first_degree.connected(platform, node, person), tied[person]) << author << " " << person;
        }
}

}  // namespace
}  // namespace groundswell
