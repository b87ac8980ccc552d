#include "io/world/build_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "io/import/vn2000.hpp"
#include "tests/io/import/geotiff_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"
#include "twin/world_check.hpp"

namespace kontwin {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* world_toml = R"(name = "my-town"

[origin]
lon = 108.0
lat = 14.35

[extent]
west = 107.985
south = 14.34
east = 108.015
north = 14.36

[[terrain]]
name = "town"
file = "dem.tif"
cell_m = 20

[roads]
osm = "town.osm"

[rivers]
geojson = "rivers.geojson"

[[entities]]
csv = "gauges.csv"
zone = "107-30"
[entities.source]
id = "survey"
title = "Our own survey"
license = "own work"

[[entities]]
geojson = "shelters.geojson"
kind = "shelter"
)";

/// A folder as a user would bring it: terrain, streets, a river, a gauge in VN-2000, a shelter.
class OwnWorld : public ::testing::Test {
 protected:
  OwnWorld() {
    write("world.toml", world_toml);
    testing::GeoTiffFile dem{.path = (folder() / "dem.tif").string()};
    dem.left = 107.98;
    dem.top = 14.365;
    dem.cell = 0.0005;
    dem.columns = 80;
    dem.rows = 60;
    dem.value = [](int column, int) { return 560.0 - 0.1 * column; };  // falls to the east
    dem.write();
    write("town.osm", osm("<nd ref=\"3\"/>"));
    write("rivers.geojson",
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
          R"({"name":"Đăk Bla","width_m":80},"geometry":{"type":"LineString","coordinates":)"
          R"([[107.987,14.345],[108.013,14.345]]}}]})");
    const Vn2000Point gauge = Vn2000({107.5, 0.9999}).from_wgs84({108.0, 14.3452});
    write("gauges.csv", "kind,id,name,x,y,bd1_m,bd2_m,bd3_m\nriver_gauge,g1,Cầu," +
                            std::to_string(gauge.easting_m) + "," +
                            std::to_string(gauge.northing_m) + ",518,519.5,520.5\n");
    write("shelters.geojson",
          R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
          R"({"id":"nha-rong","name":"Nhà rông","places":300},)"
          R"("geometry":{"type":"Point","coordinates":[108.0041,14.3501]}}]})");
  }

  /// A main street with a side street, and a house.
  static std::string osm(const std::string& third) {
    const auto node = [](int id, double east, double north) {
      return "<node id=\"" + std::to_string(id) + "\" version=\"1\" visible=\"true\" lat=\"" +
             std::to_string(14.35 + north) + "\" lon=\"" + std::to_string(108 + east) + "\"/>\n";
    };
    return "<osm version=\"0.6\">\n" + node(1, -0.004, 0) + node(2, 0, 0) + node(3, 0.004, 0) +
           node(4, 0, 0.004) + node(5, 0.001, 0.001) + node(6, 0.0011, 0.001) +
           node(7, 0.0011, 0.0011) + node(8, 0.001, 0.0011) +
           "<way id=\"10\" version=\"1\" visible=\"true\"><nd ref=\"1\"/><nd ref=\"2\"/>" + third +
           "<tag k=\"highway\" v=\"primary\"/><tag k=\"name\" v=\"Duy Tân\"/></way>\n"
           "<way id=\"11\" version=\"1\" visible=\"true\"><nd ref=\"2\"/><nd ref=\"4\"/>"
           "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"Hẻm 1\"/></way>\n"
           "<way id=\"12\" version=\"1\" visible=\"true\"><nd ref=\"5\"/><nd ref=\"6\"/>"
           "<nd ref=\"7\"/><nd ref=\"8\"/><nd ref=\"5\"/><tag k=\"building\" v=\"house\"/></way>\n"
           "</osm>\n";
  }

  std::filesystem::path folder() const { return scratch_.path() / "my-town"; }
  std::filesystem::path cache() const { return scratch_.path() / "cache"; }
  void write(const std::string& name, std::string_view text) const {
    scratch_.write("my-town/" + name, text);
  }
  void edit(const std::string& from, const std::string& to) const {
    std::string text = world_toml;
    text.replace(text.find(from), from.size(), to);
    write("world.toml", text);
  }
  std::string refusal() const {
    return message_of<Error>([&] { build_world(folder()); });
  }

  ScratchFolder scratch_;
};

TEST_F(OwnWorld, IsBuiltFromItsFilesAndCanRun) {
  ImportReport report;
  std::vector<double> shares;
  const auto world = build_world(
      folder(), [&](const std::string&, double share) { shares.push_back(share); }, &report);
  EXPECT_EQ(world->name(), "my-town");
  EXPECT_EQ(world->roads().links(), 6U);
  const auto shelter = world->find("urn:ngsi-ld:Shelter:nha-rong");
  ASSERT_TRUE(shelter);
  EXPECT_EQ(world->urn({Kind::junction, world->junction_of(*shelter)}),
            "urn:ngsi-ld:Junction:osm-3");
  const auto gauge = world->find("urn:ngsi-ld:RiverGauge:g1");
  ASSERT_TRUE(gauge);
  EXPECT_LT(distance_m(world->place(*gauge), world->frame().to_local({108.0, 14.3452})), 0.01);
  EXPECT_EQ(world->sources()[world->entities(Kind::river_gauge).source[0]].title, "Our own survey");
  ASSERT_EQ(world->entities(Kind::residence).size(), 1U);
  EXPECT_EQ(world->rivers().size(), 1U);
  EXPECT_NEAR(world->terrain().elevation_m({0, 0}), 560 - 0.1 * 39.5, 0.05);
  for (const auto& problem : check_world(*world)) {
    EXPECT_NE(problem.severity, ProblemSeverity::error) << problem.reason_en;
    EXPECT_NE(problem.severity, ProblemSeverity::warning)
        << problem.where << ": " << problem.reason_en;
  }
  EXPECT_TRUE(std::ranges::is_sorted(shares));
  EXPECT_EQ(shares.back(), 1);
}

TEST_F(OwnWorld, TheSameFolderGivesTheSameWorld) {
  EXPECT_EQ(build_world(folder())->content_hash(), build_world(folder())->content_hash());
}

TEST_F(OwnWorld, WhatWasRepairedIsReported) {
  write("town.osm", osm("<nd ref=\"99\"/><nd ref=\"3\"/>"));
  ImportReport report;
  build_world(folder(), {}, &report);
  EXPECT_EQ(report.counted("ways cut"), 1U);
  EXPECT_THAT(report.messages(), ::testing::Contains(HasSubstr("node 99 is missing")));
}

TEST_F(OwnWorld, AMisspeltFieldIsRefusedWithItsLine) {
  edit("cell_m", "cel_m");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("world.toml:16: field 'cel_m'"), HasSubstr("'cell_m'")));
}

TEST_F(OwnWorld, WhatIsMissingOrMakesNoSenseIsRefused) {
  edit("file = \"dem.tif\"", "file = \"dam.tif\"");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("world.toml:15: field 'file'"), HasSubstr("dam.tif")));
  edit("east = 108.015", "east = 107.0");
  EXPECT_THAT(refusal(), HasSubstr("field 'east': must lie east"));
  edit("107-30", "1077");
  EXPECT_THAT(refusal(), HasSubstr("field 'zone': '1077' is not a zone"));
  edit("kind = \"shelter\"", "kind = \"bunker\"");
  EXPECT_THAT(refusal(), HasSubstr("field 'kind': 'bunker' is not a kind"));
  edit("lat = 14.35\n", "");
  EXPECT_THAT(refusal(), HasSubstr("'lat' is missing"));
  write("world.toml",
        "name = \"x\"\n[origin]\nlon = 108\nlat = 14\n[extent]\nwest=1\nsouth=1\n"
        "east=2\nnorth=2\n");
  EXPECT_THAT(refusal(), HasSubstr("there is no [[terrain]]"));
  std::filesystem::remove(folder() / "world.toml");
  EXPECT_THAT(refusal(), HasSubstr("world.toml: is missing"));
}

TEST_F(OwnWorld, PartsThatMakeNoWorldAreAllListed) {
  // The same shelter in a second list, and again in a third.
  std::string text = world_toml;
  text += "\n[[entities]]\ncsv = \"again.csv\"\n";
  write("world.toml", text);
  write("again.csv", "kind,id,lon,lat,places\nshelter,nha-rong,108.0,14.35,5\n");
  EXPECT_THAT(refusal(), AllOf(HasSubstr("do not make a world"), HasSubstr("Shelter:nha-rong"),
                               HasSubstr("used more than once")));
}

TEST_F(OwnWorld, IsTakenFromTheCacheUntilAFileChanges) {
  const auto file = cached_world_path(folder(), cache());
  const auto built = load_or_build(folder(), cache());
  ASSERT_TRUE(std::filesystem::exists(file));
  int stages = 0;
  const auto cached = load_or_build(folder(), cache(), [&](const std::string& stage, double) {
    stages += stage == "đọc / load" ? 0 : 1;
  });
  EXPECT_EQ(stages, 0) << "nothing is built";
  EXPECT_EQ(cached->content_hash(), built->content_hash());
  write("notes.txt", "a file that changes nothing is an input all the same");
  EXPECT_NE(cached_world_path(folder(), cache()), file);
}

TEST_F(OwnWorld, ACorruptCacheIsBuiltAgain) {
  const auto built = load_or_build(folder(), cache());
  const auto file = cached_world_path(folder(), cache());
  const auto size = std::filesystem::file_size(file);
  ScratchFolder::truncate(file, 0.5);
  EXPECT_EQ(load_or_build(folder(), cache())->content_hash(), built->content_hash());
  EXPECT_EQ(std::filesystem::file_size(file), size);
}

TEST_F(OwnWorld, ACacheInsideTheFolderIsNoInput) {
  const auto inside = folder() / "cache";
  const auto before = cached_world_path(folder(), inside);
  load_or_build(folder(), inside);
  EXPECT_EQ(cached_world_path(folder(), inside), before);
}

TEST_F(OwnWorld, ACacheThatCannotBeWrittenCostsOnlyTime) {
  scratch_.write("cache", "a file where a folder should be");
  EXPECT_NO_THROW(load_or_build(folder(), cache()));
}

}  // namespace
}  // namespace kontwin
