#include "io/import/vn2000.hpp"

#include <gtest/gtest.h>
#include <proj.h>

#include "io/import/geotiff.hpp"
#include "tests/io/import/geotiff_file.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/local_frame.hpp"

namespace kontwin {
namespace {

const LocalFrame kon_tum{GeoPoint{108.0, 14.35}};

double apart_m(GeoPoint a, GeoPoint b) {
  return distance_m(kon_tum.to_local(a), kon_tum.to_local(b));
}

TEST(Vn2000, ThereAndBackIsWithinAMillimetre) {
  const Vn2000 zone({107.5, 0.9999});
  for (const GeoPoint place : {GeoPoint{108.0, 14.35}, {107.35, 13.95}, {108.55, 15.4}}) {
    EXPECT_LT(apart_m(zone.to_wgs84(zone.from_wgs84(place)), place), 0.001);
  }
}

TEST(Vn2000, AgreesWithTheEpsgRegistryInKonTum) {
  // EPSG:9216 is VN-2000 / TM-3 107-30; PROJ takes its way to WGS 84 from the EPSG registry.
  PJ_CONTEXT* const context = proj_context_create();
  PJ* const pair = proj_create_crs_to_crs(context, "EPSG:9216", "EPSG:4326", nullptr);
  ASSERT_NE(pair, nullptr);
  const Vn2000Point point{554'000, 1'587'000};
  const PJ_COORD result =
      proj_trans(pair, PJ_FWD, proj_coord(point.easting_m, point.northing_m, 0, 0));
  const GeoPoint registry{result.xy.y, result.xy.x};  // EPSG:4326 is latitude first
  EXPECT_LT(apart_m(Vn2000({107.5, 0.9999}).to_wgs84(point), registry), 0.001);
  proj_destroy(pair);
  proj_context_destroy(context);
}

TEST(Vn2000, MeetsAPublishedPairWithinTwoCentimetres) {
  // The example of the converter github.com/guitarkhongem/vn2000towgs84tovn2000, a camera position
  // over Hướng Hóa (central meridian 106°15'): x 1,855,759.3584 m north, y 546,151.8072 m east. It
  // follows the formulas of Trần Trung Anh and Quách Mạnh Tuấn ("Công tác tính chuyển tọa độ trong
  // công nghệ máy bay không người lái có định vị tâm chụp chính xác", national conference on
  // geospatial technology, 2021): X' = dX + k (X + rz Y - ry Z), a coordinate frame rotation. Read
  // as a position vector the parameters land 0.67 m away.
  const Vn2000 zone({106.25, 0.9999});
  const GeoPoint published{106.6847777, 16.77839862};
  const LocalFrame frame{published};
  const GeoPoint ours = zone.to_wgs84({546'151.8072, 1'855'759.3584});
  EXPECT_LT(distance_m(frame.to_local(ours), frame.to_local(published)), 0.02);
  const Vn2000Point back = zone.from_wgs84(published);
  EXPECT_NEAR(back.easting_m, 546'151.8072, 0.02);
  EXPECT_NEAR(back.northing_m, 1'855'759.3584, 0.02);
}

TEST(Vn2000, Wgs84LiesAboutTwoHundredMetresEastSouthEast) {
  const GeoPoint place{108.0, 14.35};
  const Vn2000Point shifted = Vn2000({108.0, 1.0}).from_wgs84(place);
  // On its own meridian without the datum shift the easting would be 500,000 m.
  EXPECT_NEAR(shifted.easting_m, 500'000 - 195, 5);
}

TEST(Vn2000, ZonesAreReadAsPeopleWriteThem) {
  for (const char* text : {"107.5", "107-30", "107°30'", "107°30′"}) {
    const auto zone = parse_vn2000_zone(text);
    ASSERT_TRUE(zone) << text;
    EXPECT_EQ(*zone, (Vn2000Zone{107.5, 0.9999})) << text;
  }
  EXPECT_EQ(parse_vn2000_zone("48N"), (Vn2000Zone{105, 0.9996}));
  for (const char* text : {"", "99", "107-60", "107-", "north", "107.5x"}) {
    EXPECT_FALSE(parse_vn2000_zone(text)) << text;
  }
}

TEST(Vn2000, ARasterInVn2000LandsWhereItsPointsDo) {
  const testing::ScratchFolder folder;
  const auto path = (folder.path() / "vn.tif").string();
  // One high cell of 10 m in a plain.
  testing::GeoTiffFile file{.path = path,
                            .crs = "EPSG:9216",
                            .left = 553'000,
                            .top = 1'588'000,
                            .cell = 10,
                            .columns = 200,
                            .rows = 200};
  file.value = [](int column, int row) { return column == 100 && row == 120 ? 900.0 : 500.0; };
  file.write();
  const GeoPoint summit = Vn2000({107.5, 0.9999}).to_wgs84({553'000 + 1005, 1'588'000 - 1205});
  const TerrainGrid grid = import_geotiff(path, kon_tum, "vn", {.cell_m = 2});
  std::size_t highest = 0;
  for (std::size_t cell = 0; cell < grid.elevation_m.values.size(); ++cell) {
    if (grid.elevation_m.values[cell] > grid.elevation_m.values[highest]) highest = cell;
  }
  const auto& shape = grid.elevation_m.shape;
  const LocalPoint found = shape.center(highest % shape.columns, highest / shape.columns);
  EXPECT_LT(distance_m(found, kon_tum.to_local(summit)), 2.5);  // half a cell of 2 m and a diagonal
}

}  // namespace
}  // namespace kontwin
