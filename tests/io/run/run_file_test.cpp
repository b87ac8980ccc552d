#include "io/run/run_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include <hdf5.h>

#include "io/run/compare.hpp"
#include "tests/io/run/recorded_run.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MadeRun;
using testing::message_of;
using ::testing::Not;

class RunFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder = std::filesystem::path(KONTWIN_BINARY_DIR) / "tests" / "tmp" /
             (std::string(test->test_suite_name()) + "." + test->name() + "." +
              std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    file = folder / "run.h5";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  static std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  /// Compares every value of every frame with what was handed to the recorder.
  static void check_frames(const RunFile& run, std::size_t frames) {
    ASSERT_EQ(run.frames(), frames);
    MadeRun made;
    struct Check final : RunSink {
      const RunFile& run;
      std::size_t n = 0;
      explicit Check(const RunFile& file) : run(file) {}
      void begin(const Branch&) override {}
      void events(std::span<const Event>) override {}
      void end(const KpiList&) override {}
      void frame(const Frame& frame) override {
        EXPECT_EQ(run.times()[n], frame.at);
        const StateTable state = run.state(n);
        ASSERT_EQ(state.cells(), frame.state->cells());
        EXPECT_EQ(std::memcmp(state.all().data(), frame.state->all().data(),
                              state.cells() * sizeof(double)),
                  0)
            << "state of frame " << n;
        const auto field = run.field(n, "water_depth_m");
        ASSERT_TRUE(field.has_value());
        EXPECT_EQ(field->shape, frame.fields[0].shape);
        EXPECT_TRUE(std::ranges::equal(field->values, frame.fields[0].values)) << n;
        const auto movers = run.movers(n);
        ASSERT_EQ(movers.size(), frame.movers.size());
        for (std::size_t i = 0; i < movers.size(); ++i) {
          ASSERT_EQ(movers[i].x_m, frame.movers[i].x_m);
          ASSERT_EQ(movers[i].y_m, frame.movers[i].y_m);
          ASSERT_EQ(movers[i].kind, frame.movers[i].kind);
          ASSERT_EQ(movers[i].evacuating, frame.movers[i].evacuating);
        }
        ++n;
      }
    } check(run);
    for (std::size_t n = 0; n < frames; ++n) made.show(check, n);
    EXPECT_EQ(check.n, frames);
  }

  std::filesystem::path folder;
  std::filesystem::path file;
};

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
      RunWriter writer(folder / name);
      MadeRun().record(writer, 4);
    });
  }
  for (auto& thread : threads) thread.join();
  const std::string bytes = bytes_of(file);
  EXPECT_GT(bytes.size(), 10'000U);
  EXPECT_EQ(bytes, bytes_of(folder / "a.h5"));
  EXPECT_EQ(bytes, bytes_of(folder / "b.h5"));
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

TEST_F(RunFileTest, IsReadableToItsLastFrameWhenTheRecorderIsKilled) {
  std::size_t most = 0;
  for (unsigned attempt = 0; attempt < 60; ++attempt) {
    std::filesystem::remove(file);
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      RunWriter writer(file);
      MadeRun made;
      writer.begin(made.branch());
      for (std::uint8_t n = 0;; ++n) {
        made.show(writer, n);
        // From here on the frame must be found, whatever happens.
        if (::write(pipe[1], &n, 1) != 1) ::_exit(1);
      }
    }
    ::close(pipe[1]);
    // Kills at moments spread over the writing of one frame and the next.
    std::size_t written = 0;
    std::uint8_t n = 0;
    for (unsigned wanted = 1 + attempt % 5; written < wanted; ++written) {
      ASSERT_EQ(::read(pipe[0], &n, 1), 1);
    }
    ::usleep((attempt * 397) % 9000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(pipe[0], &n, 1) == 1) ++written;
    ::close(pipe[0]);
    const RunFile run(file);
    EXPECT_FALSE(run.header().complete);
    EXPECT_GE(run.frames(), written) << "a frame is lost";
    EXPECT_LE(run.frames(), written + 1);
    check_frames(run, run.frames());
    EXPECT_TRUE(run.kpis().empty());
    most = std::max(most, run.frames());
  }
  EXPECT_GT(most, 4U);
}

TEST_F(RunFileTest, IsReadableToItsLastFrameWhenTheDiskIsFull) {
  for (const rlim_t limit : {450'000U, 550'000U, 900'000U}) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit most{limit, limit};
      ::setrlimit(RLIMIT_FSIZE, &most);
      int frames = 0;
      bool clear = false;
      try {
        RunWriter writer(file);
        MadeRun made;
        writer.begin(made.branch());
        try {
          for (;; ++frames) made.show(writer, static_cast<std::size_t>(frames));
        } catch (const FileError& error) {
          clear = std::string_view(error.what()).find("File too large") != std::string_view::npos &&
                  std::string_view(error.what()).find("run.h5") != std::string_view::npos;
        }
        try {
          made.show(writer, static_cast<std::size_t>(frames));
          clear = false;  // a frame that is not on the disk must not seem recorded
        } catch (const FileError&) {
        }
      } catch (const FileError&) {
        clear = false;
      }
      std::exit(clear ? frames : 200);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << "it crashed";
    const int frames = WEXITSTATUS(status);
    ASSERT_GT(frames, 0) << limit;
    ASSERT_LT(frames, 200) << limit;
    check_frames(RunFile(file), static_cast<std::size_t>(frames));
  }
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
  const std::string output = (folder / "dump.txt").string();
  ASSERT_EQ(std::system(("h5dump -d /state/river_gauge/stage_m -d /events -a /complete " +
                         file.string() + " > " + output)
                            .c_str()),
            0);
  EXPECT_THAT(bytes_of(output),
              AllOf(HasSubstr("101.01"), HasSubstr("water_depth_crossed"), HasSubstr("(0): 1")));
}

TEST_F(RunFileTest, ComparesKpisWithTheBaseline) {
  for (const auto& [name, exposed] : {std::pair{"a.h5", 5321.0}, {"b.h5", 1000.0}}) {
    RunWriter writer(folder / name);
    MadeRun().record(writer, 1, exposed);
  }
  const RunFile a(folder / "a.h5");
  const RunFile b(folder / "b.h5");
  const std::array<const RunFile*, 2> runs{&a, &b};
  const Comparison comparison = compare_runs(runs);
  ASSERT_EQ(comparison.rows.size(), 2U);
  EXPECT_THAT(comparison.rows[0].best, ElementsAre(1U));
  EXPECT_FALSE(comparison.rows[1].values[0].has_value());
  const std::string vietnamese = text_table(comparison, Language::vietnamese);
  EXPECT_THAT(vietnamese, AllOf(HasSubstr("Người bị ảnh hưởng [person]"), HasSubstr("5.321"),
                                HasSubstr("1.000 (−4.321) *")));
  EXPECT_THAT(text_table(comparison, Language::english),
              AllOf(HasSubstr("People exposed"), HasSubstr("1,000 (−4,321) *")));
}

TEST_F(RunFileTest, CannotBeComparedBeforeItsEnd) {
  RunWriter writer(file);
  MadeRun made;
  writer.begin(made.branch());
  made.show(writer, 0);
  const RunFile open(file);
  EXPECT_EQ(open.frames(), 1U);
  const std::array<const RunFile*, 1> runs{&open};
  EXPECT_THROW(compare_runs(runs), Error);
}

}  // namespace
}  // namespace kontwin
