#include "io/run/run_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <hdf5.h>

#include "tests/io/run/run_file_fixture.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using testing::bytes_of;
using ::testing::HasSubstr;
using testing::MadeRun;
using testing::message_of;
using testing::RunFileTest;

TEST_F(RunFileTest, GivesBackWhatWasRecordedBitForBit) {
  MadeRun made;
  {
    RunWriter writer(file);
    made.record(writer, 5);
  }
  const RunFile run(file);
  EXPECT_TRUE(run.header().complete);
  EXPECT_EQ(run.header().branch, "evacuate");
  EXPECT_EQ(run.header().title_vi, "Sơ tán phường thấp");
  EXPECT_EQ(run.header().seed, 42U);
  EXPECT_EQ(run.header().start, made.branch().start);
  EXPECT_EQ(run.header().length, std::chrono::hours{2});
  EXPECT_THAT(run.header().edits_json,
              AllOf(HasSubstr("urn:ngsi-ld:Road:test-3"), HasSubstr("order_evacuation"),
                    HasSubstr("\"outflow_m3ps\":null")));
  EXPECT_THAT(run.header().forcing_json, AllOf(HasSubstr("Đăk Bla"), HasSubstr("\"mean\":20.0")));
  EXPECT_THAT(run.header().note_vi, HasSubstr("mô phỏng"));
  const auto quakes = run.earthquakes();
  ASSERT_EQ(quakes.size(), 1U);
  EXPECT_EQ(quakes[0].first, made.branch().start + std::chrono::minutes{20});
  EXPECT_EQ(quakes[0].second.epicentre, (LocalPoint{120, -40}));
  EXPECT_EQ(quakes[0].second.magnitude, 5.5);
  EXPECT_EQ(quakes[0].second.depth_km, 8);
  EXPECT_TRUE(run.ground().empty());
  check_frames(run, 5);
  EXPECT_EQ(run.urns(Kind::shelter).back(), "urn:ngsi-ld:Shelter:test-1");

  const auto balances = run.balances(3);
  ASSERT_EQ(balances.size(), 2U);
  EXPECT_EQ(balances[0].quantity, "vehicles");
  EXPECT_EQ(balances[0].entered, 3);
  EXPECT_EQ(balances[1].unit, "m³");
  EXPECT_EQ(balances[1].error(), 0);

  const auto events = run.events();
  ASSERT_EQ(events.size(), 10U);
  EXPECT_EQ(events[9].at, made.event(5).at);
  EXPECT_EQ(events[9].entity, made.event(5).entity);
  EXPECT_EQ(events[9].value, made.event(5).value);
  EXPECT_EQ(events[9].severity, Severity::warning);

  const auto kpis = run.kpis();
  ASSERT_EQ(kpis.size(), 2U);
  EXPECT_EQ(kpis[0].label_vi, "Người bị ảnh hưởng");
  EXPECT_EQ(kpis[0].value, 1234);
  EXPECT_TRUE(std::isnan(kpis[1].value));
}

TEST_F(RunFileTest, HasTheSameBytesWhenTheSameFramesAreRecorded) {
  {
    RunWriter writer(file);
    MadeRun().record(writer, 4);
  }
  // Two more at the same time, as branches are run, in another second: HDF5 likes to note the time.
  std::this_thread::sleep_for(std::chrono::milliseconds{1100});
  std::vector<std::thread> threads;
  for (const char* name : {"a.h5", "b.h5"}) {
    threads.emplace_back([this, name] {
      RunWriter writer(folder.path() / name);
      MadeRun().record(writer, 4);
    });
  }
  for (auto& thread : threads) thread.join();
  const std::string bytes = bytes_of(file);
  EXPECT_GT(bytes.size(), 10'000U);
  EXPECT_EQ(bytes, bytes_of(folder.path() / "a.h5"));
  EXPECT_EQ(bytes, bytes_of(folder.path() / "b.h5"));
}

TEST_F(RunFileTest, FindsTheFrameNearestToAMoment) {
  MadeRun made;
  {
    RunWriter writer(file);
    made.record(writer, 3);
  }
  const RunFile run(file);
  const Instant start = made.branch().start;
  using std::chrono::minutes;
  EXPECT_EQ(run.nearest_frame(start - minutes{60}), 0U);
  EXPECT_EQ(run.nearest_frame(start + minutes{5}), 0U);
  EXPECT_EQ(run.nearest_frame(start + minutes{6}), 1U);
  EXPECT_EQ(run.nearest_frame(start + minutes{600}), 2U);
  EXPECT_THROW(run.column(3, Kind::road, road_column::open), FileError);
}

TEST_F(RunFileTest, RefusesOtherFilesAndOtherWorlds) {
  std::ofstream(file) << "t,x\n";
  EXPECT_THROW(RunFile{file}, FileError);
  {
    RunWriter writer(file);
    MadeRun().record(writer, 1);
  }
  const RunFile run(file);
  EXPECT_NO_THROW(run.require_world(*testing::town(12)));
  EXPECT_THROW(run.require_world(*testing::town(5)), FileError);
}

TEST_F(RunFileTest, SaysThatAFileIsCutShort) {
  {
    RunWriter writer(file);
    MadeRun().record(writer, 1);
  }
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  EXPECT_THAT(message_of<FileError>([this] { const RunFile run(file); }),
              AllOf(HasSubstr(file.string()), HasSubstr("truncated file")));
}

TEST_F(RunFileTest, AnExtentWithoutDataTakesNoMemory) {
  {
    RunWriter writer(file);
    MadeRun().record(writer, 1);
  }
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t events = H5Dopen2(id, "/events", H5P_DEFAULT);
  const hsize_t billions = 1ULL << 40U;
  EXPECT_GE(H5Dset_extent(events, &billions), 0);
  H5Dclose(events);
  H5Fclose(id);
  EXPECT_THAT(message_of<FileError>([&] { RunFile(file).events(); }),
              HasSubstr("run.h5: /events is damaged"));
}

TEST_F(RunFileTest, IsReadByOtherReadersOfHdf5) {
  {
    RunWriter writer(file);
    MadeRun().record(writer, 2);
  }
  const std::string output = (folder.path() / "dump.txt").string();
  ASSERT_EQ(std::system(("h5dump -d /state/river_gauge/stage_m -d /events -a /complete " +
                         file.string() + " > " + output)
                            .c_str()),
            0);
  EXPECT_THAT(bytes_of(output),
              AllOf(HasSubstr("101.01"), HasSubstr("water_depth_crossed"), HasSubstr("(0): 1")));
}

}  // namespace
}  // namespace kontwin
