#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "io/flood/case_tables.hpp"
#include "io/run/run_file.hpp"
#include "io/run/run_writer.hpp"
#include "tests/io/flood/sfincs_fixture.hpp"

// What of a case of SFINCS differs from place to place: turned grids, rain, soils, drains.
namespace kontwin::flood {
namespace {

class SfincsPlaces : public SfincsTest {
 protected:
  /// Rain over time on the plane, 500 m cells, as HydroMT-SFINCS lays it down: moment b rains
  /// `mmph` (b, column) from the west.
  void write_rain(const std::string& times, const std::string& since,
                  double (*mmph)(int moment, int column)) const {
    GDALAllRegister();
    constexpr int across = 4, up = 4, moments = 2;
    auto* const memory = GetGDALDriverManager()->GetDriverByName("MEM");
    GDALDataset* const grid = memory->Create("", across, up, moments, GDT_Float32, nullptr);
    std::array<double, 6> corner{499000, 500, 0, 1601500, 0, -500};
    grid->SetGeoTransform(corner.data());
    OGRSpatialReference plane;
    plane.importFromEPSG(32648);
    grid->SetSpatialRef(&plane);
    grid->SetMetadataItem("NETCDF_DIM_EXTRA", "{time}");
    grid->SetMetadataItem("NETCDF_DIM_time_DEF", "{2,6}");
    grid->SetMetadataItem("NETCDF_DIM_time_VALUES", ("{" + times + "}").c_str());
    grid->SetMetadataItem("time#units", since.c_str());
    for (int moment = 0; moment < moments; ++moment) {
      GDALRasterBand* const band = grid->GetRasterBand(moment + 1);
      band->SetMetadataItem("NETCDF_VARNAME", "Precipitation");
      band->SetUnitType("mm.hr-1");
      for (int column = 0; column < across; ++column) {
        std::array<float, up> values{};
        values.fill(static_cast<float>(mmph(moment, column)));
        EXPECT_EQ(band->RasterIO(GF_Write, column, 0, 1, up, values.data(), 1, up, GDT_Float32, 0,
                                 0, nullptr),
                  CE_None);
      }
    }
    GDALClose(GetGDALDriverManager()->GetDriverByName("netCDF")->CreateCopy(
        (folder_.path() / "rain.nc").c_str(), grid, 0, nullptr, nullptr, nullptr));
    GDALClose(grid);
  }
  /// A netCDF file of stations on the plane, as FEWS has them: times in minutes since the start.
  void write_stations(const char* variable, std::vector<LocalPoint> places,
                      std::vector<double> minutes, std::vector<double> values,
                      const std::string& since = "minutes since 2025-11-18 00:00:00") const {
    GDALAllRegister();
    auto* const driver = GetGDALDriverManager()->GetDriverByName("netCDF");
    const std::unique_ptr<GDALDataset> file(
        driver->CreateMultiDimensional((folder_.path() / "stations.nc").c_str(), nullptr, nullptr));
    const auto root = file->GetRootGroup();
    const auto time = root->CreateDimension("time", "", "", minutes.size());
    const auto stations = root->CreateDimension("stations", "", "", places.size());
    const auto number = GDALExtendedDataType::Create(GDT_Float64);
    const auto put = [&](const char* name, const std::vector<std::shared_ptr<GDALDimension>>& along,
                         const std::vector<double>& numbers) {
      const auto array = root->CreateMDArray(name, along, number);
      const std::vector<GUInt64> first(along.size(), 0);
      std::vector<std::size_t> count;
      for (const auto& dimension : along) count.push_back(dimension->GetSize());
      EXPECT_TRUE(
          array->Write(first.data(), count.data(), nullptr, nullptr, number, numbers.data()));
      return array;
    };
    std::vector<double> x_m, y_m;
    for (const LocalPoint place : places) {
      x_m.push_back(place.x_m);
      y_m.push_back(place.y_m);
    }
    put("time", {time}, minutes)->SetUnit(since);
    put("x", {stations}, x_m);
    put("y", {stations}, y_m);
    put(variable, {time, stations}, values);
  }
  /// No inflow.
  void still() const { folder_.write("sfincs.dis", "0 0\n90000 0\n"); }
};

TEST_F(SfincsPlaces, AGridThatIsTurnedFlowsAsOneThatIsNotAndLiesWhereTheFileSays) {
  const CaseOutcome straight = run(read());
  // The same places, turned by 30° about the outer corner of the first cell.
  const double along = std::cos(std::acos(-1) / 6), across = 0.5;
  const auto turned_place = [&](double x_m, double y_m) {
    return LocalPoint{500000 + along * x_m - across * y_m, 1600000 + across * x_m + along * y_m};
  };
  const auto place = [&](double x_m, double y_m) {
    const LocalPoint at = turned_place(x_m, y_m);
    return std::to_string(at.x_m) + " " + std::to_string(at.y_m);
  };
  folder_.write("sfincs.src", place(35, 115) + "\n");
  folder_.write("sfincs.obs", place(205, 115) + " bridge\n" + place(305, 115) + "\n");
  folder_.write("sfincs.crs", "across\n2 2\n" + place(250, 200) + "\n" + place(250, 40) + "\n");
  const FloodCase turned = read("rotation = 30.0000000001\ndy = 10.0000000001\n" +
                                std::string("crsfile = sfincs.crs\n"));
  const CaseOutcome outcome = run(turned);
  ASSERT_EQ(outcome.series.points.size(), 2U);
  const PointValue& at = outcome.series.points[0].back();
  const PointValue& before = straight.series.points[0].back();
  EXPECT_EQ(at.depth_m, before.depth_m);
  EXPECT_NEAR(at.east_mps, along * before.east_mps - across * before.north_mps, 1e-6);
  EXPECT_NEAR(at.north_mps, across * before.east_mps + along * before.north_mps, 1e-6);
  EXPECT_GT(at.north_mps, 0.1);
  EXPECT_NEAR(outcome.series.sections_m3ps[0].back(), -5, 0.3);

  write_case_tables(folder_.path(), turned, outcome);
  const std::unique_ptr<GDALDataset> map(GDALDataset::Open(
      (folder_.path() / "maximum_depth_m.tif").c_str(), GDAL_OF_RASTER, nullptr, nullptr, nullptr));
  ASSERT_NE(map, nullptr);
  std::array<double, 6> lies{};
  ASSERT_EQ(map->GetGeoTransform(lies.data()), CE_None);
  // The middle of the cell of the first point: column 20, row 11 of 24 from the south.
  const double x_m = lies[0] + 20.5 * lies[1] + 12.5 * lies[2];
  const double y_m = lies[3] + 20.5 * lies[4] + 12.5 * lies[5];
  EXPECT_NEAR(distance_m({x_m, y_m}, turned_place(205, 115)), 0, 1e-6);
}

TEST_F(SfincsPlaces, ARunFileKeepsTheTurnOfItsGrids) {
  folder_.write("sfincs.src", "499885 1600035\n");
  FloodCase turned = read("rotation = 90\n");
  turned.record_every = turned.every;
  const auto path = folder_.path() / "run.h5";
  RunWriter writer(path, OwnGround{turned.plane, turned.turn, turned.outside});
  CaseWatch watch;
  watch.record = &writer;
  ComputeArena arena(1);
  run_flood_case(turned, arena, watch);
  const RunFile file(path);
  EXPECT_EQ(file.header().turn, turned.turn);
  EXPECT_EQ(file.header().turn.degrees, 90);
  EXPECT_EQ(file.header().plane, turned.plane);
  const auto ground = file.ground();
  ASSERT_EQ(ground.size(), 1U);
  EXPECT_EQ(ground[0].grid, turned.ground().name);
  EXPECT_EQ(ground[0].elevation_m.shape, turned.ground().elevation_m.shape);
  for (std::size_t cell = 0; cell < turned.outside[0].size(); ++cell) {
    const float height_m = ground[0].elevation_m.values[cell];
    if (turned.outside[0][cell] != 0) {
      EXPECT_TRUE(std::isnan(height_m));
    } else {
      EXPECT_EQ(height_m, turned.ground().elevation_m.values[cell]);
    }
  }
}

TEST_F(SfincsPlaces, RainByPlaceFallsByTheMomentsOfItsFile) {
  still();
  // Half an hour of 36 mm/h from 00:00, nothing after; the case begins on the 18th.
  write_rain("24,24.5", "hours since 2025-11-17 00:00:00",
             [](int moment, int) { return moment == 0 ? 36.0 : 0.0; });
  const FloodCase flood_case = read("netamprfile = rain.nc\n");
  ASSERT_NE(flood_case.forcing.rain_raster, nullptr);
  EXPECT_NEAR(run(flood_case).series.balance.back().entered, 0.018 * 40 * 20 * 100, 0.1);
}

TEST_F(SfincsPlaces, RainRunsStraightBetweenTheMiddlesOfItsCellsAlongATurnedGridToo) {
  still();
  write_rain("0,1000", "minutes since 2025-11-18",
             [](int, int column) { return 10.0 * (column + 1); });
  folder_.write("sfincs.src", "499885 1600035\n");
  // 25 mm/h in the middle of columns 2 and 3, which is the corner of the first cell.
  const FloodCase turned = read("netamprfile = rain.nc\nrotation = 90\n");
  const RainRaster& rain = *turned.forcing.rain_raster;
  const auto mmph_at = [&](double x_m, double y_m) {
    const LocalPoint along = turned.turn.along_axes({x_m, y_m});
    return rain.mmph[0][rain.shape.cell_of(along)];
  };
  // Turned by a right angle the grid reaches 240 m to the west.
  EXPECT_NEAR(mmph_at(499990, 1600100), 24.9, 1.4);
  EXPECT_NEAR(mmph_at(499770, 1600100), 20.4, 1.4);
}

TEST_F(SfincsPlaces, RainThatDoesNotSayWhenOrStandsBesideAnotherIsRefused) {
  write_rain("0,1", "hours", [](int, int) { return 1.0; });
  const std::string rain = "netamprfile = rain.nc\n";
  EXPECT_NE(message_of<Error>([&] { read(rain); }).find("at what moments its rain is"),
            std::string::npos);
  folder_.write("sfincs.prcp", "86400 36\n90000 36\n");
  EXPECT_NE(message_of<Error>([&] {
              read(rain + "precipfile = sfincs.prcp\n");
            }).find("beside rain over all"),
            std::string::npos);
}

TEST_F(SfincsPlaces, StationsOfANetcdfFileSayWhatTextWould) {
  const std::string discharges = "netsrcdisfile = stations.nc\n";
  write_stations("discharge", {{500035, 1600115}, {500045, 1600115}}, {0, 60}, {5, 1, 7, 2});
  const FloodCase river = read(discharges);
  ASSERT_EQ(river.inflows.size(), 2U);
  EXPECT_EQ(river.inflows[0].line, (std::vector<LocalPoint>{{500035, 1600115}}));
  EXPECT_EQ(river.inflows[0].discharge_m3ps.value, (std::vector<double>{5, 7}));
  EXPECT_EQ(river.inflows[1].discharge_m3ps.value, (std::vector<double>{1, 2}));
  EXPECT_EQ(river.inflows[1].discharge_m3ps.at[1], river.start + std::chrono::hours{1});
  const auto said = [&](const std::string& more) { return message_of<Error>([&] { read(more); }); };
  EXPECT_NE(said(discharges + "netbndbzsbzifile = stations.nc\n").find("has no variable 'zs'"),
            std::string::npos);
  EXPECT_NE(said(discharges + "srcfile = sfincs.src\ndisfile = sfincs.dis\n").find("use one"),
            std::string::npos);
  write_stations("discharge", {{500035, 1600115}}, {0, 60}, {5, -1});
  EXPECT_NE(said(discharges).find("station 1 is -1.000000 at time 2"), std::string::npos);
  write_stations("discharge", {{500035, 1600115}}, {60, 60}, {5, 5});
  EXPECT_NE(said(discharges).find("time 2 is not later"), std::string::npos);
  write_stations("discharge", {{500035, 1600115}}, {0, 60}, {5, 5}, "minutes since then");
  EXPECT_NE(said(discharges).find("does not say when"), std::string::npos);
  folder_.write("stations.nc", "none");
  EXPECT_NE(said(discharges).find("is not a readable netCDF file"), std::string::npos);
}

TEST_F(SfincsPlaces, LevelsAtStationsOfANetcdfFileStandAtTheBoundary) {
  folder_.write("sfincs.msk", maps_.text([](int column, int row) {
    return mask(column, row) == 3 ? 2 : mask(column, row);
  }));
  write_stations("zs", {{500415, 1600035}, {500415, 1600235}}, {0, 60}, {1, 2, 2, 4});
  const FloodCase shore = read("netbndbzsbzifile = stations.nc\n");
  const auto& edges = shore.options.edges;
  const auto edge = std::ranges::find_if(edges, [](const EdgePlan& plan) {
    return plan.at.front().y_m == 1600135 && plan.side == GridSide::east;
  });
  ASSERT_NE(edge, edges.end());
  EXPECT_NEAR(edge->over_time.value[0], 1.5, 1e-9);
  EXPECT_NEAR(edge->over_time.value[1], 3, 1e-9);
}

TEST_F(SfincsPlaces, RainSoaksInSteadilyOrByTheCurveNumberOfEachCell) {
  still();
  folder_.write("sfincs.prcp", "86400 36\n90000 36\n");
  const std::string rain = "precipfile = sfincs.prcp\n";
  constexpr double all_m3 = 0.036 * 40 * 20 * 100;
  EXPECT_NEAR(run(read(rain)).series.balance.back().entered, all_m3, 1);
  const auto soaked_m3 = [&](const std::string& soil) {
    const Balance water = run(read(rain + soil)).series.balance.back();
    EXPECT_LE(std::abs(water.error()), water.tolerance);
    return water.left;
  };
  // No water stands but where it rains, and none has left by then from the dry ends of the plain.
  EXPECT_NEAR(soaked_m3("qinf = 10\nhuthresh = 0.09\n"), all_m3 * 10 / 36, 2);
  // Ground above 100.5 m: the plain beside the channel, its first 30 columns.
  EXPECT_NEAR(soaked_m3("qinf = 10\nqinf_zmin = 100.5\nhuthresh = 0.09\n"), 0.010 * 28 * 17 * 100,
              2);
  folder_.write("sfincs.qinf", maps_.text([](int column, int) { return column < 22 ? 10 : 0; }));
  EXPECT_NEAR(soaked_m3("qinffile = sfincs.qinf\nhuthresh = 0.09\n"), 0.010 * 20 * 20 * 100, 2);
  // 2.5 inches are a curve number of 80, 0 inches one of 100.
  folder_.write("sfincs.scs", maps_.text([](int column, int) { return column < 22 ? 2.5 : 0; }));
  const double storage_mm = 63.5, over_mm = 36 - 0.2 * storage_mm;
  const double kept_mm = 36 - over_mm * over_mm / (36 + 0.8 * storage_mm);
  EXPECT_NEAR(soaked_m3("scsfile = sfincs.scs\nhuthresh = 0.09\n"), kept_mm / 1000 * 20 * 20 * 100,
              2);
  EXPECT_NE(message_of<Error>([&] {
              read(rain + "scsfile = sfincs.scs\nsfacinf = 0.1\n");
            }).find("abstraction of 0.2"),
            std::string::npos);
}

TEST_F(SfincsPlaces, PumpsCulvertsAndCheckValvesMoveWaterBetweenTheirEnds) {
  // A wall parts the pool, 1 m deep in the west and 0.2 m in the east.
  still();
  folder_.write("sfincs.msk",
                maps_.text([](int column, int row) { return mask(column, row) == 0 ? 0 : 1; }));
  folder_.write("sfincs.dep", maps_.text([](int, int) { return 0.0; }));
  folder_.write("sfincs.ini", maps_.text([](int column, int) { return column < 25 ? 1 : 0.2; }));
  folder_.write("sfincs.thd", "wall\n2 2\n500250 1600000\n500250 1600240\n");
  const auto passed_m3 = [&](const std::string& drain) {
    folder_.write("sfincs.drn", drain);
    const FloodCase pool =
        read("thdfile = sfincs.thd\ninifile = sfincs.ini\ndrnfile = sfincs.drn\n");
    const CaseOutcome outcome = run(pool);
    const double rise_m = outcome.series.points[1].back().level_m - 0.2;  // in the east
    return rise_m * 17 * 20 * 100;
  };
  const std::string west = "500105 1600115 ", east = "500355 1600115 ";
  EXPECT_NEAR(passed_m3(west + east + "1 0.5 0 0 0 0\n"), 0.5 * 3600, 40);
  EXPECT_NEAR(passed_m3(east + west + "1 0.5 0 0 0 0\n"), -0.5 * 3600, 40);
  // 0.5 √Δh: the two basins of 46,000 and 34,000 m² close in on each other.
  const double closing = 0.5 * (1 / 46000.0 + 1 / 34000.0);
  const double left_m = std::pow(std::sqrt(0.8) - closing * 3600 / 2, 2);
  const double level_m3 = (0.8 - left_m) / (1 / 46000.0 + 1 / 34000.0);
  EXPECT_NEAR(passed_m3(west + east + "2 0.5 0 0 0 0\n"), level_m3, 0.03 * level_m3);
  EXPECT_NEAR(passed_m3(east + west + "2 0.5 0 0 0 0\n"), level_m3, 0.03 * level_m3);
  EXPECT_NEAR(passed_m3(west + east + "3 0.5 0 0 0 0\n"), level_m3, 0.03 * level_m3);
  EXPECT_NEAR(passed_m3(east + west + "3 0.5 0 0 0 0\n"), 0, 1);
  EXPECT_NEAR(passed_m3("0 0 " + east + "1 0.5\n"), 0, 1);  // off the grid: noted
  EXPECT_NE(said_of("sfincs.drn", west + east + "4 0.5\n", "drnfile = sfincs.drn\n")
                .find("sfincs.drn:1: '4' is none of the types"),
            std::string::npos);
  EXPECT_NE(said_of("sfincs.drn", west + east + "1 -1\n", "drnfile = sfincs.drn\n")
                .find("'-1' is no capacity"),
            std::string::npos);
}

TEST_F(SfincsPlaces, ARunOnATurnedGridThatItsWaterStopsNamesThePlaceOnThePlane) {
  // A basin closed all round, whose deepest cell lies in its middle.
  folder_.write("sfincs.msk", maps_.text([](int column, int row) {
    return mask(column, row) == 3 ? 1 : mask(column, row);
  }));
  folder_.write("sfincs.dep",
                maps_.text([](int column, int row) { return column == 20 && row == 12 ? 0 : 1; }));
  const GridTurn turn{30, {500000, 1600000}};
  const LocalPoint on = turn.on_plane({500205, 1600125});
  folder_.write("sfincs.src", std::to_string(on.x_m) + " " + std::to_string(on.y_m) + "\n");
  folder_.write("sfincs.dis", "0 3000\n90000 3000\n");
  const CaseOutcome outcome = run(read("rotation = 30\n"));
  const auto number_behind = [&](const std::string& text) {
    return std::stod(outcome.stopped.substr(outcome.stopped.find(text) + text.size()));
  };
  ASSERT_NE(outcome.stopped.find(" at x "), std::string::npos) << outcome.stopped;
  const LocalPoint along = turn.along_axes({number_behind(" at x "), number_behind(", y ")});
  EXPECT_TRUE(LocalBox({500020, 1600020, 500420, 1600220}).contains(along)) << outcome.stopped;
  // The middle of a cell.
  EXPECT_NEAR(std::remainder(along.x_m - 5, 10), 0, 1e-3);
  EXPECT_NEAR(std::remainder(along.y_m - 5, 10), 0, 1e-3);
}

}  // namespace
}  // namespace kontwin::flood
