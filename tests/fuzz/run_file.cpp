#include <algorithm>
#include <vector>

#include "tests/fuzz/input.hpp"
#include "tests/fuzz/small_run.hpp"
#include "tests/fuzz/whole_run.hpp"

// A run file that was damaged byte by byte. The file is large and nearly all of it zeros, so the
// input says what is done to it: each five bytes are a change, a place (among the bytes that are
// not zero and those just behind them) and a value; every eighth change cuts the file off there.
namespace {

std::vector<std::size_t> places_of(const std::string& whole) {
  std::vector<std::size_t> places;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    zeros = whole[i] == '\0' ? zeros + 1 : 0;
    if (zeros < 8) places.push_back(i);
  }
  return places;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const std::string whole = fuzz::small_run();
  static const std::vector<std::size_t> places = places_of(whole);
  static const fuzz::InputFile input("run.h5");
  std::string damaged = whole;
  for (; size >= 5; data += 5, size -= 5) {
    const std::size_t number = data[1] | data[2] << 8U | data[3] << 16U;
    const std::size_t place = places[number % places.size()];
    if (data[0] % 8 == 7) {
      damaged.resize(std::min(damaged.size(), place));
    } else if (place < damaged.size()) {
      damaged[place] = static_cast<char>(data[4]);
    }
  }
  fuzz::read_damaged(input.with(damaged), fuzz::read_whole_run);
  return 0;
}
