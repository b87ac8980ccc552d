#include "io/traffic/comparison_files.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "io/import/csv_reader.hpp"
#include "io/traffic/traffic_results.hpp"
#include "io/traffic/zones.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::ScratchFolder;

/// A queue before a narrow link; the wider it is, the shorter the queue.
struct Town {
  explicit Town(double capacity_pcph) {
    Drawing drawing = street({600, 600, 600}, 10);
    drawing.parts.links[2].lane_capacity_pcph = capacity_pcph;
    trips.emplace(drawing.seal());
    trips->send({"01", "12", "23"}, 120, 3);
  }
  RunSummary drive(std::uint64_t seed, const std::filesystem::path& folder = {}) const {
    ComputeArena arena(1);
    const TripTable table = with_moved_departures(trips->table, 60, seed);
    TripRun run(trips->network, table, arena);
    run.run();
    if (!folder.empty()) {
      std::filesystem::create_directories(folder);
      write_trip_csv(folder / "trips.csv", run, table);
      write_link_csv(folder / "links.csv", run);
    }
    return summary_of(run, table);
  }
  std::optional<Trips> trips;
};

TEST(ComparisonFiles, FoldersOfRunsGiveTheComparisonOfTheRunsThemselves) {
  const ScratchFolder folder;
  const Town narrow(600), wide(900);
  std::vector<RunSummary> a, b;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const std::string name = "seed-" + std::to_string(seed);
    a.push_back(narrow.drive(seed, folder.path() / "a" / name));
    b.push_back(wide.drive(seed, folder.path() / "b" / name));
  }
  EXPECT_TRUE(holds_runs(folder.path() / "a"));
  EXPECT_FALSE(holds_runs(folder.path()));
  std::vector<std::string> names;
  const auto read_a = read_run_folders(folder.path() / "a", &names);
  const auto read_b = read_run_folders(folder.path() / "b");
  EXPECT_EQ(names, (std::vector<std::string>{"seed-1", "seed-2", "seed-3", "seed-4"}));
  const Comparison direct = compare(a, b);
  const Comparison read = compare(read_a, read_b);
  ASSERT_EQ(read.figures.size(), direct.figures.size());
  for (std::size_t i = 0; i < read.figures.size(); ++i) {
    EXPECT_NEAR(read.figures[i].of.difference, direct.figures[i].of.difference,
                1e-6 * (1 + std::abs(direct.figures[i].of.mean_a)));
    EXPECT_EQ(read.figures[i].of.significant, direct.figures[i].of.significant);
  }
}

TEST(ComparisonFiles, AreATableAMapAndWordsInTwoLanguages) {
  const ScratchFolder folder;
  const Town narrow(600), wide(900);
  std::vector<RunSummary> a, b;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    a.push_back(narrow.drive(seed));
    b.push_back(wide.drive(seed));
  }
  const Comparison found = compare(a, b);
  write_comparison(folder.path(), found);
  write_difference_map(folder.path() / "links.geojson", found,
                       {narrow.trips->network.get(), wide.trips->network.get()});
  const CsvTable figures = CsvTable::read(folder.path() / "figures.csv");
  bool saw_loss = false;
  for (std::size_t row = 0; row < figures.rows(); ++row) {
    if (figures.text(row, "figure") != "loss_h") continue;
    saw_loss = true;
    EXPECT_LT(figures.required_number(row, "difference"), 0);
    EXPECT_EQ(figures.required_number(row, "significant"), 1);
  }
  EXPECT_TRUE(saw_loss);
  EXPECT_EQ(CsvTable::read(folder.path() / "links.csv").rows(), 6U);
  std::ifstream map(folder.path() / "links.geojson");
  const auto json = nlohmann::json::parse(map);
  ASSERT_EQ(json["features"].size(), 3U);
  EXPECT_EQ(json["features"][1]["geometry"]["coordinates"].size(), 2U);
  EXPECT_LT(json["features"][1]["properties"]["delay_s"]["difference"], -10);
  const std::string words = to_words(found);
  EXPECT_NE(words.find("Time lost"), std::string::npos);
  EXPECT_NE(words.find("tốt hơn / better"), std::string::npos);
}

TEST(ComparisonFiles, AFolderWithoutRunsOrWithATripTwiceIsRefusedByName) {
  const ScratchFolder folder;
  EXPECT_THROW(read_run_folders(folder.path()), FileError);
  std::ofstream(folder.path() / "trips.csv")
      << "trip,type,seconds,result,distance_m,loss_s,fuel_g,co2_g,co_g,nox_g,pm_g\n"
         "1,car,5,arrived,1,1,1,1,1,1,1\n1,car,5,arrived,1,1,1,1,1,1,1\n";
  std::ofstream(folder.path() / "links.csv") << "link,vehicles,delay_s\n";
  try {
    read_run_folders(folder.path());
    FAIL() << "it was taken";
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("trip '1' is there twice"), std::string::npos);
  }
}

TEST(Zones, AreReadOrRefusedByTheirLine) {
  const ScratchFolder folder;
  const auto path = folder.path() / "zones.csv";
  const auto write = [&path](const char* text) { std::ofstream(path) << text; };
  write("zone,x,y,people,sites\nKon Tum,10,20,100,5\nMăng Đen,5000,0,40,\n");
  const auto zones = read_zones(path);
  ASSERT_EQ(zones.size(), 2U);
  EXPECT_EQ(zones[0].people, 100);
  EXPECT_EQ(zones[1].sites, 0);
  for (const char* bad : {"zone,x,y\n", "zone,x,y\na,1,2\na,3,4\n", "zone,x,y\na,1,\n",
                          "zone,x,y,people\na,1,2,-5\n", "zone,x\na,1\n", "zone,x,y\na,nan,2\n"}) {
    write(bad);
    EXPECT_THROW(read_zones(path), FileError) << bad;
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
