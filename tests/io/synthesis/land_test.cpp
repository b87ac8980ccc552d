#include "io/synthesis/land.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "io/synthesis/admin_units.hpp"
#include "io/synthesis/asset_folder.hpp"
#include "tests/io/synthesis/land_folder.hpp"
#include "tests/support/message_of.hpp"
#include "twin/content_hash.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using testing::kontum_assets;
using testing::LandFolder;

std::string hash_of(const WorldParts& parts) {
  ContentHash hash;
  for (const TerrainGrid& grid : parts.terrain->grids) {
    hash.add_bytes(grid.elevation_m.values.data(), grid.elevation_m.values.size() * sizeof(float));
    hash.add_bytes(grid.manning_n.values.data(), grid.manning_n.values.size() * sizeof(float));
  }
  for (const River& river : parts.rivers) {
    hash.add_bytes(river.line.data(), river.line.size() * sizeof(LocalPoint));
    hash.add_bytes(river.bed_m.data(), river.bed_m.size() * sizeof(float));
  }
  return hash.finish();
}

std::string message_of(const std::filesystem::path& folder) {
  WorldParts parts;
  return testing::message_of<FileError>([&] { add_land(folder, parts); });
}

/// The message names the file, the line and the reason.
void expect_refused(const std::string& file, const std::string& from, const std::string& to,
                    const std::string& reason, bool with_line = true) {
  const LandFolder folder;
  const long line = folder.replace(file, from, to);
  ASSERT_GT(line, 0) << from << " is not in " << file;
  const std::string message = message_of(folder.path());
  const std::string place =
      (folder.path() / file).string() + ":" + (with_line ? std::to_string(line) + ": " : "");
  EXPECT_NE(message.find(place), std::string::npos) << message << "\nwanted " << place;
  EXPECT_NE(message.find(reason), std::string::npos) << message;
}

TEST(Land, SameFolderGivesTheSameBits) {
  const LandFolder folder;
  folder.make_coarse();
  WorldParts first;
  WorldParts second;
  add_land(folder.path(), first);
  add_land(folder.path(), second);
  EXPECT_EQ(hash_of(first), hash_of(second));
  folder.replace("world.toml", "seed = 62", "seed = 63");
  WorldParts other;
  add_land(folder.path(), other);
  EXPECT_NE(hash_of(first), hash_of(other));
}

TEST(Land, CoversTheProvinceWhoseAreaIsRightToOnePercent) {
  const LandFolder folder;
  folder.make_coarse();
  WorldParts parts;
  add_land(folder.path(), parts);
  EXPECT_EQ(parts.name, "kontum");
  ASSERT_FALSE(parts.admin_units.empty());
  const AdminUnit& province = parts.admin_units.front();
  EXPECT_EQ(province.name, "Tỉnh Kon Tum");
  EXPECT_NEAR(area_m2(province.outline) / 1e6, 9677, 97);
  for (const LocalPoint corner : province.outline) EXPECT_TRUE(parts.extent.contains(corner));
  EXPECT_TRUE(inside(province.outline, parts.frame.to_local({108.0, 14.35})));
  EXPECT_FALSE(inside(province.outline, parts.frame.to_local({108.0, 13.98})));
}

TEST(Land, HasTheUnitsOfBothTimesEachOverItsDays) {
  WorldParts parts;
  const AssetFolder folder(kontum_assets(), parts);
  const auto units = read_admin_units(folder, LocalFrame({107.95, 14.65}));
  const auto in_force = [&](const char* at, AdminLevel level) {
    const auto moment = parse_instant(at);
    return std::count_if(units.begin(), units.end(), [&](const AdminUnit& unit) {
      return unit.level == level && unit.in_force(*moment);
    });
  };
  EXPECT_EQ(in_force("2025-06-30T23:59:59+07:00", AdminLevel::commune), 102);
  EXPECT_EQ(in_force("2025-06-30T23:59:59+07:00", AdminLevel::district), 10);
  EXPECT_EQ(in_force("2025-07-01T00:00:00+07:00", AdminLevel::commune), 40);
  EXPECT_EQ(in_force("2025-07-01T00:00:00+07:00", AdminLevel::district), 0);
  double people_before = 0;
  double people_after = 0;
  std::set<std::string> successors;
  for (const AdminUnit& unit : units) {
    if (unit.level != AdminLevel::commune) continue;
    (unit.valid_until ? people_before : people_after) += unit.population;
    if (unit.valid_until) successors.insert(unit.successor_code);
  }
  EXPECT_NEAR(people_before, 580000, 1000);
  EXPECT_DOUBLE_EQ(people_before, people_after);
  EXPECT_EQ(successors.size(), 40U) << "every later commune took in at least one";
}

TEST(Land, BadRowsAreRefusedWithFileLineAndReason) {
  expect_refused("admin_units.csv", "Phường Quang Trung,commune", "Phường Quang Trung,hamlet",
                 "level 'hamlet'");
  expect_refused("admin_units.csv", "2025-06-30,14.355,107.994", "2025-06-31,14.355,107.994",
                 "is not a day");
  expect_refused("admin_units.csv", "23281,Phường", "23284,Phường", "twice at the same time",
                 false);
  expect_refused("elevations.csv", "peak,", "hill,", "kind 'hill'");
  expect_refused("elevations.csv", "fact,osm", "guess,osm", "provenance 'guess'");
  expect_refused("outline.csv", ",derived,gso", ",derived,hearsay", "source 'hearsay'");
  expect_refused("rivers.csv", "Pô Kô,Sê San", "Pô Kô,Mekong", "not listed before it");
  expect_refused("river_points.csv", "Đăk Bla,107.991,14.341,513.5", "Đăk Bla,107.991,14.341,590",
                 "would rise downstream", false);
  expect_refused("river_points.csv", "Đăk Bla,107.991,14.341", "Đăk Bla,107.991,north",
                 "is not a number");
  expect_refused("river_points.csv", "Kon K'Tu village", "", "column 'why' is empty");
  expect_refused("river_points.csv", "Đăk Ke,108.307,14.54", "Đăk Ke,108.2,14.54",
                 "Đăk Ke crosses itself or another river", false);
  expect_refused("world.toml", "cell_m = 90.0", "cell_m = \"fine\"", "'cell_m'", false);
  expect_refused("world.toml", "name = \"kontum\"", "name = kontum", "");
}

TEST(Land, AMissingFileOrFolderIsNamed) {
  EXPECT_NE(message_of("/nowhere/at/all").find("/nowhere/at/all: is not a folder"),
            std::string::npos);
  const LandFolder folder;
  std::filesystem::remove(folder.path() / "rivers.csv");
  EXPECT_NE(message_of(folder.path()).find("rivers.csv: cannot be opened"), std::string::npos);
}

}  // namespace
}  // namespace kontwin
