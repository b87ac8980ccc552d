#include <cmath>

#include "io/flood/flood_case_file.hpp"
#include "tests/fuzz/input.hpp"

// A flood case, with a terrain and a hydrograph that it may name. An error may be of those, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("input.flood.toml");
  const auto folder = input.path().parent_path();
  static const bool written = [&folder] {
    std::ofstream(folder / "t.asc") << "ncols 4\nnrows 3\nxllcorner 0\nyllcorner 0\ncellsize 10\n"
                                       "NODATA_value -9999\n-9999 2 2 2\n1 1 1 1\n2 2 2 2\n";
    std::ofstream(folder / "q.csv") << "time_s,q\n0,1\n60,2\n";
    return true;
  }();
  static_cast<void>(written);
  try {
    const auto flood_case = flood::read_flood_case(input.with(fuzz::as_text(data, size)));
    fuzz::promise(flood_case.length % flood_case.window == Duration{0}, "windows fill the run");
    for (const float height_m : flood_case.ground().elevation_m.values) {
      fuzz::promise(std::isfinite(height_m), "all ground has a height");
    }
    for (const float n : flood_case.ground().manning_n.values) {
      fuzz::promise(n >= 0 && n <= 2, "all ground has a roughness");
    }
    for (const auto& inflow : flood_case.inflows) {
      fuzz::promise(!inflow.line.empty() && !inflow.discharge_m3ps.empty(), "an inflow flows in");
    }
  } catch (const FileError&) {
  }
  return 0;
}
