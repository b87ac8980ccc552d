// Measures of traffic control in scenario files, and files of edits for networks without a world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/file/network_edits.hpp"
#include "scenarios/file/scenario_file.hpp"
#include "tests/scenarios/traffic/network/arms.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

constexpr const char* head = R"(name = "try"
title_vi = "Thử"
title_en = "Try"
length = "1h"
[traffic]
)";

class MeasuresOfAScenario : public ::testing::Test {
 protected:
  Scenario load(const std::string& text) const {
    const auto path = folder.write("try.toml", head + text);
    return load_scenario(path, *world,
                         [](const auto& file, const auto&, const auto&) -> TimeSeries {
                           throw FileError(file.string(), "no recordings in this test");
                         });
  }
  std::string refusal(const std::string& text) const {
    return message_of<FileError>([&] { load(text); });
  }

  ScratchFolder folder;
  std::shared_ptr<const World> world = testing::town(4);
};

TEST_F(MeasuresOfAScenario, AreReadWithTheirTimes) {
  const Scenario scenario = load(R"([[edit]]
name = "xe hỏng"
at = "10min"
do = "incident"
where = { urns = ["urn:ngsi-ld:Road:test-3"] }
factor = 0.4
until = "25min"
[[edit]]
at = "30min"
do = "one_way"
where = { urns = ["urn:ngsi-ld:Road:test-5"] }
for = "5min"
[[edit]]
do = "speed_control"
where = { urns = ["urn:ngsi-ld:Road:test-3"] }
watch = { urns = ["urn:ngsi-ld:Road:test-7"] }
speed_kmh = 36
above_vehicles_per_km = 30
[[edit]]
at = "50min"
do = "end_measure"
name = "speed_control of line 18"
)");
  ASSERT_EQ(scenario.edits.size(), 4U);
  const auto& incident = std::get<StartMeasure>(scenario.edits[0].edit);
  EXPECT_EQ(incident.id, "xe hỏng");
  EXPECT_EQ(incident.lasts, std::chrono::minutes(15));
  EXPECT_EQ(std::get<Incident>(incident.measure).roads, std::vector<std::uint32_t>{3});
  EXPECT_EQ(std::get<Incident>(incident.measure).lanes, 0);
  EXPECT_EQ(std::get<StartMeasure>(scenario.edits[1].edit).lasts, std::chrono::minutes(5));
  const auto& control =
      std::get<SpeedControl>(std::get<StartMeasure>(scenario.edits[2].edit).measure);
  EXPECT_DOUBLE_EQ(control.speed_mps, 10);
  EXPECT_EQ(control.watched, std::vector<std::uint32_t>{7});
}

TEST_F(MeasuresOfAScenario, ThatMakeNoSenseAreRefusedByLineAndField) {
  const std::string where = "where = { urns = [\"urn:ngsi-ld:Road:test-3\"] }\n";
  const auto edit = [&](const std::string& rest) { return refusal("[[edit]]\n" + where + rest); };
  EXPECT_THAT(edit("do = \"incident\"\n"), AllOf(HasSubstr("try.toml:6"), HasSubstr("'for'")));
  EXPECT_THAT(edit("do = \"incident\"\nfor = \"-5min\"\n"), HasSubstr("try.toml:9: field 'for'"));
  EXPECT_THAT(edit("do = \"incident\"\nat = \"10min\"\nuntil = \"5min\"\n"),
              HasSubstr("try.toml:10: field 'until': does not lie after"));
  EXPECT_THAT(edit("do = \"incident\"\nfactor = -0.1\nfor = \"5min\"\n"),
              HasSubstr("try.toml:9: field 'factor'"));
  EXPECT_THAT(edit("do = \"bus_lane\"\nkinds = [\"tram\"]\n"),
              AllOf(HasSubstr("try.toml:9"), HasSubstr("'tram' is none of motorbike, car, bus")));
  EXPECT_THAT(edit("do = \"bus_lane\"\nside = \"left\"\n"), HasSubstr("neither outer nor inner"));
  EXPECT_THAT(edit("do = \"speed_control\"\nspeed_kmh = 30\nabove_vehicles_per_km = 20\n"),
              HasSubstr("needs 'watch'"));
  EXPECT_THAT(edit("do = \"narrow_road\"\nlane = 1\n"), HasSubstr("did you mean 'lanes'"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"parking\"\n"), HasSubstr("names no site"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"weather\"\n"), HasSubstr("neither rain_mmph nor water_m"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"ramp_meter\"\nramp = \"urn:ngsi-ld:Road:test-3\"\n"
                      "main_road = \"urn:ngsi-ld:Road:nowhere\"\n"),
              AllOf(HasSubstr("try.toml:9"), HasSubstr("no entity")));
}

TEST_F(MeasuresOfAScenario, ThatTheRoadsDoNotAllowAreRefusedByLine) {
  EXPECT_THAT(refusal("[[edit]]\nat = \"5min\"\ndo = \"narrow_road\"\nlanes = 9\n"
                      "where = { urns = [\"urn:ngsi-ld:Road:test-3\"] }\n"),
              AllOf(HasSubstr("try.toml:6"), HasSubstr("lane"), HasSubstr("not 9")));
}

TEST_F(MeasuresOfAScenario, ThatContradictAreRefusedByTheLinesOfBoth) {
  const auto road = [](const char* at, const char* what, const char* rest = "") {
    return std::string("[[edit]]\nat = \"") + at + "\"\ndo = \"" + what +
           "\"\nwhere = { urns = [\"urn:ngsi-ld:Road:test-3\"] }\n" + rest;
  };
  EXPECT_THAT(
      refusal(road("5min", "set_road_open") + road("5min", "set_road_open", "open = true\n")),
      AllOf(HasSubstr("try.toml:10: contradicts set_road_open of line 6"),
            HasSubstr("300 s after the start"), HasSubstr("Road:test-3")));
  // Later on the road may open again.
  EXPECT_EQ(refusal(road("5min", "set_road_open") + road("6min", "set_road_open", "open = true\n")),
            "");
  EXPECT_THAT(
      refusal(road("5min", "narrow_road", "side = \"inner\"\n") + road("8min", "contraflow")),
      AllOf(HasSubstr("contradicts narrow_road of line 6"), HasSubstr("lane 1"),
            HasSubstr("given to the other direction by contraflow")));
  EXPECT_EQ(refusal(road("5min", "incident", "for = \"3min\"\n") + road("8min", "contraflow")), "");
  EXPECT_THAT(refusal(road("5min", "set_road_open") + road("8min", "one_way")),
              HasSubstr("contradicts set_road_open of line 6"));
  // The same at a moment of the calendar.
  EXPECT_THAT(refusal(road("2025-11-18T03:00:00+07:00", "set_road_open") +
                      road("2025-11-17T20:00:00Z", "set_road_open", "open = true\n")),
              HasSubstr("2025-11-18T03:00:00+07:00"));
}

TEST_F(MeasuresOfAScenario, OfANameInForceOrThatIsNotThereAreRefused) {
  const std::string works =
      "[[edit]]\nname = \"A\"\ndo = \"narrow_road\"\nlanes = 0\nspeed_kmh = 20\n"
      "where = { urns = [\"urn:ngsi-ld:Road:test-3\"] }\n";
  EXPECT_THAT(refusal(works + works), HasSubstr("'A' is in force then, since line 6"));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"end_measure\"\nname = \"B\"\n"),
              HasSubstr("try.toml:6: no measure named 'B' is in force"));
  const std::string ends = "[[edit]]\nat = \"9min\"\ndo = \"end_measure\"\nname = \"A\"\n";
  EXPECT_EQ(refusal(works + ends), "");
  EXPECT_THAT(refusal(works + "for = \"8min\"\n" + ends), HasSubstr("'A' is in force then"));
}

TEST_F(MeasuresOfAScenario, MayNameARoadThatIsAddedAndSelectByHeading) {
  const auto pair = [this](std::uint32_t row) {
    const GeoPoint p = world->frame().to_geo(world->place({Kind::junction, row}));
    return "[" + std::to_string(p.longitude_deg) + ", " + std::to_string(p.latitude_deg) + "]";
  };
  const Scenario scenario = load("[[add_road]]\nname = \"Cầu mới\"\nfrom = " + pair(0) +
                                 "\nto = " + pair(15) + "\nspeed_kmh = 50\n" +
                                 R"([[edit]]
do = "narrow_road"
lanes = 0
speed_kmh = 20
where = { name = "Cầu mới" }
[[edit]]
do = "narrow_road"
lanes = 0
speed_kmh = 20
where = { heading = "east" }
)");
  const auto roads = [&](std::size_t edit) {
    return std::get<NarrowRoad>(std::get<StartMeasure>(scenario.edits[edit].edit).measure).roads;
  };
  const auto first = static_cast<std::uint32_t>(world->roads().links());
  EXPECT_EQ(roads(0), (std::vector<std::uint32_t>{first, first + 1}));
  // A quarter of the links of a town of squares leads east.
  for (const std::uint32_t row : roads(1)) {
    if (row >= first) continue;
    const auto shape = world->roads().shape_of(row);
    EXPECT_GT(shape.back().x_m, shape.front().x_m);
  }
  EXPECT_GE(roads(1).size(), world->roads().links() / 4);
}

class EditsOfANetwork : public ::testing::Test {
 protected:
  NetworkEdits load(const std::string& text) const {
    return read_network_edits(folder.write("edits.toml", text), network);
  }
  std::string refusal(const std::string& text) const {
    return message_of<FileError>([&] { load(text); });
  }

  ScratchFolder folder;
  std::shared_ptr<const traffic::Network> network =
      traffic::testing::crossing(traffic::JunctionControl::priority, 2).seal();
};

TEST_F(EditsOfANetwork, NameLinksAsTheNetworkDoesAndComeInOrderOfTime) {
  const NetworkEdits edits = load(R"([[edit]]
at = "10min"
do = "bus_lane"
where = { links = ["WX", "XE"] }
[[edit]]
at = "90s"
do = "set_road_open"
where = { links = ["NX"] }
)");
  ASSERT_EQ(edits.edits.size(), 2U);
  EXPECT_EQ(edits.edits[0].at, traffic::to_micros(90));
  EXPECT_EQ(std::get<SetRoadOpen>(edits.edits[0].edit).road, *network->find_link("NX"));
  const auto& lane = std::get<BusLane>(std::get<StartMeasure>(edits.edits[1].edit).measure);
  EXPECT_EQ(lane.roads.size(), 2U);
  EXPECT_EQ(edits.network, network);
}

TEST_F(EditsOfANetwork, BuildARoadThatOtherEditsMayName) {
  const NetworkEdits edits = load(R"([[add_road]]
id = "bypass"
from = "W"
to = "N"
speed_kmh = 72
lanes = 2
[[edit]]
do = "bus_lane"
where = { links = ["bypass"] }
)");
  const auto link = edits.network->find_link("bypass");
  ASSERT_TRUE(link.has_value());
  EXPECT_EQ(edits.network->links(), network->links() + 2);
  EXPECT_DOUBLE_EQ(edits.network->free_speed_mps[*link], 20);
  EXPECT_EQ(edits.network->opposite[*link], *edits.network->find_link("bypass-back"));
}

TEST_F(EditsOfANetwork, ThatTheNetworkDoesNotAllowAreRefusedByLineBeforeARun) {
  const std::string before = "[[edit]]\ndo = \"weather\"\nrain_mmph = 3\n";
  EXPECT_THAT(refusal(before + "[[edit]]\nname = \"x\"\nat = \"5h\"\ndo = \"bus_lane\"\n"
                               "where = { links = [\"WX\"] }\nlanes = 3\n"),
              AllOf(HasSubstr("edits.toml:4: measure x"), HasSubstr("link WX has 2 lanes, not 3")));
}

TEST_F(EditsOfANetwork, ThatItCannotMakeAreRefused) {
  EXPECT_THAT(refusal("[[edit]]\ndo = \"one_way\"\nwhere = { links = [\"QQ\"] }\n"),
              AllOf(HasSubstr("edits.toml:3"), HasSubstr("no link 'QQ'")));
  EXPECT_THAT(refusal("[[edit]]\ndo = \"set_release\"\n"), HasSubstr("'set_release' is none of"));
  EXPECT_THAT(refusal("[[edit]]\nat = \"2025-11-18T03:00:00Z\"\ndo = \"one_way\"\n"
                      "where = { links = [\"WX\"] }\n"),
              HasSubstr("no calendar"));
  EXPECT_THAT(refusal("[[add_road]]\nid = \"WX\"\nfrom = \"W\"\nto = \"N\"\nspeed_kmh = 50\n"),
              HasSubstr("WX is there twice"));
  EXPECT_THAT(refusal("[[add_road]]\nid = \"a\"\nfrom = \"W\"\nto = \"W\"\nspeed_kmh = 50\n"),
              HasSubstr("same junction"));
  EXPECT_THAT(refusal("edits = 3\n"), HasSubstr("'edits'"));
}

}  // namespace
}  // namespace kontwin
