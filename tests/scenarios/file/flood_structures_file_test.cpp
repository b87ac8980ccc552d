// Structures of a flood in scenario files.
#include <cmath>

#include "tests/scenarios/file/flood_works_file.hpp"

namespace kontwin {
namespace {

using flood::StructurePlan;

TEST_F(FloodWorksFile, ReadsStructures) {
  const Scenario scenario = load(R"(
evaporation_mm_per_day = 4
[[flood.structure]]
name = "cống"
kind = "culvert"
from = @A
to = @B
diameter_m = 1.5
barrels = 2
inlet = "groove"
outlet_invert_m = 98.5
one_way = true
[[flood.structure]]
name = "cửa"
kind = "gate"
from = @A
to = @B
width_m = 4
height_m = 2
open = [["2025-11-18T03:00:00+07:00", 0.5]]
[[flood.structure]]
name = "bơm"
kind = "pump"
from = @A
capacity_m3ps = 2
start_level_m = 101
stop_level_m = 100
)");
  const auto& structures = scenario.flood->structures;
  ASSERT_EQ(structures.size(), 3U);
  EXPECT_EQ(scenario.flood->evaporation_mm_per_day, 4);
  EXPECT_EQ(structures[0].kind, StructurePlan::Kind::culvert);
  EXPECT_TRUE(structures[0].culvert.round);
  EXPECT_TRUE(structures[0].one_way);
  EXPECT_EQ(structures[0].culvert.barrels, 2);
  EXPECT_NEAR(structures[0].culvert.length_m, 140, 0.2);
  EXPECT_EQ(structures[0].culvert.inlet.entrance_loss, 0.2);
  EXPECT_TRUE(std::isnan(structures[0].culvert.inlet_invert_m));
  EXPECT_EQ(structures[0].culvert.outlet_invert_m, 98.5);
  EXPECT_EQ(structures[1].open.value, std::vector<double>{0.5});
  EXPECT_FALSE(structures[2].to);
  EXPECT_EQ(structures[2].stop_level_m, 100);
}

TEST_F(FloodWorksFile, TakesFromOpeningsTheShareOfTheirAreaThatIsBlocked) {
  const std::string ends = "from = @A\nto = @B\nblocked = 0.36\n";
  const Scenario scenario =
      load("[[flood.structure]]\nname = \"pipe\"\nkind = \"culvert\"\ndiameter_m = 2\n" + ends +
           "[[flood.structure]]\nname = \"box\"\nkind = \"culvert\"\nwidth_m = 2\nheight_m = 1\n" +
           ends + "[[flood.structure]]\nname = \"bridge\"\nkind = \"bridge\"\nwidth_m = 10\n" +
           "height_m = 3\n" + ends);
  const auto& structures = scenario.flood->structures;
  EXPECT_NEAR(structures[0].culvert.width_m, 1.6, 1e-12);
  EXPECT_NEAR(structures[0].culvert.height_m, 1.6, 1e-12);
  EXPECT_NEAR(structures[1].culvert.width_m, 1.28, 1e-12);
  EXPECT_EQ(structures[1].culvert.height_m, 1);
  EXPECT_NEAR(structures[2].width_m, 6.4, 1e-12);
  EXPECT_THAT(refusal("[[flood.structure]]\nname = \"a\"\nkind = \"culvert\"\ndiameter_m = 2\n"
                      "from = @A\nto = @B\nblocked = 1\n"),
              HasSubstr("blocked"));
}

TEST_F(FloodWorksFile, RefusesStructuresByLineAndField) {
  const std::string begin = "[[flood.structure]]\nname = \"a\"\nfrom = @A\nto = @B\n";
  EXPECT_THAT(refusal(begin + "kind = \"tunnel\"\n"),
              AllOf(HasSubstr("'kind'"), HasSubstr("bridge, culvert, drain, gate, pump, weir")));
  EXPECT_THAT(refusal(begin + "kind = \"culvert\"\ndiameter_m = 1\ninlet = \"hole\"\n"),
              AllOf(HasSubstr("'inlet'"), HasSubstr("headwall, groove")));
  EXPECT_THAT(
      refusal(begin +
              "kind = \"weir\"\nwidth_m = 4\nopen = [[\"2025-11-18T03:00:00+07:00\", 2]]\n"),
      AllOf(HasSubstr("'open'"), HasSubstr("share from 0 to 1")));
  EXPECT_THAT(refusal(begin + "kind = \"weir\"\nwidht_m = 4\n"), HasSubstr("width_m"));
  EXPECT_THAT(
      refusal(begin + "kind = \"weir\"\nwidth_m = 4\n" + begin + "kind = \"weir\"\nwidth_m = 4\n"),
      HasSubstr("another structure is named 'a'"));
}

}  // namespace
}  // namespace kontwin
