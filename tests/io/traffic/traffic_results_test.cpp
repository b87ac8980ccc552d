#include "io/traffic/traffic_results.hpp"

#include <gtest/gtest.h>

#include "io/hdf5/file.hpp"
#include "io/import/csv_reader.hpp"
#include "tests/scenarios/traffic/trips.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::ScratchFolder;

/// Cars that queue before a narrow link, driven to the end.
struct Driven {
  Trips trips;
  ComputeArena arena{1};
  TripRun run;

  Driven() : trips(made()), run(trips.network, trips.table, arena, options()) { run.run(); }
  static Trips made() {
    Drawing drawing = street({600, 600, 600}, 10);
    drawing.parts.links[2].lane_capacity_pcph = 600;
    Trips trips(drawing.seal());
    trips.send({"01", "12", "23"}, 120, 3);
    return trips;
  }
  static TripRunOptions options() {
    TripRunOptions options;
    options.details = true;
    options.interval = to_micros(300);
    return options;
  }
};

TEST(TrafficResults, TheCsvOfTripsHoldsDistanceLossAndFuel) {
  const ScratchFolder folder;
  const Driven driven;
  write_trip_csv(folder.path() / "trips.csv", driven.run, driven.trips.table);
  const CsvTable table = CsvTable::read(folder.path() / "trips.csv",
                                        {"trip", "distance_m", "free_s", "loss_s", "fuel_g"});
  ASSERT_EQ(table.rows(), 120U);
  EXPECT_NEAR(table.required_number(0, "loss_s"), 0, 1e-3);
  EXPECT_GT(table.required_number(119, "loss_s"), 200);
  EXPECT_GT(table.required_number(119, "fuel_g"), table.required_number(0, "fuel_g"));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    EXPECT_NEAR(table.required_number(row, "distance_m"), 1800, 1e-3);
    EXPECT_NEAR(table.required_number(row, "free_s"), 180, 1e-3);
    EXPECT_NEAR(table.required_number(row, "seconds"),
                table.required_number(row, "free_s") + table.required_number(row, "loss_s"), 1e-3);
  }
}

TEST(TrafficResults, AnHdf5FileHoldsTheFiguresOfTheCsvWithTheirUnits) {
  const ScratchFolder folder;
  const Driven driven;
  write_link_csv(folder.path() / "links.csv", driven.run);
  write_results_hdf5(folder.path() / "results.h5", driven.run, driven.trips.table);
  const hdf5::File file = hdf5::File::open(folder.path() / "results.h5");
  const auto ids = file.read_texts("/links/id");
  const auto begins = file.read<double>("/intervals/begin_s");
  EXPECT_EQ(file.text("/figures/flow_vph", "units"), "veh/h");
  EXPECT_EQ(file.text("/trips/co2_g", "units"), "g");
  EXPECT_EQ(file.read<double>("/trips/loss_s").size(), 120U);
  const CsvTable table = CsvTable::read(folder.path() / "links.csv");
  EXPECT_GT(table.rows(), 6U);
  for (const char* figure : {"flow_vph", "density_vpkm", "queue", "co2_g", "delay_s"}) {
    const auto values = file.read<double>(std::string("/figures/") + figure);
    ASSERT_EQ(values.size(), ids.size() * begins.size());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto link = std::ranges::find(ids, table.text(row, "link")) - ids.begin();
      const auto interval =
          std::ranges::find(begins, table.required_number(row, "begin_s")) - begins.begin();
      const auto place =
          static_cast<std::size_t>(interval) * ids.size() + static_cast<std::size_t>(link);
      EXPECT_NEAR(values[place], table.required_number(row, figure),
                  1e-8 * (1 + std::abs(values[place])))
          << figure;
    }
  }
}

}  // namespace
}  // namespace kontwin::traffic::testing
