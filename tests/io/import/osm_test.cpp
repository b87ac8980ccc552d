#include "io/import/osm.hpp"

#include <cmath>
#include <osmium/io/any_input.hpp>
#include <osmium/io/any_output.hpp>

#include "io/import/network_links.hpp"
#include "tests/io/import/osm_xml.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"
#include "twin/world_check.hpp"

namespace kontwin::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(Osm, WaysAreSplitWhereTheyMeet) {
  import(OsmXml()
             .nodes(1, 5)
             .node(13, "", 1)
             .way(10, {1, 2, 3, 4, 5}, "highway=primary")
             .way(11, {3, 13}, "highway=residential"));
  EXPECT_THAT(links(), ElementsAre("1>3", "3>1", "3>5", "5>3", "3>13", "13>3"));
  EXPECT_EQ(parts_.roads.opposite[0], 1U);
  EXPECT_EQ(parts_.roads.opposite[3], 2U);
  // Points stay in order: node 2 lies between 1 and 3, seen from both sides.
  const auto there = parts_.roads.shape_of(0);
  const auto back = parts_.roads.shape_of(1);
  ASSERT_EQ(there.size(), 3U);
  EXPECT_LT(there[0].x_m, there[1].x_m);
  EXPECT_LT(there[1].x_m, there[2].x_m);
  EXPECT_EQ(back[0], there[2]);
  EXPECT_NEAR(road(road_attribute::length_m, 0), 215.7, 1);  // 0.002° at 14.35° N
}

TEST_F(Osm, OneWaysRunTheWayTheyAreSigned) {
  import(OsmXml()
             .nodes(1, 8)
             .way(10, {1, 2}, "highway=primary|oneway=yes")
             .way(11, {3, 4}, "highway=primary|oneway=-1")
             .way(12, {5, 6}, "highway=primary|junction=roundabout")
             .way(13, {7, 8}, "highway=motorway|oneway=no"));
  EXPECT_THAT(links(), ElementsAre("1>2", "4>3", "5>6", "7>8", "8>7"));
  EXPECT_EQ(parts_.roads.opposite[0], no_row);
}

TEST_F(Osm, ARingHasNoLinkFromAJunctionToItself) {
  import(OsmXml().node(1).node(2, "", 1).node(3, "", 1).node(4).way(
      10, {1, 2, 3, 4, 1}, "highway=residential|junction=roundabout"));
  EXPECT_THAT(links(), ElementsAre("1>3", "3>1"));
}

TEST_F(Osm, AnEmbankmentRaisesTheDeck) {
  import(OsmXml()
             .nodes(1, 8)
             .way(10, {1, 2}, "highway=trunk|embankment=yes|height=3.5 m")
             .way(11, {3, 4}, "highway=trunk|embankment=both")
             .way(12, {5, 6}, "highway=trunk|embankment=no|height=3")
             .way(13, {7, 8}, "highway=trunk|embankment=yes|height=high"));
  EXPECT_EQ(road(road_attribute::deck_height_m, 0), 3.5);
  EXPECT_EQ(road(road_attribute::deck_height_m, 2), 1);
  EXPECT_EQ(road(road_attribute::deck_height_m, 4), 0);
  EXPECT_EQ(road(road_attribute::deck_height_m, 6), 1);
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("height=high")));
}

TEST_F(Osm, TagsSetSpeedLanesAndBridges) {
  import(OsmXml()
             .nodes(1, 6)
             .way(10, {1, 2},
                  "highway=trunk|maxspeed=30 mph|lanes=4|bridge=yes|ref=QL.24;QL.14|name=Duy Tân")
             .way(11, {3, 4}, "highway=tertiary")
             .way(12, {5, 6}, "highway=tertiary|maxspeed=fast"));
  EXPECT_NEAR(road(road_attribute::free_speed_mps, 0), 13.41, 0.01);
  EXPECT_EQ(road(road_attribute::lanes, 0), 2);
  EXPECT_EQ(road(road_attribute::capacity_vph, 0), 3400);
  EXPECT_EQ(road(road_attribute::bridge, 0), 1);
  EXPECT_EQ(road(road_attribute::road_class, 0), static_cast<double>(RoadClass::national));
  EXPECT_EQ(parts_.roads.number[0], "QL24");
  EXPECT_EQ(table(Kind::road).name[0], "Duy Tân");
  EXPECT_EQ(table(Kind::road).provenance[0], Provenance::fact);
  EXPECT_NEAR(road(road_attribute::free_speed_mps, 2), 40 / 3.6, 1e-9);
  EXPECT_EQ(table(Kind::road).provenance[2], Provenance::derived);
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("way 12: 'maxspeed=fast' is not understood")));
  EXPECT_EQ(report_.counted("road links with assumed speed or lanes"), 4U);
}

TEST_F(Osm, RoadsNobodyMayDriveAreLeftOutAndMotorbikePathsKept) {
  import(OsmXml()
             .nodes(1, 10)
             .way(10, {1, 2}, "highway=residential|motor_vehicle=no")
             .way(11, {3, 4}, "highway=residential|access=no|motor_vehicle=yes")
             .way(12, {5, 6}, "highway=footway")
             .way(13, {7, 8}, "highway=path|motorcycle=yes")
             .way(14, {9, 10}, "highway=construction"));
  EXPECT_THAT(links(), ElementsAre("3>4", "4>3", "7>8", "8>7"));
  EXPECT_EQ(report_.counted("motorbike paths"), 1U);
  EXPECT_EQ(road(road_attribute::width_m, 2), 1.5);
  EXPECT_EQ(report_.counted("ways not for vehicles left out"), 1U);
  EXPECT_EQ(report_.counted("closed or unbuilt ways left out"), 2U);
}

TEST_F(Osm, AWayIsCutAtItsMissingNodes) {
  import(OsmXml().nodes(1, 3).nodes(5, 6).way(123, {1, 2, 3, 456, 5, 6, 789}, "highway=primary"));
  EXPECT_THAT(links(), ElementsAre("1>3", "3>1", "5>6", "6>5"));
  const auto file = (folder_.path() / "town.osm").string();
  EXPECT_THAT(report_.messages(),
              ElementsAre(file + ": way 123: node 456 is missing; the way was cut there",
                          file + ": way 123: node 789 is missing; the way was cut there"));
  EXPECT_EQ(report_.counted("ways cut"), 1U);
}

TEST_F(Osm, AWayWithoutTwoNodesInARowIsLeftOut) {
  import(OsmXml().node(1).way(7, {1, 50, 51}, "highway=primary"));
  EXPECT_TRUE(links().empty());
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("way 7: fewer than two nodes in a row")));
}

TEST_F(Osm, LightsStandAtJunctions) {
  import(OsmXml()
             .nodes(1, 2)
             .node(3, "highway=traffic_signals")
             .node(4)
             .node(13, "", 1)
             .way(10, {1, 2, 3, 4}, "highway=primary")
             .way(11, {3, 13}, "highway=primary"));
  ASSERT_EQ(table(Kind::signal).size(), 1U);
  const auto row = static_cast<std::size_t>(table(Kind::signal).attribute(0, 0));
  EXPECT_EQ(table(Kind::junction).urn[row], "urn:ngsi-ld:Junction:osm-3");
}

TEST_F(Osm, LightsBeforeAJunctionAreItsOneSignal) {
  // Two arms of the crossing at node 3 have a light 11 and 22 m before it; a third one is far away.
  OsmXml map;
  map.nodes(1, 2).node(3).node(4);
  map.node_at(30, 3, 0.1, "highway=traffic_signals").node_at(31, 3, 1, "");
  map.node_at(32, 3, -0.2, "highway=traffic_signals");
  map.node_at(33, 3, -5, "highway=traffic_signals").node_at(34, 3, -9, "");
  import(map.way(10, {1, 2, 3, 4}, "highway=primary")
             .way(11, {31, 30, 3}, "highway=primary|oneway=yes")
             .way(12, {3, 32, 33, 34}, "highway=primary"));
  ASSERT_EQ(table(Kind::signal).size(), 1U);
  const auto row = static_cast<std::size_t>(table(Kind::signal).attribute(0, 0));
  EXPECT_EQ(table(Kind::junction).urn[row], "urn:ngsi-ld:Junction:osm-3");
  EXPECT_EQ(report_.counted("signals away from a junction left out"), 1U);
}

TEST_F(Osm, LightsWhereAPathCrossesAreOfTheStreetBehindIt) {
  // 22 m before the crossing at node 3 a path crosses at a light, and at another far away.
  OsmXml map;
  map.node_at(1, 3, -6, "").node_at(33, 3, -4, "highway=traffic_signals");
  map.node_at(30, 3, -0.2, "highway=traffic_signals").node_at(3, 3, 0, "").node_at(4, 3, 3, "");
  map.node_at(31, 2, -0.2, "")
      .node_at(32, 4, -0.2, "")
      .node_at(34, 2, -4, "")
      .node_at(35, 4, -4, "");
  import(map.node_at(13, 5, 0, "")
             .way(10, {1, 33, 30, 3, 4}, "highway=primary")
             .way(11, {3, 13}, "highway=primary")
             .way(12, {31, 30, 32}, "highway=path")
             .way(13, {34, 33, 35}, "highway=path"));
  ASSERT_EQ(table(Kind::signal).size(), 1U);
  const auto row = static_cast<std::size_t>(table(Kind::signal).attribute(0, 0));
  EXPECT_EQ(table(Kind::junction).urn[row], "urn:ngsi-ld:Junction:osm-3");
  EXPECT_EQ(report_.counted("signals away from a junction left out"), 1U);
}

TEST_F(Osm, PeopleLiveInHomesByFloorArea) {
  // 0.001° by 0.001°: 107.9 m by 110.6 m.
  import(OsmXml()
             .node(1)
             .node(2)
             .node(3, "", 1)
             .node(12, "", 1)
             .way(10, {1, 2, 12, 3, 1}, "building=apartments|building:levels=2")
             .way(11, {1, 2, 12, 3, 1}, "building=yes"),  // too large for a home
         {.largest_home_m2 = 600});
  ASSERT_EQ(table(Kind::residence).size(), 1U);
  const double people = table(Kind::residence).attribute(residence_attribute::people, 0);
  OsmXml ring;
  EXPECT_EQ(people, std::round(people));
  EXPECT_GT(people, 500);
  EXPECT_NEAR(table(Kind::residence).attribute(residence_attribute::households, 0), people / 3.6,
              1);
  EXPECT_EQ(table(Kind::residence).attribute(residence_attribute::storeys, 0), 2);
  EXPECT_EQ(table(Kind::residence).provenance[0], Provenance::derived);
  EXPECT_EQ(report_.counted("buildings nobody lives in"), 1U);
}

TEST_F(Osm, NamedPlacesBecomeEntitiesThatRoadsLeadTo) {
  import(OsmXml()
             .nodes(1, 3)
             .way(10, {1, 2, 3}, "highway=primary")
             .node(20, "amenity=hospital|name=Bệnh viện đa khoa|beds=750", 0.2)
             .node(21, "amenity=parking|capacity=80", 0.2)
             .node(2000, "amenity=school|name=Xa"));
  link_to_network(parts_, 2500, &report_);
  ASSERT_EQ(table(Kind::hospital).size(), 1U);
  EXPECT_EQ(table(Kind::hospital).name[0], "Bệnh viện đa khoa");
  EXPECT_EQ(table(Kind::hospital).attribute(hospital_attribute::beds, 0), 750);
  EXPECT_EQ(table(Kind::hospital).attribute(hospital_attribute::junction_row, 0), 1);
  EXPECT_EQ(table(Kind::parking).size(), 0U);
  EXPECT_EQ(report_.counted("places without a name left out"), 1U);
  EXPECT_TRUE(std::isnan(table(Kind::school).attribute(school_attribute::junction_row, 0)));
  EXPECT_THAT(report_.messages(), Contains(HasSubstr("School:osm-n2000: no road within 2500 m")));
}

TEST_F(Osm, OfAWayThatComesAgainTheLastCounts) {
  import(OsmXml()
             .nodes(1, 3)
             .way(10, {1, 2, 3}, "highway=primary|oneway=yes")
             .way(10, {2, 3}, "highway=primary|oneway=yes"));
  EXPECT_THAT(links(), ElementsAre("2>3"));
  EXPECT_EQ(report_.counted("elements replaced by a later version"), 1U);
}

TEST_F(Osm, BrokenXmlNamesItsLine) {
  std::string text = OsmXml().nodes(1, 3).way(10, {1, 2, 3}, "highway=primary").text();
  std::string torn = text;
  torn.replace(torn.find("</way"), 5, "</wax");
  const auto path = folder_.write("broken.osm", torn);
  EXPECT_THAT(message_of<FileError>([&] { import_osm(path, parts_); }),
              HasSubstr(path.string() + ":6: column"));
  // Well-formed, but not what OpenStreetMap writes: the library knows no line for that.
  text.replace(text.find("<osm"), 4, "<gpx").replace(text.find("</osm"), 5, "</gpx");
  folder_.write("broken.osm", text);
  EXPECT_THAT(message_of<FileError>([&] { import_osm(path, parts_); }),
              HasSubstr(path.string() + ": is not valid OSM XML"));
}

TEST_F(Osm, XmlThatEndsEarlyIsRefused) {
  const std::string text = OsmXml().nodes(1, 30).text();
  const auto path = folder_.write("short.osm", text.substr(0, text.size() / 2));
  EXPECT_THAT(message_of<FileError>([&] { import_osm(path, parts_); }),
              AllOf(HasSubstr(path.string()), HasSubstr("not valid OSM XML")));
}

class OsmPbf : public Osm {
 protected:
  /// The same data as a PBF file.
  std::filesystem::path pbf(const OsmXml& xml) const {
    const auto from = folder_.write("plain.osm", xml.text());
    const auto to = folder_.path() / "town.osm.pbf";
    osmium::io::Reader reader(from.string());
    osmium::io::Writer writer(to.string(), osmium::io::overwrite::allow);
    while (osmium::memory::Buffer buffer = reader.read()) writer(std::move(buffer));
    writer.close();
    reader.close();
    return to;
  }
};

TEST_F(OsmPbf, GivesTheSameNetworkAsXml) {
  const auto xml = OsmXml().nodes(1, 4).way(10, {1, 2, 3, 4}, "highway=primary");
  import_osm(pbf(xml), parts_, {}, &report_);
  EXPECT_THAT(links(), ElementsAre("1>4", "4>1"));
}

TEST_F(OsmPbf, AFileThatBreaksOffSaysHowFarItWasRead) {
  const auto path = pbf(OsmXml().nodes(1, 3000).way(10, {1, 2, 3, 4}, "highway=primary"));
  for (const double share : {0.9, 0.5, 0.1}) {
    ScratchFolder::truncate(path, share);
    EXPECT_THAT(
        message_of<FileError>([&] { import_osm(path, parts_); }),
        AllOf(HasSubstr(path.string() + ": cannot be read to its end"), HasSubstr("bytes)")))
        << share;
  }
}

TEST_F(OsmPbf, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(message_of<FileError>([&] { import_osm("/nowhere/town.osm.pbf", parts_); }),
              HasSubstr("/nowhere/town.osm.pbf: there is no such file"));
}

}  // namespace
}  // namespace kontwin::testing
