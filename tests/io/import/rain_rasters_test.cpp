#include "io/import/rain_rasters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/import/geotiff_file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using testing::GeoTiffFile;
using ::testing::HasSubstr;
using testing::message_of;
using testing::ScratchFolder;

class RainRasters : public ::testing::Test {
 protected:
  std::string path(const char* name) const { return (folder.path() / name).string(); }
  /// A raster of 0.01° round the world's origin; columns rain `mmph` times their number.
  void write(const char* name, double mmph) const {
    const GeoPoint origin = world->frame().to_geo({0, 0});
    GeoTiffFile{.path = path(name),
                .left = origin.longitude_deg - 0.2,
                .top = origin.latitude_deg + 0.15,
                .cell = 0.01,
                .value = [mmph](int column, int) { return mmph * column; }}
        .write();
  }

  ScratchFolder folder;
  std::shared_ptr<const World> world = testing::town(4);
};

TEST_F(RainRasters, AreWarpedIntoTheWorldsFrameInOrder) {
  write("a.tif", 1);
  write("b.tif", 2);
  const Instant noon{std::chrono::hours(12)};
  const RainRaster rain = read_rain_rasters(
      {{noon, path("a.tif")}, {noon + std::chrono::hours(1), path("b.tif")}}, *world);
  ASSERT_EQ(rain.at.size(), 2U);
  EXPECT_NEAR(rain.shape.cell_m, 1080, 40);
  const std::size_t here = rain.shape.cell_of({500, 500});
  EXPECT_NEAR(rain.mmph[0][here], 20, 1);
  EXPECT_FLOAT_EQ(rain.mmph[1][here], 2 * rain.mmph[0][here]);
}

TEST_F(RainRasters, RefusesRainThatCannotBe) {
  write("a.tif", 100);
  EXPECT_THAT(message_of<FileError>([&] {
                read_rain_rasters({{Instant{}, path("a.tif")}}, *world);
              }),
              HasSubstr("1000 mm/h"));
  EXPECT_THROW(read_rain_rasters({{Instant{}, path("none.tif")}}, *world), FileError);
}

}  // namespace
}  // namespace kontwin
