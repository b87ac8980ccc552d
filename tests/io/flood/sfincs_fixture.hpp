#pragma once

#include <gtest/gtest.h>

#include <string>

#include "io/flood/flood_case_run.hpp"
#include "io/flood/sfincs.hpp"
#include "tests/io/flood/sfincs_files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

using testing::message_of;

/// A channel 3 cells wide through a plain that falls 1 in 200 to the east: 44 x 24 cells of 10 m,
/// of which a rim of 2 cells is inactive; the last active column lets water out.
class SfincsTest : public ::testing::Test {
 protected:
  static constexpr int columns = 44, rows = 24;

  static int mask(int column, int row) {
    if (column < 2 || row < 2 || column > columns - 3 || row > rows - 3) return 0;
    return column == columns - 3 ? 3 : 1;
  }
  static double ground_m(int column, int row) {
    return 100 - 0.05 * column + (row >= 10 && row <= 12 ? 0 : 2);
  }

  SfincsTest() {
    folder_.write("sfincs.msk", maps_.text(mask));
    folder_.write("sfincs.dep", maps_.text(ground_m));
    folder_.write("sfincs.src", "500035 1600115\n");
    folder_.write("sfincs.dis", "0 5\n90000 5\n");
    folder_.write("sfincs.obs", "500205 1600115 \"upper bridge\"\n500305 1600115\n0 0 far\n");
  }
  FloodCase read(const std::string& more = "", const std::string& format = "asc") const {
    const auto unless_given = [&](const std::string& keyword, const char* value) {
      return more.find(keyword) == std::string::npos ? keyword + " = " + value + "\n" : "";
    };
    const std::string discharges = more.find("netsrcdisfile") == std::string::npos
                                       ? "srcfile = sfincs.src\ndisfile = sfincs.dis\n"
                                       : "";
    return read_sfincs(folder_.write(
        "sfincs.inp",
        "mmax = 44\nnmax = 24\ndx = 10\nx0 = 500000\ny0 = 1600000\n"
        "tref = 20251117 000000\n"
        "tstart = 20251118 000000\ntstop = 20251118 010000\ndtout = 1800\n"
        "dthisout = 300\ninputformat = " +
            format + "\ndepfile = sfincs.dep\nmskfile = sfincs.msk\nindexfile = sfincs.ind\n" +
            discharges +
            "obsfile = sfincs.obs\n"
            "MANNING = 0.03   ! by the way\nadvection = 0\n" +
            (more.find("utmzone") == std::string::npos ? "epsg = 32648\n" : "") +
            unless_given("huthresh", "0.005") + unless_given("dy", "10") + more));
  }
  std::string said_of(const std::string& file, const std::string& text,
                      const std::string& more = "", const std::string& format = "asc") const {
    folder_.write(file, text);
    return message_of<Error>([&] { read(more, format); });
  }
  /// A level plain whose eastern column is a boundary cell, with a level of 1 m outside.
  FloodCase pool(const std::string& more) const {
    folder_.write("sfincs.msk", maps_.text([](int column, int row) {
      return mask(column, row) == 3 ? 2 : mask(column, row);
    }));
    folder_.write("sfincs.dep", maps_.text([](int, int) { return 0.2; }));
    folder_.write("sfincs.bnd", "500420 1600120\n");
    folder_.write("sfincs.bzs", "86400 1\n90000 1\n");
    folder_.write("sfincs.dis", "0 0\n90000 0\n");
    return read("bndfile = sfincs.bnd\nbzsfile = sfincs.bzs\n" + more);
  }
  static CaseOutcome run(const FloodCase& flood_case) {
    ComputeArena arena(1);
    return run_flood_case(flood_case, arena);
  }

  testing::ScratchFolder folder_;
  testing::SfincsMaps maps_{columns, rows, mask};
};

}  // namespace kontwin::flood
