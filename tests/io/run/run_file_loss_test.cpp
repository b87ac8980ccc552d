// What is left of a run when its recorder is killed or its disk is full.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include "tests/io/run/run_file_fixture.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using testing::MadeRun;
using testing::RunFileTest;

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
  for (const rlim_t limit : {1'000'000U, 1'150'000U, 1'500'000U}) {
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

}  // namespace
}  // namespace kontwin
