#include "io/import/entities.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "io/import/rivers.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::HasSubstr;

class Entities : public ::testing::Test {
 protected:
  Entities() { parts_.frame = LocalFrame(GeoPoint{108, 14.35}); }

  void csv(const std::string& text, const EntityFileOptions& options = {}) {
    import_entities_csv(folder_.write("list.csv", text), parts_, options, &report_);
  }
  std::string csv_refusal(const std::string& text) {
    return message_of<FileError>([&] { csv(text); });
  }
  void geojson(const std::string& features) {
    import_entities_geojson(
        folder_.write("list.geojson",
                      "{\"type\":\"FeatureCollection\",\n\"features\":[" + features + "]}"),
        parts_, {}, &report_);
  }
  std::string geojson_refusal(const std::string& features) {
    return message_of<FileError>([&] { geojson(features); });
  }
  std::string feature(const std::string& properties,
                      const std::string& geometry = R"("Point","coordinates":[108.01,14.36])") {
    return R"({"type":"Feature","geometry":{"type":)" + geometry + R"(},"properties":{)" +
           properties + "}}";
  }
  const EntityTable& table(Kind kind) const { return parts_.entities[index_of(kind)]; }

  ScratchFolder folder_;
  WorldParts parts_;
  ImportReport report_;
};

TEST_F(Entities, ACsvLineBecomesAnEntity) {
  csv("kind,id,name,lon,lat,bd1_m,bd2_m,bd3_m,beds,provenance,commune\n"
      "river_gauge,69702,\"Kon Tum, Đăk Bla\",108.0,14.35,518,519.5,520.5,,fact,23293\n"
      "Hospital,bv-tinh,Bệnh viện tỉnh,108.01,14.36,,,,750,,\n");
  const EntityTable& gauges = table(Kind::river_gauge);
  ASSERT_EQ(gauges.size(), 1U);
  EXPECT_EQ(gauges.urn[0], "urn:ngsi-ld:RiverGauge:69702");
  EXPECT_EQ(gauges.name[0], "Kon Tum, Đăk Bla");
  EXPECT_EQ(gauges.attribute(river_gauge_attribute::bd2_m, 0), 519.5);
  EXPECT_TRUE(std::isnan(gauges.attribute(river_gauge_attribute::record_m, 0)));
  EXPECT_EQ(gauges.commune_code[0], "23293");
  EXPECT_NEAR(gauges.place[0].x_m, 0, 1e-6);
  EXPECT_EQ(table(Kind::hospital).attribute(hospital_attribute::beds, 0), 750);
  ASSERT_EQ(parts_.sources.size(), 1U);
  EXPECT_EQ(parts_.sources[0].id, "list.csv");
}

TEST_F(Entities, Vn2000PlacesLandWhereTheirWgs84TwinsDo) {
  const Vn2000Point point = Vn2000({107.5, 0.9999}).from_wgs84({108.01, 14.36});
  csv("kind,id,x,y,zone\nschool,a," + std::to_string(point.easting_m) + "," +
      std::to_string(point.northing_m) + ",107-30\n");
  const LocalPoint expected = parts_.frame.to_local({108.01, 14.36});
  EXPECT_LT(distance_m(table(Kind::school).place[0], expected), 0.001);
}

TEST_F(Entities, CsvErrorsNameLineAndColumn) {
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a,108,14.3\n# note\nscool,b,108,14.3\n"),
              HasSubstr("list.csv:4: column 'kind': 'scool' is not a kind"));
  EXPECT_THAT(
      csv_refusal("kind,id,lon,lat,bds\nhospital,a,108,14.3,5\n"),
      HasSubstr("list.csv:1: column 'bds' is no attribute of any kind (did you mean 'beds'?)"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat,beds\nschool,a,108,14.3,5\n"),
              HasSubstr("list.csv:2: column 'beds': a school has no such attribute"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a,108,14.x\n"),
              HasSubstr("list.csv:2: '14.x' in column 'lat' is not a number"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a,14.3,108\n"),
              HasSubstr("list.csv:2: column 'lat': lies outside"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat,beds\nhospital,a,108,14.3,nan\n"),
              HasSubstr("column 'beds': is not a finite number"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a,108,14.3\nschool,a,108,14.3\n"),
              HasSubstr("list.csv:3: column 'id': 'a' was used before, in line 2"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a b,108,14.3\n"), HasSubstr("column 'id'"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nroad,a,108,14.3\n"), HasSubstr("cannot come from"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat,lon\nschool,a,108,14.3,1\n"),
              HasSubstr("list.csv:1: column 'lon' is named twice"));
  EXPECT_THAT(csv_refusal("kind,id\nschool,a\n"), HasSubstr("neither the columns lon and lat"));
  EXPECT_THAT(csv_refusal("kind,id,x,y\nschool,a,554000,1587000\n"),
              HasSubstr("column 'zone': is missing"));
  // Northing and easting the wrong way round.
  EXPECT_THAT(csv_refusal("kind,id,x,y,zone\nschool,a,1587000,554000,107-30\n"),
              HasSubstr("column 'x': is not an easting"));
}

TEST_F(Entities, ATableAsSpreadsheetsSaveItIsToldWhatIsWrong) {
  EXPECT_THAT(csv_refusal("kind;id;lon;lat\nschool;a;108;14.3\n"),
              HasSubstr("list.csv:1: has no column 'id'; it has 'kind;id;lon;lat'; a comma must"));
  EXPECT_THAT(csv_refusal("kind\tid\tlon\tlat\n"), HasSubstr("a comma must"));
  EXPECT_THAT(csv_refusal("kind;id;lon;lat\nschool;a;108,1;14.3\n"),
              HasSubstr("list.csv:2: 2 fields where the header has 1; a comma must"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\nschool,a,\"108,1\",14.3\n"),
              HasSubstr("list.csv:2: '108,1' in column 'lon' is not a number; a point must"));
  EXPECT_THAT(csv_refusal("kind,id,lon,lat\rschool,a,108,14.3\r"),
              HasSubstr("list.csv: ends its lines with carriage returns alone"));
  EXPECT_THAT(csv_refusal("kind, id,lon,lat\n"), HasSubstr("it has 'kind', ' id', 'lon', 'lat'"));
  EXPECT_THAT(csv_refusal("kind,id,name,lon,lat\nschool,a,A,108,14.3\nschool,b,\xD3,108,14.3\n"),
              HasSubstr("list.csv:3: is not UTF-8"));
  EXPECT_TRUE(parts_.entities[index_of(Kind::school)].urn.empty()) << "none of the table is taken";
}

TEST_F(Entities, GeoJsonPointsAndOutlinesBecomeEntities) {
  geojson(feature(R"("kind":"shelter","id":"s1","name":"Nhà rông","places":300)") + "," +
          feature(R"("kind":"farm_plot","id":"p1","name":null)",
                  R"("Polygon","coordinates":[[[108,14.35],[108.001,14.35],[108.001,14.351],)"
                  R"([108,14.351],[108,14.35]]])"));
  EXPECT_EQ(table(Kind::shelter).attribute(shelter_attribute::places, 0), 300);
  EXPECT_NEAR(table(Kind::farm_plot).attribute(farm_plot_attribute::area_m2, 0), 107.9 * 110.6, 50);
  EXPECT_NEAR(table(Kind::farm_plot).place[0].x_m, 53.9, 0.2);
}

TEST_F(Entities, GeoJsonErrorsNameFeatureAndField) {
  const std::string good = feature(R"("kind":"school","id":"a")");
  EXPECT_THAT(
      geojson_refusal(good + "," + feature(R"("kind":"school","id":"b","name":"Xã","pupls":3)")),
      HasSubstr("list.geojson: feature 2 (\"Xã\"): field 'pupls': is no attribute of any kind "
                "(did you mean 'pupils'?)"));
  EXPECT_THAT(geojson_refusal(feature(R"("kind":"school","id":"a","pupils":"many")")),
              HasSubstr("feature 1: field 'pupils': \"many\" is not a number"));
  EXPECT_THAT(geojson_refusal(
                  feature(R"("kind":"school","id":"a")", R"("Point","coordinates":[14.3,108])")),
              HasSubstr("feature 1: a position lies outside"));
  EXPECT_THAT(
      geojson_refusal(feature(R"("kind":"school","id":"a")", R"("LineString","coordinates":[])")),
      HasSubstr("field 'geometry': is a LineString"));
  EXPECT_THAT(geojson_refusal(good + ",\n{\"type\":\"Feature\""),
              HasSubstr("list.geojson:3: is not JSON"));
  EXPECT_THAT(geojson_refusal(good + ",7"), HasSubstr("feature 2: is not a Feature"));
}

TEST_F(Entities, GeoJsonInAnotherCoordinateSystemIsRefused) {
  const auto file = [&](const std::string& crs) {
    return folder_.write("list.geojson", R"({"type":"FeatureCollection","crs":)" + crs +
                                             R"(,"features":[)" +
                                             feature(R"("kind":"school","id":"a")") + "]}");
  };
  EXPECT_THAT(message_of<FileError>([&] {
                import_entities_geojson(
                    file(R"({"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9216"}})"),
                    parts_, {}, &report_);
              }),
              HasSubstr("list.geojson: names the coordinate system urn:ogc:def:crs:EPSG::9216"));
  EXPECT_THAT(message_of<FileError>([&] {
                import_rivers_geojson(file(R"({"type":"link"})"), parts_, 200, &report_);
              }),
              HasSubstr(R"(names the coordinate system {"type":"link"})"));
  import_entities_geojson(
      file(R"({"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}})"), parts_, {},
      &report_);
  EXPECT_EQ(table(Kind::school).size(), 1U);
}

TEST_F(Entities, AnOutlineThatIsNotClosedIsRefused) {
  EXPECT_THAT(geojson_refusal(feature(
                  R"("kind":"farm_plot","id":"p")",
                  R"("Polygon","coordinates":[[[108,14.35],[108.001,14.35],[108.001,14.351],)"
                  R"([108,14.351]]])")),
              HasSubstr("its ring does not end where it begins"));
}

TEST_F(Entities, GeoJsonThatOnlyLooksLikeOneIsRefused) {
  const auto refusal_of = [this](const std::string& coordinates) {
    return geojson_refusal(feature(R"("kind":"farm_plot","id":"a")", coordinates));
  };
  EXPECT_THAT(geojson_refusal(R"({"type":7})"), HasSubstr("feature 1: is not a Feature"));
  EXPECT_THAT(refusal_of(R"("MultiPolygon","coordinates":[5])"),
              HasSubstr("field 'geometry': has no ring"));
  EXPECT_THAT(refusal_of(R"("MultiPolygon","coordinates":[{"a":[]}])"),
              HasSubstr("field 'geometry': has no ring"));
  EXPECT_THAT(refusal_of(R"("Point","coordinates":[1e400,14])"),
              HasSubstr("list.geojson: holds a number beyond"));
  const std::string deep(200'000, '[');
  EXPECT_THAT(geojson_refusal(feature(R"("kind":"school","id":)" + deep)),
              HasSubstr("list.geojson: is nested more than 32 levels deep"));
}

TEST_F(Entities, ARiverTooFarFromTheWorldIsNamed) {
  const auto path = folder_.write("rivers.geojson",
                                  "{\"type\":\"FeatureCollection\",\"features\":[" +
                                      feature(R"("name":"Seine","bed_m":[1,0])",
                                              R"("LineString","coordinates":[[18,0],[108,15]])") +
                                      "]}");
  EXPECT_THAT(message_of<FileError>([&] { import_rivers_geojson(path, parts_); }),
              HasSubstr("rivers.geojson: feature 1 (\"Seine\"): field 'geometry': local frame"));
}

TEST_F(Entities, ARiverTakesItsBedFromTheTerrainAndNeverRises) {
  // A valley floor that falls to the east, with a bump across it.
  auto terrain = std::make_shared<Terrain>(*testing::empty_parts(100, 20, 50, 0).terrain);
  auto& heights = terrain->grids[0].elevation_m;
  for (std::size_t row = 0; row < 20; ++row) {
    for (std::size_t column = 0; column < 100; ++column) {
      heights.at(column, row) = 600 - static_cast<float>(column) + (column == 40 ? 30.0F : 0.0F);
    }
  }
  parts_.terrain = terrain;
  const GeoPoint west = parts_.frame.to_geo({100, 500});
  const GeoPoint east = parts_.frame.to_geo({4900, 500});
  const auto line = [](GeoPoint a, GeoPoint b) {
    return "\"LineString\",\"coordinates\":[[" + std::to_string(a.longitude_deg) + "," +
           std::to_string(a.latitude_deg) + "],[" + std::to_string(b.longitude_deg) + "," +
           std::to_string(b.latitude_deg) + "]]";
  };
  const auto file = folder_.write(
      "rivers.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" +
                            feature(R"("name":"Đăk Bla","width_m":80)", line(west, east)) + "]}");
  import_rivers_geojson(file, parts_, 101);
  ASSERT_EQ(parts_.rivers.size(), 1U);
  const River& river = parts_.rivers[0];
  EXPECT_EQ(river.line.size(), 49U);
  EXPECT_NEAR(river.bed_m.front(), 600 - 2 - 1.5, 0.5);
  for (std::size_t i = 1; i < river.bed_m.size(); ++i)
    EXPECT_LE(river.bed_m[i], river.bed_m[i - 1]);
  EXPECT_FLOAT_EQ(river.width_m[5], 80);
  const auto nameless =
      folder_.write("rivers.geojson", "{\"type\":\"FeatureCollection\",\"features\":[" +
                                          feature(R"("width_m":80)", line(west, east)) + "]}");
  EXPECT_THAT(message_of<FileError>([&] { import_rivers_geojson(nameless, parts_); }),
              HasSubstr("feature 1: field 'name': is missing"));
}

}  // namespace
}  // namespace kontwin
