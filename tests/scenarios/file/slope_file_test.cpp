#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/file/scenario_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class SlopeFile : public ::testing::Test {
 protected:
  Scenario load(const std::string& rest) const {
    const auto path = folder.write("try.toml", R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
)" + rest);
    return load_scenario(path, *world,
                         [](const auto& file, const auto&, const auto&) -> TimeSeries {
                           throw FileError(file.string(), "no recordings in this test");
                         });
  }
  std::string refusal(const std::string& rest) const {
    return testing::message_of<FileError>([&] { load(rest); });
  }
  std::string quake(const std::string& fields) const {
    return refusal("[slope]\n[[edit]]\ndo = \"earthquake\"\n" + fields);
  }

  testing::ScratchFolder folder;
  std::shared_ptr<const World> world = testing::town(4);
};

TEST_F(SlopeFile, ReadsSoilByWhatCoversTheGround) {
  const Scenario scenario = load(R"([slope]
rockfall_seeds = 5
[slope.soil]
drain_h = 24
all = { friction_deg = 28 }
forest = { cohesion_kpa = 12, conductivity_mps = 1e-5 }
)");
  const auto& soil = scenario.slope->soil;
  EXPECT_EQ(soil[static_cast<std::size_t>(slope::GroundClass::forest)].cohesion_kpa, 12);
  EXPECT_EQ(soil[static_cast<std::size_t>(slope::GroundClass::forest)].conductivity_mps, 1e-5);
  for (const auto& one : soil) EXPECT_EQ(one.friction_deg, 28);
  EXPECT_EQ(scenario.slope->drain_h, 24);
  EXPECT_EQ(scenario.slope->rockfall_seeds, 5U);
}

TEST_F(SlopeFile, ReadsSoilFromAFileBesideTheScenario) {
  folder.write("soil.toml", "base_share = 4\n[scrub]\ncohesion_kpa = 3\n");
  const Scenario scenario =
      load("[slope]\nsoil_file = \"soil.toml\"\n[slope.soil]\nbase_share = 5\n");
  EXPECT_EQ(scenario.slope->soil[static_cast<std::size_t>(slope::GroundClass::scrub)].cohesion_kpa,
            3);
  EXPECT_EQ(scenario.slope->base_share, 5) << "the scenario's own word counts";
}

TEST_F(SlopeFile, SaysWhereSoilIsRubbish) {
  EXPECT_THAT(refusal("[slope]\nsoil_file = \"none.toml\"\n"), HasSubstr("none.toml"));
  folder.write("soil.toml", "\xff\xfe not toml");
  EXPECT_THAT(refusal("[slope]\nsoil_file = \"soil.toml\"\n"), HasSubstr("soil.toml"));
  folder.write("soil.toml", "[forest]\nfriction_deg = -3\n");
  EXPECT_THAT(refusal("[slope]\nsoil_file = \"soil.toml\"\n"),
              AllOf(HasSubstr("soil.toml:2"), HasSubstr("friction_deg")));
  folder.write("soil.toml", "[forest]\nfriction = 30\n");
  EXPECT_THAT(refusal("[slope]\nsoil_file = \"soil.toml\"\n"),
              AllOf(HasSubstr("soil.toml:2"), HasSubstr("'friction': is not a known field")));
  EXPECT_THAT(refusal("[slope]\n[slope.soil]\nleast_depth_m = 9\n"), HasSubstr("least_depth_m"));
  EXPECT_THAT(refusal("[slope]\nhigh_probability = 0.9\n"), HasSubstr("must rise"));
  EXPECT_THAT(refusal("[slope]\nbridge_inspection_g = -1\n"), HasSubstr("bridge_inspection_g"));
}

TEST_F(SlopeFile, ReadsAnEarthquake) {
  const Scenario scenario = load(R"([slope]
[[edit]]
at = "5min"
do = "earthquake"
epicentre = [108.0, 14.7]
magnitude = 5.0
depth_km = 8.1
motion = "boore_2014"
)");
  const auto& quake = std::get<Earthquake>(scenario.edits.at(0).edit);
  EXPECT_EQ(quake.magnitude, 5);
  EXPECT_EQ(quake.depth_km, 8.1);
  EXPECT_EQ(quake.motion, Earthquake::Motion::boore_2014);
}

TEST_F(SlopeFile, RefusesEarthquakesThatCannotBe) {
  const std::string here = "epicentre = [108.0, 14.7]\n";
  EXPECT_THAT(quake(here + "magnitude = 12\ndepth_km = 8\n"),
              AllOf(HasSubstr("try.toml:9"), HasSubstr("magnitude")));
  EXPECT_THAT(quake(here + "magnitude = 5\ndepth_km = -1\n"), HasSubstr("depth_km"));
  EXPECT_THAT(quake(here + "magnitude = 5\n"), HasSubstr("depth_km"));
  EXPECT_THAT(quake("magnitude = 5\ndepth_km = 8\n"), HasSubstr("epicentre"));
  EXPECT_THAT(quake("epicentre = [120.0, 14.7]\nmagnitude = 5\ndepth_km = 8\n"),
              AllOf(HasSubstr("epicentre"), HasSubstr("km from the world")));
  EXPECT_THAT(quake(here + "magnitude = 5\ndepth_km = 8\nmotion = \"guess\"\n"),
              HasSubstr("none of by_magnitude"));
}

TEST_F(SlopeFile, RefusesWhatNoEngineOfTheScenarioWouldFeel) {
  EXPECT_THAT(refusal("[traffic]\n[[edit]]\ndo = \"earthquake\"\nepicentre = [108.0, 14.35]\n"
                      "magnitude = 5\ndepth_km = 8\n"),
              AllOf(HasSubstr("try.toml:6"), HasSubstr("earthquake needs [slope]")));
  EXPECT_THAT(refusal("[slope]\n[[edit]]\ndo = \"raise_road\"\nheight_m = 1\n"
                      "where = { urns = [\"urn:ngsi-ld:Road:test-3\"] }\n"),
              AllOf(HasSubstr("try.toml:6"), HasSubstr("raise_road needs [flood]")));
}

}  // namespace
}  // namespace kontwin
