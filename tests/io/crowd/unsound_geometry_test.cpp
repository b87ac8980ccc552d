#include <gmock/gmock.h>

#include <fstream>

#include "io/crowd/geometry_files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class UnsoundGeometry : public ::testing::Test {
 protected:
  /// Why a file is refused.
  std::string why(const std::string& name, const std::string& text, Coordinates coordinates = {}) {
    const auto path = folder_.path() / name;
    std::ofstream(path) << text;
    return testing::message_of<FileError>([&] {
      DrawnPlace place;
      read_place(path, coordinates, place);
      sort_out(std::move(place));
    });
  }
  std::string why_surface(const std::string& rings, Coordinates coordinates = {}) {
    return why("plan.geojson",
               R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":)"
               R"({"kind":"surface","id":"hall"},"geometry":{"type":"Polygon","coordinates":)" +
                   rings + "}}]}",
               coordinates);
  }

 private:
  testing::ScratchFolder folder_;
};

TEST_F(UnsoundGeometry, OfGeoJsonIsToldByFeatureAndPlace) {
  EXPECT_THAT(why_surface("[[[0,0],[20,10],[20,0],[0,10],[0,0]]]"),
              AllOf(HasSubstr("plan.geojson: feature 1"), HasSubstr("surface 'hall'"),
                    HasSubstr("its border crosses itself at (10.0")));
  EXPECT_THAT(why_surface("[[[0,0],[20,0],[20,10],[0,10],[0,0]],[[4,4],[5,4],[5,5],[4,5],[4,4]],"
                          "[[30,1],[31,1],[31,2],[30,2],[30,1]]]"),
              AllOf(HasSubstr("plan.geojson: feature 1"), HasSubstr("hole 2, from (30.0"),
                    HasSubstr("lies outside its border")));
  EXPECT_THAT(why_surface("[[[0,0],[20,0],[20,10],[0,10],[0,0]],"
                          "[[-1,-1],[21,-1],[21,11],[-1,11],[-1,-1]]]"),
              HasSubstr("a hole leaves nothing of it"));
}

TEST_F(UnsoundGeometry, AFeatureWithoutAKindIsToldThatFirst) {
  EXPECT_THAT(why("plan.geojson",
                  R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                  R"("geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]})"),
              HasSubstr("feature 1: has no property 'kind': surface, stairs"));
}

TEST_F(UnsoundGeometry, UnitsThatCannotBeAreAskedAfter) {
  Coordinates degrees;
  degrees.kind = Coordinates::Kind::as_said;
  const std::string small = "[[[106.7,10.77],[106.7003,10.77],[106.7003,10.7703],[106.7,10.77]]]";
  EXPECT_THAT(why_surface("[[[0,0],[20,0],[20,10],[0,10],[0,0]]]", degrees),
              AllOf(HasSubstr("feature 1"), HasSubstr("taken as degrees: are they metres")));
  EXPECT_THAT(why_surface(small), AllOf(HasSubstr("feature 1"), HasSubstr("are they degrees")));
  EXPECT_EQ(why_surface(small, degrees), "");
}

TEST_F(UnsoundGeometry, OfWellKnownTextIsToldByPolygonAndPlace) {
  EXPECT_THAT(why("plan.wkt", "POLYGON ((0 0, 30 3, 30 0, 0 3, 0 0))"),
              HasSubstr("plan.wkt: polygon 1: its border crosses itself at (15.0"));
  EXPECT_THAT(why("plan.wkt",
                  "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((0 0, 30 0, 30 3, 0 3, 0 0), "
                  "(40 1, 41 1, 41 2, 40 1)))"),
              HasSubstr("plan.wkt: polygon 2: hole 1, from (40.0"));
  // Its last corner would be left out as the one that closes the ring.
  EXPECT_THAT(why("plan.wkt", "POLYGON ((0 0, 30 0, 30 3, 0 3))"),
              HasSubstr("plan.wkt: the ring from (0.000000, 0.000000) does not end where it"));
}

/// A room whose floor and door are given by corners in centimetres.
std::string room(const std::string& floor, const std::string& door,
                 const std::string& reference = "EPSG/0/9216") {
  return R"({"type":"CityJSON","version":"1.1","metadata":{"referenceSystem":)"
         R"("https://www.opengis.net/def/crs/)" +
         reference +
         R"("},"transform":{"scale":[0.01,0.01,0.01],"translate":[0,0,0]},"CityObjects":{"office":)"
         R"({"type":"BuildingRoom","geometry":[{"type":"MultiSurface","lod":"2","boundaries":)"
         R"([[[0,1,2,3]],[[4,5,6,7]]],"semantics":{"surfaces":[{"type":"FloorSurface"},)"
         R"({"type":"Door"}],"values":[0,1]}}]}},"vertices":[)" +
         floor + "," + door + "]}";
}
const std::string square = "[0,0,0],[800,0,0],[800,600,0],[0,600,0]";
const std::string door = "[800,200,0],[800,300,0],[800,300,210],[800,200,210]";

TEST_F(UnsoundGeometry, OfCityJsonIsToldByObjectAndPlace) {
  EXPECT_EQ(why("a.city.json", room(square, door)), "");
  EXPECT_THAT(why("a.city.json", room("[0,0,0],[800,600,0],[800,0,0],[0,600,0]", door)),
              AllOf(HasSubstr("a.city.json: object 'office'"),
                    HasSubstr("its border crosses itself at (4.0")));
  EXPECT_THAT(
      why("a.city.json", room(square, "[800,200,0],[800,200,0],[800,200,210],[800,200,210]")),
      HasSubstr("object 'office': a door at (8.000000, 2.000000) is 0.000000 m wide"));
  EXPECT_THAT(why("a.city.json", room(square, door, "EPSG/0/4326")),
              HasSubstr("EPSG/0/4326' measures degrees"));
  EXPECT_THAT(why("a.city.json", room("[0,0,0],[3,0,0],[3,3,0],[0,3,0]", door)),
              HasSubstr("are its coordinates metres?"));
  std::string text = room(square, door);
  text.replace(text.find("[0,1]}}"), 5, "[0,7]");
  EXPECT_THAT(why("a.city.json", text),
              HasSubstr("object 'office': its semantics have no surface 7"));
}

}  // namespace
}  // namespace kontwin::crowd
