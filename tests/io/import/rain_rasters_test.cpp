#include "io/import/rain_rasters.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

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

  /// A netCDF file over time, as other programs write it: band b rains b kg m-2 s-1 / 3600.
  void write_netcdf(const char* name, const std::string& times, const std::string& unit,
                    bool names_a_system = true) const {
    GDALAllRegister();
    const GeoPoint origin = world->frame().to_geo({0, 0});
    auto* const memory = GetGDALDriverManager()->GetDriverByName("MEM");
    const int count = static_cast<int>(std::ranges::count(times, ',')) + 1;
    GDALDataset* const grid = memory->Create("", 40, 30, count, GDT_Float32, nullptr);
    std::array<double, 6> corner{origin.longitude_deg - 0.2, 0.01, 0,
                                 origin.latitude_deg + 0.15, 0,    -0.01};
    grid->SetGeoTransform(corner.data());
    OGRSpatialReference earth;
    earth.SetWellKnownGeogCS("WGS84");
    if (names_a_system) grid->SetSpatialRef(&earth);
    grid->SetMetadataItem("NETCDF_DIM_EXTRA", "{time}");
    grid->SetMetadataItem("NETCDF_DIM_time_DEF", ("{" + std::to_string(count) + ",6}").c_str());
    grid->SetMetadataItem("NETCDF_DIM_time_VALUES", ("{" + times + "}").c_str());
    if (!unit.empty()) grid->SetMetadataItem("time#units", unit.c_str());
    for (int band = 1; band <= count; ++band) {
      grid->GetRasterBand(band)->Fill(band / 3600.0);
      grid->GetRasterBand(band)->SetMetadataItem("units", "kg m-2 s-1");
      grid->GetRasterBand(band)->SetUnitType("kg m-2 s-1");
    }
    GDALClose(GetGDALDriverManager()->GetDriverByName("netCDF")->CreateCopy(
        path(name).c_str(), grid, 0, nullptr, nullptr, nullptr));
    GDALClose(grid);
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

TEST_F(RainRasters, AreReadFromAFileOverTimeAtTheMomentsItTells) {
  write_netcdf("rain.nc", "6,7,9", "hours since 2020-01-01 00:00:00");
  const Instant noon{std::chrono::hours(12)};
  const RainRaster rain = read_rain_rasters({{noon, path("rain.nc")}}, *world);
  ASSERT_EQ(rain.at.size(), 3U);
  EXPECT_EQ(rain.at[0], noon);
  EXPECT_EQ(rain.at[1], noon + std::chrono::hours(1));
  EXPECT_EQ(rain.at[2], noon + std::chrono::hours(3));
  const std::size_t here = rain.shape.cell_of({500, 500});
  EXPECT_NEAR(rain.mmph[0][here], 1, 1e-5);
  EXPECT_NEAR(rain.mmph[2][here], 3, 1e-5);
}

TEST_F(RainRasters, CoordinatesInDegreesEastAndNorthNeedNoCoordinateSystemBesideThem) {
  write_netcdf("named.nc", "6,7", "hours since 2020-01-01 00:00:00");
  write_netcdf("rain.nc", "6,7", "hours since 2020-01-01 00:00:00", false);
  const RainRaster rain = read_rain_rasters({{Instant{}, path("rain.nc")}}, *world);
  EXPECT_EQ(rain.shape, read_rain_rasters({{Instant{}, path("named.nc")}}, *world).shape);
  EXPECT_NEAR(rain.mmph[1][rain.shape.cell_of({500, 500})], 2, 1e-5);
}

TEST_F(RainRasters, RefusesAFileOverTimeThatTellsNoTimes) {
  write_netcdf("rain.nc", "6,7", "");
  EXPECT_THAT(message_of<FileError>([&] {
                read_rain_rasters({{Instant{}, path("rain.nc")}}, *world);
              }),
              HasSubstr("does not say at what times"));
  write_netcdf("late.nc", "6,7", "hours since 2020-01-01 00:00:00");
  write("a.tif", 1);
  EXPECT_THAT(message_of<FileError>([&] {
                read_rain_rasters(
                    {{Instant{}, path("late.nc")}, {Instant{std::chrono::hours(1)}, path("a.tif")}},
                    *world);
              }),
              HasSubstr("is not later"));
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
