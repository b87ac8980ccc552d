#include "io/flood/sfincs.hpp"

#include <array>

#include "tests/fuzz/input.hpp"

// A case of SFINCS: its input file, mask, depths, places and series of levels and discharges,
// walls, points, rain, index, drains and soils, each behind a line of `---`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("input.inp");
  const auto folder = input.path().parent_path();
  static constexpr std::array names{"input.inp", "s.msk", "s.dep", "s.bnd", "s.bzs",
                                    "s.src",     "s.dis", "s.thd", "s.obs", "s.prcp",
                                    "s.ind",     "s.drn", "s.scs"};
  fuzz::write_parts(fuzz::as_text(data, size), folder, names);
  try {
    const auto flood_case = flood::read_sfincs(input.path());
    for (const auto& inflow : flood_case.inflows) {
      fuzz::promise(inflow.line.size() == 1 && !inflow.discharge_m3ps.empty(), "a point flows in");
    }
    for (const auto& wall : flood_case.walls) {
      fuzz::promise(wall.line.size() == wall.top_m.size(), "a wall has a top at each point");
    }
  } catch (const FileError&) {
  }
  return 0;
}
