#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "io/run/run_file.hpp"
#include "tests/io/run/recorded_run.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin::testing {

/// A folder for run files, and what checks them.
class RunFileTest : public ::testing::Test {
 protected:
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

  ScratchFolder folder;
  std::filesystem::path file = folder.path() / "run.h5";
};

}  // namespace kontwin::testing
