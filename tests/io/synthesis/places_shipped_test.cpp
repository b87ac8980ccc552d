#include "tests/io/synthesis/sample_checks.hpp"
#include "tests/io/synthesis/sample_world.hpp"

namespace kontwin {
namespace {

TEST(ShippedWorld, HoldsOnItsOwnGridsWhatItHoldsOnCoarseOnes) {
  WorldParts parts = testing::shipped_land();
  add_network(testing::sample_folder(), parts);
  add_places(testing::sample_folder(), parts);
  const auto world = World::seal(std::move(parts));
  testing::expect_strongly_connected(*world);
  testing::expect_all_seats(*world);
  testing::expect_bridges(*world);
  testing::expect_low_homes(*world);
  testing::expect_shelters(*world);
  testing::expect_dry(*world);
}

}  // namespace
}  // namespace kontwin
