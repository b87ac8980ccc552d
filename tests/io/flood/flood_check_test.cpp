#include <gtest/gtest.h>

#include <string>

#include "io/flood/flood_case_file.hpp"
#include "io/flood/flood_case_run.hpp"
#include "tests/io/flood/case_files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {
namespace {

using testing::message_of;

/// What only the water itself can find wrong in a case over the valley.
class FloodCheck : public ::testing::TestWithParam<std::pair<const char*, const char*>> {
 protected:
  FloodCase read(const std::string& more) const {
    folder_.write("valley.asc", testing::valley());
    return read_flood_case(folder_.write(
        "case.flood.toml", "length = \"2min\"\n[terrain]\nfile = \"valley.asc\"\n" + more));
  }
  testing::ScratchFolder folder_;
};

TEST_P(FloodCheck, FindsBeforeTheFirstStepWhatARunWouldRefuseThere) {
  const auto& [more, reason] = GetParam();
  const FloodCase flood_case = read(more);
  ComputeArena arena(1);
  const std::string checked = message_of<Error>([&] { check_flood_case(flood_case, arena); });
  EXPECT_NE(checked.find(reason), std::string::npos) << checked;
  bool stepped = false;
  CaseWatch watch;
  watch.progress = [&stepped](double share) { stepped |= share > 0; };
  EXPECT_EQ(message_of<Error>([&] { run_flood_case(flood_case, arena, watch); }), checked);
  EXPECT_FALSE(stepped);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FloodCheck,
    ::testing::Values(
        std::pair{"[[section]]\nname = \"s\"\nline = [[500001, 1600001], [500002, 1600002]]\n",
                  "section 's' separates no cells"},
        std::pair{"[[wall]]\nline = [[500001, 1600001], [500002, 1600002]]\nheight_m = 2\n",
                  "case.flood.toml:4: the barrier separates no cells"},
        std::pair{"[[flood.edge]]\nside = \"east\"\nkind = \"transmissive\"\n"
                  "part = [[500395, 1700000], [500395, 1800000]]\n",
                  "no cell of that side"},
        std::pair{"[[flood.structure]]\nname = \"w\"\nkind = \"weir\"\nwidth_m = 5\n"
                  "from = [500203, 1600093]\nto = [500206, 1600096]\n",
                  "lie in the same cell"},
        std::pair{"[[breach]]\nat = \"0s\"\nline = [[500200, 1600001], [500200, 1600199]]\n"
                  "place = [500200, 1600100]\nbottom_m = 150\nwidth_m = 20\n"
                  "formation = \"5min\"\n",
                  "case.flood.toml:4: breach: no barrier and no ground over its bottom of "
                  "150.000000 m stands at "
                  "x 500200, y 1600100"},
        std::pair{"[[breach]]\nat = \"90s\"\nline = [[500200, 1600001], [500200, 1600199]]\n"
                  "place = [500200, 1600100]\nbottom_m = 150\nwidth_m = 20\n"
                  "formation = \"5min\"\n",
                  "case.flood.toml:4: breach: no barrier"},
        std::pair{"[[initial]]\nlevel_m = 900\n", "may be 100 m at most"}));

TEST_F(FloodCheck, HasNothingToSayOfASoundCase) {
  ComputeArena arena(1);
  EXPECT_NO_THROW(check_flood_case(read("[[initial]]\nlevel_m = 101\n"), arena));
}

}  // namespace
}  // namespace kontwin::flood
