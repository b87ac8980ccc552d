#include "io/import/geotiff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/import/geotiff_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using kontwin::testing::GeoTiffFile;
using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;

class GeoTiff : public ::testing::Test {
 protected:
  std::string path(const char* name = "dem.tif") const { return (folder_.path() / name).string(); }
  std::string refusal(const GeoTiffOptions& options = {}) const {
    return message_of<FileError>([&] { import_geotiff(path(), frame_, "dem", options); });
  }

  ScratchFolder folder_;
  LocalFrame frame_{GeoPoint{108.0, 14.4}};
  ImportReport report_;
};

TEST_F(GeoTiff, ASlopeInDegreesKeepsItsHeightsAtTheirPlaces) {
  // A plane that rises to the east: 1 m a column of 0.001°.
  GeoTiffFile{.path = path(), .value = [](int column, int) { return 500.0 + column; }}.write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", {}, &report_);
  for (const double east_deg : {0.005, 0.0173, 0.033}) {
    const LocalPoint point = frame_.to_local({108.0 + east_deg, 14.385});
    // A column's height stands at its centre.
    EXPECT_NEAR(interpolate(grid.elevation_m, point), 500 + east_deg / 0.001 - 0.5, 0.05);
  }
  EXPECT_NEAR(grid.elevation_m.shape.cell_m, 108, 4);  // 0.001° here
  EXPECT_EQ(grid.manning_n.shape, grid.elevation_m.shape);
  EXPECT_FLOAT_EQ(grid.manning_n.values.front(), 0.035F);
}

TEST_F(GeoTiff, NorthStaysNorth) {
  GeoTiffFile{.path = path(), .value = [](int, int row) { return row == 0 ? 900.0 : 100.0; }}
      .write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem");
  const auto& shape = grid.elevation_m.shape;
  EXPECT_GT(grid.elevation_m.at(shape.columns / 2, shape.rows - 1), 700);
  EXPECT_FLOAT_EQ(grid.elevation_m.at(shape.columns / 2, 0), 100);
}

TEST_F(GeoTiff, GridEdgesLieOnMultiplesOfTheCell) {
  GeoTiffFile{.path = path()}.write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", {.cell_m = 90});
  const auto& shape = grid.elevation_m.shape;
  EXPECT_DOUBLE_EQ(shape.cell_m, 90);
  EXPECT_DOUBLE_EQ(std::remainder(shape.left_m, 90), 0);
  EXPECT_DOUBLE_EQ(std::remainder(shape.bottom_m, 90), 0);
}

TEST_F(GeoTiff, CellsWithoutAHeightTakeTheNearestOneAndAreCounted) {
  GeoTiffFile file{.path = path(), .nodata = -9999, .has_nodata = true};
  file.value = [](int column, int row) {
    return column >= 10 && column < 14 && row >= 10 && row < 14 ? -9999.0 : 500.0;
  };
  file.write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", {}, &report_);
  for (const float height : grid.elevation_m.values) EXPECT_FLOAT_EQ(height, 500);
  EXPECT_GE(report_.counted("cells without a height"), 4U);
  ASSERT_FALSE(report_.messages().empty());
  EXPECT_THAT(report_.messages().front(), AllOf(HasSubstr(path()), HasSubstr("no height")));
}

TEST_F(GeoTiff, AVoidThatTheFileDoesNotDeclareIsNoHeight) {
  GeoTiffFile file{.path = path(), .integers = true};
  file.value = [](int column, int) { return column == 20 ? -32768.0 : 640.0; };
  file.write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", {}, &report_);
  for (const float height : grid.elevation_m.values) EXPECT_FLOAT_EQ(height, 640);
  EXPECT_GT(report_.counted("cells without a height"), 0U);
}

TEST_F(GeoTiff, DecimetresInSixteenBitsAreScaledAsTheFileSays) {
  GeoTiffFile file{.path = path(), .integers = true, .scale = 0.1};
  file.value = [](int, int) { return 12345.0; };
  file.write();
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", {}, &report_);
  EXPECT_NEAR(grid.elevation_m.values.front(), 1234.5, 0.01);
}

TEST_F(GeoTiff, LandCoverClassesBecomeRoughness) {
  GeoTiffFile{.path = path()}.write();
  GeoTiffFile cover{.path = path("cover.tif"), .integers = true};
  cover.value = [](int column, int) { return column < 20 ? 10.0 : 77.0; };  // trees; no such class
  cover.write();
  GeoTiffOptions options;
  options.manning_n = 0.05;
  options.land_cover = path("cover.tif");
  const TerrainGrid grid = import_geotiff(path(), frame_, "dem", options, &report_);
  const auto& shape = grid.manning_n.shape;
  EXPECT_FLOAT_EQ(grid.manning_n.at(3, shape.rows / 2), 0.1F);
  EXPECT_FLOAT_EQ(grid.manning_n.at(shape.columns - 4, shape.rows / 2), 0.05F);
  EXPECT_EQ(report_.counted("land cover files with gaps"), 1U);
}

TEST_F(GeoTiff, ATruncatedFileNamesTheRowsThatBroke) {
  GeoTiffFile{.path = path(), .columns = 400, .rows = 300}.write();
  ScratchFolder::truncate(path(), 0.5);
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path() + ": rows "), HasSubstr("of 300 cannot be read")));
}

TEST_F(GeoTiff, AFileCutInItsHeaderIsNoGeoTiff) {
  GeoTiffFile{.path = path()}.write();
  std::filesystem::resize_file(path(), 40);
  EXPECT_THAT(refusal(), HasSubstr(path() + ": is not a readable GeoTIFF"));
}

TEST_F(GeoTiff, SomethingElseUnderTheNameIsRefused) {
  EXPECT_THAT(refusal(), HasSubstr("there is no such file"));
  folder_.write("dem.tif", "ncols 4\nnrows 4\n");
  EXPECT_THAT(refusal(), HasSubstr("is not a readable GeoTIFF"));
}

TEST_F(GeoTiff, AFileWithoutAPlaceOnTheEarthIsRefused) {
  GeoTiffFile{.path = path(), .has_place = false}.write();
  EXPECT_THAT(refusal(), HasSubstr("where on the earth"));
  GeoTiffFile{.path = path(), .crs = ""}.write();
  EXPECT_THAT(refusal(), HasSubstr("names no coordinate system"));
  GeoTiffOptions given;
  given.crs = "EPSG:4326";
  EXPECT_NO_THROW(import_geotiff(path(), frame_, "dem", given));
  given.crs = "EPSG:none";
  EXPECT_THAT(refusal(given), HasSubstr("'EPSG:none' is not known"));
}

TEST_F(GeoTiff, OneBandOfSeveralMustBeChosen) {
  GeoTiffFile{.path = path(), .bands = 3}.write();
  EXPECT_THAT(refusal(), HasSubstr("has 3 bands"));
  GeoTiffOptions second;
  second.band = 2;
  EXPECT_NO_THROW(import_geotiff(path(), frame_, "dem", second));
  second.band = 4;
  EXPECT_THAT(refusal(second), HasSubstr("has no band 4"));
}

TEST_F(GeoTiff, FeetAreRefused) {
  GeoTiffFile{.path = path(), .unit = "ft"}.write();
  EXPECT_THAT(refusal(), HasSubstr("'ft'; metres are needed"));
}

TEST_F(GeoTiff, AFileThatMissesTheWorldSaysWhereBothLie) {
  GeoTiffFile{.path = path()}.write();
  GeoTiffOptions far;
  far.extent = LocalBox{200'000, 200'000, 210'000, 210'000};
  EXPECT_THAT(refusal(far),
              AllOf(HasSubstr("does not overlap the world"), HasSubstr("200 to 210")));
}

TEST_F(GeoTiff, AFileOfVoidsHasNoHeight) {
  GeoTiffFile file{.path = path(), .nodata = -9999, .has_nodata = true};
  file.value = [](int, int) { return -9999.0; };
  file.write();
  EXPECT_THAT(refusal(), HasSubstr("holds no height"));
}

}  // namespace
}  // namespace kontwin
