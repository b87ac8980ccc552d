#include "io/flood/lisflood.hpp"

#include <array>

#include "tests/fuzz/input.hpp"

// A case of LISFLOOD-FP: its parameter file, boundary conditions, their series and the points, each
// behind a line of `---`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("input.par");
  const auto folder = input.path().parent_path();
  std::ofstream(folder / "t.dem") << "ncols 4\nnrows 3\nxllcorner 0\nyllcorner 0\ncellsize 10\n"
                                     "2 2 2 2\n1 1 1 1\n2 2 2 2\n";
  static constexpr std::array names{"input.par", "t.bci", "t.bdy", "t.stage"};
  fuzz::write_parts(fuzz::as_text(data, size), folder, names);
  try {
    const auto flood_case = flood::read_lisflood(input.path());
    for (const auto& inflow : flood_case.inflows) {
      fuzz::promise(inflow.line.size() == 1 && !inflow.discharge_m3ps.empty(), "a point flows in");
    }
  } catch (const FileError&) {
  }
  return 0;
}
