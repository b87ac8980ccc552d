#include "io/crowd/crowd_file.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "scenarios/evacuation/crowd/building_check.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string room = R"(name = "Room"
[[surface]]
id = "room"
rectangle = [0, 0, 10, 8]
[[exit]]
id = "door"
line = [[10, 3], [10, 4]]
[[area]]
id = "seats"
rectangle = [1, 1, 5, 7]
)";

CrowdScenario read(const std::string& text) {
  const testing::ScratchFolder folder;
  std::ofstream(folder.path() / "x.crowd.toml") << text;
  return read_crowd(folder.path() / "x.crowd.toml");
}

std::string message(const std::string& text) {
  return testing::message_of<FileError>([&] { read(text); });
}

TEST(CrowdFile, EveryScenarioThatComesWithTheProgramCanBeWalked) {
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(KONTWIN_SOURCE_DIR) + "/assets/crowd")) {
    if (!entry.path().string().ends_with(".crowd.toml")) continue;
    ++count;
    const CrowdScenario scenario = read_crowd(entry.path());
    for (const BuildingProblem& problem : problems_of(scenario.building)) {
      EXPECT_FALSE(problem.prevents_walking)
          << entry.path() << ": " << problem.place << ": " << problem.reason;
    }
    EXPECT_FALSE(scenario.groups.empty()) << entry.path();
  }
  EXPECT_GT(count, 30);
}

TEST(CrowdFile, ReadsPeopleWithTheirSpreadsAndShares) {
  const CrowdScenario scenario = read(room + R"(
[[route]]
id = "by the stage"
stops = [{ at = [8, 6], wait = "10s" }]
[[people]]
id = "guests"
area = "seats"
density_per_m2 = 0.5
premovement_s = { median = 30, spread = 2.0, max = 200 }
familiar_share = 0.25
together = 3
exit = "door"
exit_share = 0.5
route = "by the stage"
mix = [{ share = 3, profile = "adult" }, { share = 1, profile = "manual wheelchair" }]
)");
  ASSERT_EQ(scenario.groups.size(), 1U);
  const PeopleGroup& group = scenario.groups[0];
  EXPECT_EQ(group.bodies, 12U);
  EXPECT_EQ(group.premovement_s.kind, Spread::Kind::lognormal);
  EXPECT_NEAR(group.premovement_s.deviation, std::log(2.0), 1e-12);
  EXPECT_EQ(group.together, 3U);
  EXPECT_EQ(group.instructed_exit, 0U);
  EXPECT_EQ(group.kinds.size(), 2U);
  EXPECT_EQ(group.kinds[1].mobility, Mobility::wheelchair);
  EXPECT_EQ(scenario.options.routes.at(0).stops.at(0).wait_s, 10);
}

TEST(CrowdFile, ReadsWhatHappensAndWhatIsMeasured) {
  const CrowdScenario scenario = read(room + R"(
[model]
name = "social force"
exit_choice = "nearest"
passing_side_m = -0.2
squeeze_mps = 0.1
[[blockage]]
id = "fire"
rectangle = [6, 1, 7, 2]
from = "1min"
[[announcement]]
from = 20
exit = "door"
[[smoke]]
surface = "room"
extinction_per_m = 2
[[water]]
level = [[0, -1], [600, 0.5]]
[[line]]
id = "middle"
line = [[5, 0], [5, 8]]
[[measure]]
id = "square"
rectangle = [2, 2, 4, 4]
)");
  EXPECT_EQ(scenario.options.movement.model, MovementOptions::Model::social_force);
  EXPECT_EQ(scenario.options.movement.passing_side_m, -0.2F);
  EXPECT_EQ(scenario.options.movement.squeeze_mps, 0.1F);
  EXPECT_EQ(scenario.options.exit_choice, ExitChoice::nearest);
  EXPECT_EQ(scenario.building.blockages.at(0).blocks.opens_s, 60);
  EXPECT_EQ(scenario.options.announcements.at(0).exit, 0U);
  EXPECT_EQ(scenario.options.smoke.size(), 1U);
  EXPECT_NEAR(scenario.water.at(0).at(300), -0.25, 1e-12);
  EXPECT_EQ(scenario.lines.size() + scenario.areas.size(), 2U);
}

TEST(CrowdFile, ASurfaceStandsForAnAreaThatIsAllOfIt) {
  const CrowdScenario scenario = read(room + R"(
[[people]]
id = "first"
area = "room"
density_per_m2 = 0.5
[[people]]
id = "second"
area = "room"
count = 3
)");
  ASSERT_EQ(scenario.building.areas.size(), 2U);
  EXPECT_EQ(scenario.building.areas[1].id, "room");
  EXPECT_EQ(scenario.groups[0].area, 1U);
  EXPECT_EQ(scenario.groups[1].area, 1U);
  EXPECT_EQ(scenario.groups[0].bodies, 40U);
}

TEST(CrowdFile, ASurfaceWhoseBorderCrossesItselfIsNamedBeforeWhatLiesOnIt) {
  const std::string text = message(R"(name = "Bow tie"
[[surface]]
id = "room"
polygon = [[0, 0], [10, 10], [10, 0], [0, 10]]
[[area]]
id = "seats"
rectangle = [4, 1, 6, 3]
)");
  EXPECT_THAT(text, HasSubstr("surface 'room': its border crosses itself at (5.0"));
  EXPECT_THAT(text, HasSubstr("x.crowd.toml"));
}

TEST(CrowdFile, RingsThatOnlyTouchAreMended) {
  // A hole that shares an edge with the border, a spike, and a corner that is said twice.
  const CrowdScenario scenario = read(R"(name = "Touching"
[[surface]]
id = "room"
polygon = [[0, 0], [10, 0], [10, 0], [10, 5], [14, 5], [10, 5], [10, 8], [0, 8]]
holes = [[[0, 2], [1, 2], [1, 3], [0, 3]], [[4, 4], [5, 4], [5, 5], [4, 5]]]
[[exit]]
id = "door"
line = [[10, 3], [10, 4]]
[[area]]
id = "seats"
rectangle = [2, 1, 3, 7]
[[people]]
id = "x"
area = "seats"
count = 3
)");
  EXPECT_TRUE(problems_of(scenario.building).empty());
  const Polygon& shape = scenario.building.surfaces[0].shape;
  EXPECT_NEAR(area_m2(shape), 78, 1e-6);
  EXPECT_NEAR(box_of(shape).max_x_m, 10, 1e-6);
}

TEST(CrowdFile, ALoudspeakerMayHangOnAWall) {
  const std::string said = room + "[[announcement]]\nreach_m = 5\nat = ";
  EXPECT_EQ(read(said + "[5, 8.3]\n").options.announcements.at(0).surface, 0U);
  EXPECT_THAT(message(said + "[5, 20]\n"),
              HasSubstr("lies farther than 'reach_m' from every surface"));
}

TEST(CrowdFile, NobodyIsPutWhereSomebodyElseStands) {
  // The first group would fill the seats, were it not for whose place is given.
  const CrowdScenario scenario = read(room + R"(
[[people]]
id = "many"
area = "seats"
count = 100
[[people]]
id = "one"
area = "seats"
places = [[3, 3]]
radius_m = 0.9
)");
  const Ground ground(scenario.building, scenario.cell_m);
  const auto people = draw_people(ground, scenario.groups, 1);
  ASSERT_EQ(people.size(), 101U);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_GT(distance_m(people[i].place, {3, 3}), 0.9 + static_cast<double>(people[i].radius_m));
  }
  const CrowdScenario twice = read(room + R"(
[[people]]
id = "twins"
area = "seats"
places = [[2, 2], [2.1, 2]]
)");
  EXPECT_THAT(testing::message_of<ScenarioError>([&] { draw_people(ground, twice.groups, 1); }),
              HasSubstr("people 'twins': somebody else stands at (2.100000, 2.000000) already"));
}

TEST(CrowdFile, AGroundTooLargeToBeCutIntoCellsIsRefusedAtOnce) {
  const CrowdScenario huge = read(R"(name = "Plain"
[[surface]]
id = "plain"
rectangle = [0, 0, 1e9, 10]
[[exit]]
id = "end"
line = [[1e9, 4], [1e9, 6]]
)");
  EXPECT_THAT(testing::message_of<ScenarioError>([&] { Ground(huge.building, huge.cell_m); }),
              HasSubstr("surface 'plain': 1000000000 x 10 m takes too many cells"));
}

TEST(CrowdFile, ErrorsNameLineAndField) {
  EXPECT_THAT(message(room + "[[people]]\nid = \"x\"\narea = \"seats\"\ncuont = 3\n"),
              HasSubstr("field 'cuont' in line 14 is not known here: did you mean 'count'?"));
  EXPECT_THAT(message(room + "[[surface]]\nid = \"z\"\nrectangel = [0, 0, 1, 1]\n"),
              AllOf(HasSubstr("needs 'polygon'"), HasSubstr("did you mean 'rectangle'?")));
  EXPECT_THAT(message(room + "[[exit]]\nidd = \"z\"\nlien = [[0, 0], [1, 0]]\n"),
              HasSubstr("'id' is missing"));
  EXPECT_THAT(
      message(room + "[[people]]\nid = \"x\"\narea = \"seats\"\ncount = 3\npremovment_s = 1\n"),
      HasSubstr("x.crowd.toml:15: field 'premovment_s': is not a known field here; did you "
                "mean 'premovement_s'?"));
  EXPECT_THAT(message(room + "[[people]]\nid = \"x\"\narea = \"stage\"\ncount = 3\n"),
              HasSubstr("there is no area or surface 'stage'; there are 'seats'"));
  EXPECT_THAT(
      message(room + "[[people]]\nid = \"x\"\narea = \"seats\"\ncount = 3\nprofile = \"giant\"\n"),
      HasSubstr("there is no profile 'giant'"));
  EXPECT_THAT(message(room + "[[people]]\nid = \"x\"\narea = \"seats\"\nplaces = [[9, 9]]\n"),
              HasSubstr("is not in area 'seats'"));
  EXPECT_THAT(
      message(room +
              "[[people]]\nid = \"x\"\narea = \"seats\"\ncount = 3\nspeed_mps = {mean = 1}\n"),
      HasSubstr("'deviation' is missing"));
  EXPECT_THAT(message(room + "[[exit]]\nid = \"y\"\nline = [[0, 0]]\n"),
              HasSubstr("must be two points"));
  EXPECT_THAT(message(room + "[[exit]]\nid = \"y\"\nline = [[3, 3], [4, 3]]\n"),
              HasSubstr("x.crowd.toml:11: lies on the border of no surface"));
  EXPECT_THAT(message(room + "[geometry]\nfiles = [\"plan.dwg\"]\n"),
              HasSubstr("is no file of geometry"));
  EXPECT_THAT(message(room + "[model]\nname = \"cellular\"\n"), HasSubstr("is none of"));
  EXPECT_THAT(message(room + "[[surfaces]]\nid = \"z\"\n"), HasSubstr("did you mean 'surface'?"));
}

}  // namespace
}  // namespace kontwin::crowd
