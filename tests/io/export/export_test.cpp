#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "io/export/geotiff_export.hpp"
#include "io/export/impact_export.hpp"
#include "io/export/table_export.hpp"
#include "io/import/raster_file.hpp"
#include "io/report/impact_text.hpp"
#include "io/run/run_writer.hpp"
#include "tests/io/run/recorded_run.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MadeRun;
using testing::message_of;
using ::testing::StartsWith;

/// A run whose end left a map and three spells.
class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    Raster<float> raster({100, 200, 20, 5, 3});
    for (std::size_t cell = 0; cell < raster.values.size(); ++cell) {
      raster.values[cell] = 0.5F * static_cast<float>(cell);
    }
    raster.values[7] = std::numeric_limits<float>::quiet_NaN();
    summary.maps.push_back({"arrival_s", "town", raster});
    const Instant start = made.branch().start;
    using std::chrono::minutes;
    summary.impacts = {
        {{Kind::hospital, 0}, ImpactKind::wet, start, start + minutes{90}, 0.75, 3, 12},
        {{Kind::residence, 2}, ImpactKind::no_hospital, start + minutes{5}, {}, 0, 0, 100},
        {{Kind::residence, 2}, ImpactKind::wet, start + minutes{6}, start + minutes{8}, 0.2, 1, 90},
    };
    summary.tables = {{.id = "swept_vehicles",
                       .label_vi = "Xe bị cuốn",
                       .label_en = "Vehicles swept off",
                       .of = {{Kind::road, 1}, {Kind::hospital, 0}},
                       .at = {{100, 200}, {0, 0}},
                       .columns = {{"at",
                                    "Lúc",
                                    "When",
                                    std::string(RunTable::moment),
                                    {},
                                    {to_seconds(start.time_since_epoch()),
                                     to_seconds(start.time_since_epoch()) + 60}},
                                   {"vehicle", "Loại", "Vehicle", "", {"car", "bus"}, {1, 0}},
                                   {"moved_m", "Trôi", "Moved", "m", {}, {12.5, 3}}}}};
    RunWriter writer(file);
    writer.begin(made.branch());
    for (std::size_t n = 0; n < 3; ++n) made.show(writer, n);
    writer.summary(summary);
    writer.end(made.kpis(1));
  }

  MadeRun made;
  RunSummary summary;
  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "run.h5";
};

TEST_F(ExportTest, ARunFileGivesBackItsMapsAndImpacts) {
  const RunFile run(file);
  ASSERT_EQ(run.maps().size(), 1U);
  EXPECT_EQ(run.unit_of(run.maps()[0]), "s");
  const RunMap map = run.map("arrival_s", "town");
  EXPECT_EQ(map.raster.shape, summary.maps[0].raster.shape);
  for (std::size_t cell = 0; cell < map.raster.values.size(); ++cell) {
    if (cell == 7) {
      EXPECT_TRUE(std::isnan(map.raster.values[cell]));
    } else {
      EXPECT_EQ(map.raster.values[cell], summary.maps[0].raster.values[cell]);
    }
  }
  EXPECT_EQ(run.impacts(), summary.impacts);
  EXPECT_THAT(message_of<FileError>([&] { run.map("depth", "town"); }), HasSubstr("no map depth"));
}

TEST_F(ExportTest, ARunWithoutAnEndHasNoMapsAndNoImpacts) {
  const auto other = folder.path() / "stopped.h5";
  {
    RunWriter writer(other);
    writer.begin(made.branch());
    made.show(writer, 0);
  }
  const RunFile run(other);
  EXPECT_THAT(run.maps(), IsEmpty());
  EXPECT_THAT(run.impacts(), IsEmpty());
}

TEST_F(ExportTest, AGeoTiffComesBackAtItsPlaceAndTheRightWayUp) {
  const auto path = folder.path() / "map.tif";
  const LocalFrame frame(RunFile(file).header().origin);
  const Raster<float>& raster = summary.maps[0].raster;
  write_geotiff(raster, frame, "arrival_s", "s", path);
  const RasterFile tiff(path, 0, "");
  EXPECT_EQ(tiff.unit(), "s");
  const auto back = tiff.warp(frame, raster.shape, RasterFile::Resample::nearest);
  for (std::size_t cell = 0; cell < raster.values.size(); ++cell) {
    if (cell == 7) {
      EXPECT_TRUE(std::isnan(back.values[cell]));
    } else {
      EXPECT_FLOAT_EQ(back.values[cell], raster.values[cell]) << cell;
    }
  }
}

TEST_F(ExportTest, AGeoTiffThatCannotBeWrittenIsSaid) {
  const auto path = folder.path() / "nowhere" / "map.tif";
  EXPECT_THAT(message_of<FileError>([&] {
                write_geotiff(summary.maps[0].raster, LocalFrame(), "arrival_s", "s", path);
              }),
              HasSubstr("nowhere"));
  EXPECT_THROW(write_geotiff({}, LocalFrame(), "arrival_s", "s", folder.path() / "map.tif"),
               FileError);
}

TEST_F(ExportTest, ImpactsAreALineOfCsvASpell) {
  const std::string text = impacts_csv(RunFile(file));
  EXPECT_THAT(text, StartsWith("urn,name,kind,what,from,until,"));
  EXPECT_THAT(text, HasSubstr("hospital,wet,2025-11-18T03:00:00+07:00,2025-11-18T04:30:00+07:00,"
                              "90.0,0.75,3,12,"));
  // Not over: no end, and as long as the run was.
  EXPECT_THAT(text, HasSubstr("residence,no_hospital,2025-11-18T03:05:00+07:00,,15.0,0.00,0,100,"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 4);
}

TEST_F(ExportTest, ImpactsAreAPointOfGeoJsonASpell) {
  const auto path = folder.path() / "impacts.geojson";
  write_impacts(RunFile(file), path);
  std::ifstream stream(path);
  const auto json = nlohmann::json::parse(stream);
  ASSERT_EQ(json["features"].size(), 3U);
  const auto& first = json["features"][0];
  EXPECT_EQ(first["properties"]["what"], "wet");
  EXPECT_TRUE(json["features"][1]["properties"]["until"].is_null());
  EXPECT_NEAR(first["geometry"]["coordinates"][0].get<double>(), 108.0, 0.1);
  EXPECT_NEAR(first["geometry"]["coordinates"][1].get<double>(), 14.7, 0.1);
}

TEST_F(ExportTest, ARunFileGivesBackTheListsOfItsEngines) {
  EXPECT_EQ(RunFile(file).tables(), summary.tables);
}

TEST_F(ExportTest, AListBecomesCsvAndGeoJsonWithNamesAndMomentsInWords) {
  const auto files = write_tables(RunFile(file), folder.path() / "lists");
  ASSERT_EQ(files.size(), 2U);
  std::ifstream csv(files[0]);
  const std::string text{std::istreambuf_iterator<char>(csv), {}};
  EXPECT_THAT(text, StartsWith("urn,name,at,vehicle,moved_m,longitude,latitude\r\n"));
  EXPECT_THAT(text, HasSubstr(",2025-11-18T03:00:00+07:00,bus,12.5,"));
  std::ifstream stream(files[1]);
  const auto json = nlohmann::json::parse(stream);
  ASSERT_EQ(json["features"].size(), 2U);
  EXPECT_EQ(json["features"][1]["properties"]["vehicle"], "car");
  EXPECT_EQ(json["features"][1]["properties"]["moved_m"], 3);
}

TEST_F(ExportTest, OtherKindsOfFilesAreRefused) {
  const RunFile run(file);
  EXPECT_THAT(message_of<FileError>([&] { write_impacts(run, folder.path() / "impacts.xls"); }),
              HasSubstr(".csv or .geojson"));
}

TEST_F(ExportTest, AShortTableSumsThemUpInBothLanguages) {
  const Instant end = made.branch().start + std::chrono::minutes{20};
  const std::string table = impact_table(summary.impacts, end);
  EXPECT_THAT(table, HasSubstr("Bệnh viện ngập nước"));
  EXPECT_THAT(table, HasSubstr("Hospital in water"));
  EXPECT_THAT(table, HasSubstr("1:30 h"));
  EXPECT_THAT(table, HasSubstr("0,75 m"));
  EXPECT_THAT(table, HasSubstr("…"));  // the spell that is not over
  EXPECT_THAT(impact_table({}, end), HasSubstr("No place"));
}

TEST_F(ExportTest, APlaceThatIsHitTwiceIsOnePlaceWithTheMostPeopleItEverHad) {
  std::vector<ImpactSpell> twice{summary.impacts[2], summary.impacts[2]};
  twice[1].from += std::chrono::minutes{30};
  twice[1].until = twice[1].from + std::chrono::minutes{40};
  twice[1].people = 40;
  const auto lines = summarise_impacts(twice, *twice[1].until);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].places, 1U);
  EXPECT_EQ(lines[0].people, 90);
  EXPECT_EQ(lines[0].first, twice[0].from);
  EXPECT_EQ(lines[0].last, twice[1].until);
  EXPECT_EQ(lines[0].longest, std::chrono::minutes{40});
}

}  // namespace
}  // namespace kontwin
