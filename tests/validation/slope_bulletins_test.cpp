// The landslide warnings of the sample world in the storm of November 2025 beside the bulletins
// that Vietnam's forecasters gave for the same communes. docs/slope.md says what that can show and
// what not: the rain is synthetic and the same everywhere, for no hourly rain of the storm is
// public.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "io/import/csv_reader.hpp"
#include "io/synthesis/land.hpp"
#include "io/synthesis/network.hpp"
#include "io/synthesis/places.hpp"
#include "scenarios/slope/slope_engine.hpp"
#include "scenarios/toml/toml_reader.hpp"
#include "tests/validation/validation.hpp"
#include "twin/state_table.hpp"

namespace kontwin {
namespace {

using validation::expect_at_most;
using validation::expect_within;

const std::filesystem::path assets = std::filesystem::path(KONTWIN_SOURCE_DIR) / "assets";

std::shared_ptr<const World> sample_world() {
  WorldParts parts;
  add_land(assets / "kontum", parts);
  add_network(assets / "kontum", parts);
  add_places(assets / "kontum", parts);
  return World::seal(std::move(parts));
}

/// By commune of July 2025 the highest level of the bulletins; 0 where it stood in none.
std::map<std::string, int> bulletins(const World& world) {
  std::map<std::string, int> level;
  for (const AdminUnit& unit : world.admin_units()) {
    if (unit.level == AdminLevel::commune && !unit.valid_until) level[unit.code] = 0;
  }
  const CsvTable rows = CsvTable::read(
      assets / "kontum/events/2025-11-flood/landslide_bulletins.csv",
      {"commune_code", "commune", "highest_level", "bulletins", "provenance", "source"});
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    level.at(rows.text(row, "commune_code")) =
        static_cast<int>(rows.required_number(row, "highest_level"));
  }
  return level;
}

/// By commune the highest level of any road in the run of the storm.
std::map<std::string, int> computed(const std::shared_ptr<const World>& world) {
  ComputeArena arena;
  Branch branch;
  branch.world = world;
  branch.state = StateTable(*world);
  auto forcing = TomlReader::read(assets / "scenarios/flood-2025-11.forcing.toml");
  for (const auto& [at, mmph] : forcing.table("rain")->series("mm_per_hour")) {
    branch.forcing.rain_mmph.at.push_back(at);
    branch.forcing.rain_mmph.value.push_back(mmph);
  }
  branch.start = branch.forcing.rain_mmph.at.front();
  SlopeEngine engine(branch, arena, {.close_on_rain = false});
  std::map<std::string, int> highest;
  const auto& communes = world->entities(Kind::road).commune_code;
  for (int step = 0; step < 6 * 42; ++step) {
    const Instant from = branch.start + step * std::chrono::minutes(10);
    engine.advance(branch.state, from, from + std::chrono::minutes(10));
    const auto level = branch.state.column(Kind::road, road_column::slope_level);
    for (std::size_t road = 0; road < level.size(); ++road) {
      int& most = highest[communes[road]];
      most = std::max(most, static_cast<int>(level[road]));
    }
  }
  return highest;
}

TEST(BulletinValidation, WarningsBesideThoseOfTheForecasters) {
  const auto world = sample_world();
  const auto said = bulletins(*world);
  auto ours = computed(world);
  const std::string source =
      "Bulletins of the National Centre for Hydro-Meteorological Forecasting, 16 to 20 November "
      "2025, highest landslide level of each of 40 communes. Rain and terrain are synthetic: what "
      "slopes tell apart, no measure of forecasting. The bar guards against getting worse";
  struct Bar {
    int least;
    const char* name;
    double pod, far, csi;
  };
  for (const Bar& bar : {Bar{1, "medium or above", 0.50, 0.35, 0.40},
                         {2, "high or above", 0.85, 0.45, 0.50},
                         {3, "very high", 0.85, 0.70, 0.30}}) {
    double hits = 0, misses = 0, false_alarms = 0;
    for (const auto& [commune, level] : said) {
      const bool warned = level >= bar.least;
      const bool computed_so = ours[commune] >= bar.least;
      hits += warned && computed_so ? 1 : 0;
      misses += warned && !computed_so ? 1 : 0;
      false_alarms += !warned && computed_so ? 1 : 0;
    }
    const auto row = [&](const char* what) {
      return validation::Case{"slope",
                              std::string(what) + ", level " + bar.name + " (" +
                                  std::to_string(static_cast<int>(hits)) + " hits, " +
                                  std::to_string(static_cast<int>(misses)) + " misses, " +
                                  std::to_string(static_cast<int>(false_alarms)) + " false alarms)",
                              "", source};
    };
    // A perfect forecast has 1, 0 and 1.
    expect_within(row("Probability of detection"), hits / (hits + misses), 1, 1 - bar.pod);
    expect_at_most(row("False alarm ratio"), false_alarms / (hits + false_alarms), bar.far);
    expect_within(row("Critical success index"), hits / (hits + misses + false_alarms), 1,
                  1 - bar.csi);
  }
}

}  // namespace
}  // namespace kontwin
