#include "io/crowd/geometry_files.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "scenarios/evacuation/crowd/building_check.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using ::testing::HasSubstr;

class CrowdGeometryFiles : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
    return folder_.path() / name;
  }
  Building read(const std::string& name, const std::string& text, Coordinates coordinates = {}) {
    DrawnPlace place;
    read_place(file(name, text), coordinates, place);
    return sort_out(std::move(place));
  }

 private:
  testing::ScratchFolder folder_;
};

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string feature(const std::string& properties, const std::string& type,
                    const std::string& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}
const std::string hall =
    feature(R"("kind":"surface","id":"hall")", "Polygon", "[[[0,0],[10,0],[10,8],[0,8],[0,0]]]");

TEST_F(CrowdGeometryFiles, GeoJsonInMetresBecomesSurfacesDoorsExitsAndAreas) {
  const Building building = read(
      "place.geojson",
      collection(
          hall + "," +
          feature(R"("kind":"stairs","id":"steps","low":[10,2],"high":[14,2],"rise_m":2)",
                  "Polygon", "[[[10,1],[14,1],[14,3],[10,3]]]") +
          "," + feature(R"("kind":"opening","id":"foot")", "LineString", "[[10,1],[10,3]]") + "," +
          feature(R"("kind":"exit","id":"top","closes_s":90,"emergency_only":true)", "LineString",
                  "[[14,1],[14,3]]") +
          "," + feature(R"("kind":"area","id":"seats")", "Polygon", "[[[1,1],[4,1],[4,4],[1,4]]]") +
          "," + feature(R"("kind":"obstacle")", "Polygon", "[[[6,4],[7,4],[7,5],[6,5]]]") + "," +
          feature(R"("kind":"wall")", "LineString", "[[0,6],[3,6]]") + "," +
          feature(R"("kind":"blockage","id":"fire","from_s":30)", "Polygon",
                  "[[[8,6],[9,6],[9,7],[8,7]]]")));
  ASSERT_EQ(building.surfaces.size(), 2U);
  EXPECT_EQ(building.surfaces[1].kind, Surface::Kind::stairs);
  EXPECT_NEAR(building.surfaces[1].height_at({12, 2}), 1, 1e-9);
  ASSERT_EQ(building.openings.size(), 1U);
  EXPECT_EQ(building.openings[0].surface + building.openings[0].beyond, 1U);
  ASSERT_EQ(building.exits.size(), 1U);
  EXPECT_EQ(building.exits[0].surface, 1U);
  EXPECT_EQ(building.exits[0].open.closes_s, 90);
  EXPECT_TRUE(building.exits[0].emergency_only);
  EXPECT_EQ(building.areas.at(0).surface, 0U);
  EXPECT_EQ(building.blockages.at(0).blocks.opens_s, 30);
  // An obstacle of 1 m² and a wall of 3.05 x 0.1 m are cut out.
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 80 - 1 - 0.305, 0.01);
  EXPECT_TRUE(problems_of(building).empty());
}

TEST_F(CrowdGeometryFiles, GeoJsonInDegreesIsMeasuredFromTheOrigin) {
  Coordinates coordinates;
  coordinates.kind = Coordinates::Kind::wgs84;
  coordinates.frame = LocalFrame({108.28, 14.6});
  const Building building =
      read("place.geojson",
           collection(feature(R"("kind":"surface","id":"square")", "Polygon",
                              "[[[108.28,14.6],[108.281,14.6],[108.281,14.601],[108.28,14.601]]]")),
           coordinates);
  // A thousandth of a degree at 14.6° N: 107.7 m by 110.6 m.
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 107.7 * 110.6, 20);
}

TEST_F(CrowdGeometryFiles, ACrsMemberOfGeoJsonIsFollowed) {
  Coordinates coordinates;
  coordinates.kind = Coordinates::Kind::as_said;
  coordinates.frame = LocalFrame({108.28, 14.6});
  // 100 m by 80 m near the origin, in UTM zone 49 N and in VN-2000 of Kon Tum's zone.
  const auto place = [&](const std::string& crs, double x, double y) {
    const auto at = [&](double dx, double dy) {
      return "[" + std::to_string(x + dx) + "," + std::to_string(y + dy) + "]";
    };
    std::string text = collection(
        feature(R"("kind":"surface","id":"square")", "Polygon",
                "[[" + at(0, 0) + "," + at(100, 0) + "," + at(100, 80) + "," + at(0, 80) + "]]"));
    text.insert(1, R"("crs":{"type":"name","properties":{"name":")" + crs + R"("}},)");
    return read("place.geojson", text, coordinates).surfaces.at(0).shape;
  };
  const Polygon utm = place("urn:ogc:def:crs:EPSG::32649", 207000, 1615700);
  EXPECT_NEAR(area_m2(utm), 8000, 20);  // a scale of 1.0006 so far from the meridian
  EXPECT_LT(std::abs(utm.outer[0].x_m), 2000);
  EXPECT_LT(std::abs(utm.outer[0].y_m), 2000);
  const Polygon vn2000 = place("EPSG:9216", 584000, 1614500);
  EXPECT_NEAR(area_m2(vn2000), 8000, 5);
  EXPECT_LT(std::abs(vn2000.outer[0].x_m), 2000);
  EXPECT_LT(std::abs(vn2000.outer[0].y_m), 2000);
  const auto message = [&](const std::string& crs) {
    return testing::message_of<FileError>([&] { place(crs, 0, 0); });
  };
  EXPECT_THAT(message("EPSG:999999"), HasSubstr("'EPSG:999999' is no coordinate reference system"));
  // Degrees that are taken as metres are told.
  coordinates.kind = Coordinates::Kind::metres;
  EXPECT_THAT(testing::message_of<FileError>([&] {
                read("place.geojson",
                     collection(feature(R"("kind":"surface","id":"square")", "Polygon",
                                        "[[[108.28,14.6],[108.281,14.6],[108.281,14.601]]]")),
                     coordinates);
              }),
              HasSubstr("are they degrees"));
}

TEST_F(CrowdGeometryFiles, AMultiPolygonIsSeveralSurfacesAndRepeatedCornersAreLeftOut) {
  const Building building = read(
      "place.geojson",
      collection(
          feature(R"("kind":"surface","id":"deck")", "MultiPolygon",
                  "[[[[0,0],[4,0],[4,0],[4,4],[4,4.0001],[0,4],[0,0],[0,0]]],"
                  "[[[6,0],[9,0],[9,4],[6,4],[6,0]],[[7,1],[8,1],[8,2],[7,2],[7,1]]]]") +
          "," +
          feature(R"("kind":"exit","id":"out","surface":"deck")", "LineString", "[[0,1],[0,2]]")));
  ASSERT_EQ(building.surfaces.size(), 2U);
  EXPECT_EQ(building.surfaces[0].id, "deck");
  EXPECT_EQ(building.surfaces[0].shape.outer.size(), 4U);
  EXPECT_EQ(building.surfaces[1].id, "deck 2");
  EXPECT_EQ(building.surfaces[1].shape.holes.size(), 1U);
}

TEST_F(CrowdGeometryFiles, GeoJsonErrorsNameTheFeature) {
  const auto message = [this](const std::string& text) {
    return testing::message_of<FileError>([&] { read("bad.geojson", text); });
  };
  EXPECT_THAT(message(collection(
                  feature(R"("kind":"surfce","id":"x")", "Polygon", "[[[0,0],[1,0],[1,1]]]"))),
              HasSubstr("feature 1: kind 'surfce' is unknown"));
  EXPECT_THAT(
      message(collection(hall + "," +
                         feature(R"("kind":"exit","id":"x")", "Polygon", "[[[0,0],[1,0],[1,1]]]"))),
      HasSubstr("feature 2: is a Polygon and must be a LineString"));
  EXPECT_THAT(
      message(collection(hall + "," +
                         feature(R"("kind":"exit","id":"x")", "LineString", "[[4,4],[5,4]]"))),
      HasSubstr("lies on the border of no surface"));
  EXPECT_THAT(message(collection(hall + "," +
                                 feature(R"("kind":"area","id":"x","surface":"attic")", "Polygon",
                                         "[[[1,1],[2,1],[2,2]]]"))),
              HasSubstr("there is no surface 'attic'"));
  EXPECT_THAT(message(collection(
                  hall + "," +
                  feature(R"("kind":"obstacle")", "Polygon", "[[[4,-1],[5,-1],[5,9],[4,9]]]"))),
              HasSubstr("cuts surface 'hall' in two"));
}

TEST_F(CrowdGeometryFiles, AnObstacleIsCutOutOfAllThatItStandsOn) {
  const std::string yard =
      feature(R"("kind":"surface","id":"yard")", "Polygon", "[[[10,0],[20,0],[20,8],[10,8]]]");
  // A column between the two.
  const Building building = read(
      "place.geojson",
      collection(hall + "," + yard + "," +
                 feature(R"("kind":"opening","id":"door")", "LineString", "[[10,1],[10,3]]") + "," +
                 feature(R"("kind":"obstacle")", "Polygon", "[[[9,5],[12,5],[12,6],[9,6]]]")));
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 80 - 1, 1e-9);
  EXPECT_NEAR(area_m2(building.surfaces[1].shape), 80 - 2, 1e-9);
}

TEST_F(CrowdGeometryFiles, OfSurfacesOverOneAnotherAnObstacleSaysOnWhichItStands) {
  const std::string above = feature(R"("kind":"surface","id":"gallery","height_m":4)", "Polygon",
                                    "[[[2,0],[10,0],[10,8],[2,8]]]");
  const std::string column = "[[[4,4],[5,4],[5,5],[4,5]]]";
  EXPECT_THAT(testing::message_of<FileError>([&] {
                read("place.geojson",
                     collection(hall + "," + above + "," +
                                feature(R"("kind":"obstacle")", "Polygon", column)));
              }),
              HasSubstr("lies over surface 'hall' and 'gallery': say which with 'surface'"));
  const Building building =
      read("place.geojson",
           collection(hall + "," + above + "," +
                      feature(R"("kind":"obstacle","surface":"gallery")", "Polygon", column)));
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 80, 1e-9);
  EXPECT_NEAR(area_m2(building.surfaces[1].shape), 63, 1e-9);
}

TEST_F(CrowdGeometryFiles, RoomsDrawnToTheInnerFacesOfTheirWallsAreJoinedByADoorway) {
  const Building building = read(
      "rooms.geojson",
      collection(
          feature(R"("kind":"surface","id":"a")", "Polygon", "[[[0,0],[5,0],[5,5],[0,5]]]") + "," +
          feature(R"("kind":"surface","id":"b")", "Polygon", "[[[5.2,0],[9,0],[9,5],[5.2,5]]]") +
          "," + feature(R"("kind":"opening","id":"door")", "LineString", "[[5.1,2],[5.1,3]]")));
  ASSERT_EQ(building.surfaces.size(), 3U);
  ASSERT_EQ(building.openings.size(), 2U);
  EXPECT_NEAR(area_m2(building.surfaces[2].shape), 0.2, 1e-9);
  for (const BuildingProblem& problem : problems_of(building)) {
    EXPECT_FALSE(problem.prevents_walking) << problem.place << problem.reason;
  }
}

TEST_F(CrowdGeometryFiles, PolygonsOfWellKnownTextThatTouchAreOneSurface) {
  const Building building =
      read("plan.wkt",
           "GEOMETRYCOLLECTION(POLYGON((0 0, 5 0, 5 5, 0 5, 0 0)), POLYGON((5 1, 9 1, 9 3, 5 3, 5 "
           "1), (6 1.5, 7 1.5, 7 2, 6 2, 6 1.5)))");
  ASSERT_EQ(building.surfaces.size(), 1U);
  EXPECT_EQ(building.surfaces[0].id, "walkable");
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 25 + 8 - 0.5, 1e-9);
  EXPECT_THAT(testing::message_of<FileError>([this] { read("bad.wkt", "POLYGON((0 0, 1"); }),
              HasSubstr("is not well-known text"));
  EXPECT_THAT(testing::message_of<FileError>([this] { read("bad.wkt", "POINT(0 0)"); }),
              HasSubstr("holds no polygon"));
}

TEST_F(CrowdGeometryFiles, HolesThatOverlapOrHangOverTheBorderAreCutOutTogether) {
  const Building building =
      read("plan.wkt",
           "POLYGON((0 0, 10 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2),"
           "(3 3, 5 3, 5 5, 3 5, 3 3), (7 7, 8 8, 7 7), (9 9, 11 9, 11 9.5, 9 9.5, 9 9))");
  ASSERT_EQ(building.surfaces.size(), 1U);
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 100 - 7 - 0.5, 1e-9);
  EXPECT_FALSE(self_crossing(building.surfaces[0].shape));
}

const std::string two_rooms_of_city = R"({"type":"CityJSON","version":"2.0",
"transform":{"scale":[0.1,0.1,0.1],"translate":[100,200,10]},
"vertices":[[0,0,0],[50,0,0],[50,40,0],[0,40,0],
            [50,10,0],[50,20,0],[50,20,20],[50,10,20],
            [100,0,0],[100,40,0],[100,10,0],[100,20,0],[100,20,20],[100,10,20],
            [100,30,0],[140,0,20],[140,40,20]],
"CityObjects":{
 "west":{"type":"BuildingRoom","geometry":[{"type":"MultiSurface","lod":"3",
   "boundaries":[[[0,1,2,3]],[[4,5,6,7]]],
   "semantics":{"surfaces":[{"type":"FloorSurface"},{"type":"Door"}],"values":[0,1]}}]},
 "east":{"type":"BuildingRoom","geometry":[{"type":"MultiSurface","lod":"3",
   "boundaries":[[[1,8,9,2]],[[4,5,6,7]],[[10,11,12,13]]],
   "semantics":{"surfaces":[{"type":"FloorSurface"},{"type":"Door"}],"values":[0,1,1]}}]},
 "roof":{"type":"Building","geometry":[]}}})";

TEST_F(CrowdGeometryFiles, RoomsOfCityJsonAreJoinedByTheirDoorsAndOuterDoorsLeadOut) {
  const Building building = read("rooms.city.json", two_rooms_of_city);
  ASSERT_EQ(building.surfaces.size(), 2U);
  EXPECT_NEAR(area_m2(building.surfaces[0].shape), 20, 1e-9);
  EXPECT_NEAR(building.surfaces[0].height_m, 10, 1e-9);
  ASSERT_EQ(building.openings.size(), 1U);
  EXPECT_NEAR(distance_m(building.openings[0].a, building.openings[0].b), 1, 1e-9);
  ASSERT_EQ(building.exits.size(), 1U);
  EXPECT_NEAR(building.exits[0].a.x_m, 110, 1e-9);
  EXPECT_TRUE(problems_of(building).empty());
}

TEST_F(CrowdGeometryFiles, ADoorOfCityJsonWithoutCornersIsNone) {
  std::string text = two_rooms_of_city;
  for (int i = 0; i < 2; ++i) text.replace(text.find("[[4,5,6,7]]"), 11, "[[]]");
  DrawnPlace place;
  read_cityjson_place(file("rooms.city.json", text), place);
  EXPECT_EQ(place.gaps.size(), 1U);
}

TEST_F(CrowdGeometryFiles, DoorsOfCityJsonJoinRoomsOfTheirOwnStorey) {
  auto root = nlohmann::json::parse(two_rooms_of_city);
  const std::size_t below = root["vertices"].size();
  for (std::size_t i = 0; i < below; ++i) {
    auto above = root["vertices"][i];
    above[2] = above[2].get<int>() + 30;
    root["vertices"].push_back(above);
  }
  for (const std::string id : {"west", "east"}) {
    auto above = root["CityObjects"][id];
    for (auto& surface : above["geometry"][0]["boundaries"]) {
      for (auto& vertex : surface[0]) vertex = vertex.get<std::size_t>() + below;
    }
    root["CityObjects"]["upper " + id] = above;
  }
  const Building building = read("tower.city.json", root.dump());
  ASSERT_EQ(building.surfaces.size(), 4U);
  ASSERT_EQ(building.openings.size(), 2U);
  for (const Opening& door : building.openings) {
    EXPECT_EQ(building.surfaces[door.surface].height_m, building.surfaces[door.beyond].height_m);
  }
  EXPECT_EQ(building.exits.size(), 2U);
  EXPECT_TRUE(problems_of(building).empty());
}

TEST_F(CrowdGeometryFiles, ASlopingFloorOfCityJsonIsARampOrStairs) {
  std::string text = two_rooms_of_city;
  const std::string flat = "[[1,8,9,2]]";
  text.replace(text.find(flat), flat.size(), "[[8,15,16,9]]");
  DrawnPlace place;
  read_cityjson_place(file("slope.city.json", text), place);
  // Objects come in the order of their names.
  ASSERT_EQ(place.surfaces.size(), 2U);
  const Surface& slope = place.surfaces[0];
  EXPECT_EQ(slope.kind, Surface::Kind::stairs);  // 2 m over 4 m
  EXPECT_NEAR(slope.rise_m, 2, 1e-6);
  EXPECT_NEAR(slope.low.x_m, 110, 1e-6);
  EXPECT_NEAR(slope.high.x_m, 114, 1e-6);
}

TEST_F(CrowdGeometryFiles, CityJsonThatIsNoneOrHoldsNoFloorIsRefused) {
  const auto message = [this](const std::string& text) {
    return testing::message_of<FileError>([&] { read("bad.city.json", text); });
  };
  EXPECT_THAT(message("{"), HasSubstr("is not as CityJSON should be"));
  EXPECT_THAT(message(R"({"type":"Feature"})"), HasSubstr("is not CityJSON"));
  EXPECT_THAT(message(R"({"type":"CityJSON","vertices":[],"CityObjects":{}})"),
              HasSubstr("holds no floor"));
  std::string text = two_rooms_of_city;
  text.replace(text.find("[[0,1,2,3]]"), 11, "[[0,1,2,99]]");
  EXPECT_THAT(message(text), HasSubstr("object 'west': there is no vertex 99"));
}

TEST_F(CrowdGeometryFiles, AnAreaWithItsMiddleInAHoleLiesOnTheOnlySurfaceItReachesOnto) {
  const std::string ring =
      feature(R"("kind":"surface","id":"ring")", "Polygon",
              "[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[2,2],[2,8],[8,8],[8,2],[2,2]]]");
  const std::string all =
      feature(R"("kind":"area","id":"all")", "Polygon", "[[[-1,-1],[11,-1],[11,11],[-1,11]]]");
  const Building building = read("ring.geojson", collection(ring + "," + all));
  ASSERT_EQ(building.areas.size(), 1U);
  EXPECT_EQ(building.areas[0].surface, 0U);

  const std::string beside = feature(R"("kind":"surface","id":"beside")", "Polygon",
                                     "[[[10.5,0],[14,0],[14,4],[10.5,4]]]");
  EXPECT_THAT(testing::message_of<FileError>(
                  [&] { read("two.geojson", collection(ring + "," + beside + "," + all)); }),
              HasSubstr("lies over surface 'ring' and 'beside'"));
  const std::string away =
      feature(R"("kind":"area","id":"away")", "Polygon", "[[[20,0],[22,0],[22,2]]]");
  EXPECT_THAT(
      testing::message_of<FileError>([&] { read("away.geojson", collection(ring + "," + away)); }),
      HasSubstr("lies on no surface"));
}

}  // namespace
}  // namespace kontwin::crowd
