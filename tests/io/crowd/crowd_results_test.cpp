#include <gdal_priv.h>
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

#include "io/crowd/crowd_file.hpp"
#include "io/crowd/crowd_plan.hpp"
#include "io/crowd/crowd_tables.hpp"
#include "io/crowd/crowd_text.hpp"
#include "io/crowd/density_picture.hpp"
#include "io/hdf5/column.hpp"
#include "scenarios/evacuation/crowd/plan_geometry.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {
namespace {

using ::testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Pixels of a picture that have a colour, `#bfe3b0`.
std::size_t pixels_of(const std::filesystem::path& path, const std::string& colour) {
  GDALAllRegister();
  const GDALDatasetUniquePtr picture(GDALDataset::Open(path.c_str()));
  if (picture == nullptr) return 0;
  const int width = picture->GetRasterXSize(), height = picture->GetRasterYSize();
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::vector<std::uint8_t> same(size, 1), band(size);
  for (int i = 0; i < 3; ++i) {
    const auto wanted =
        std::stoul(colour.substr(1 + 2 * static_cast<std::size_t>(i), 2), nullptr, 16);
    if (picture->GetRasterBand(i + 1)->RasterIO(GF_Read, 0, 0, width, height, band.data(), width,
                                                height, GDT_Byte, 0, 0) != CE_None) {
      return 0;
    }
    for (std::size_t k = 0; k < size; ++k) same[k] &= band[k] == wanted;
  }
  return static_cast<std::size_t>(std::ranges::count(same, 1));
}

/// Twelve people leave a room; three more stand behind a door that never opens.
CrowdScenario small() {
  const testing::ScratchFolder folder;
  std::ofstream(folder.path() / "x.crowd.toml") << R"(name = "Small <room>"
end = 120
[[surface]]
id = "room"
rectangle = [0, 0, 6, 6]
[[surface]]
id = "cell"
rectangle = [6, 0, 9, 6]
[[opening]]
id = "grille"
line = [[6, 1], [6, 2]]
opens = 5000
[[exit]]
id = "door & lobby"
line = [[0, 2.5], [0, 3.5]]
[[area]]
id = "room"
rectangle = [1, 1, 5, 5]
[[area]]
id = "cell"
rectangle = [7, 1, 8, 5]
[[line]]
id = "threshold"
line = [[0.3, 0], [0.3, 6]]
[[people]]
id = "guests"
area = "room"
count = 12
[[people]]
id = "locked in"
area = "cell"
count = 3
)";
  return read_crowd(folder.path() / "x.crowd.toml");
}

class CrowdResults : public ::testing::Test {
 protected:
  void SetUp() override {
    scenario_ = small();
    scenario_.frames_every_s = 1;
    outcomes_.push_back(run_crowd(scenario_, 1, arena_, [this](double, const CrowdSimulation& now) {
      trajectories_.add(now);
    }));
    trajectories_.frames_per_s = 1;
    outcomes_.push_back(run_crowd(scenario_, 2, arena_));
  }
  ComputeArena arena_{1};
  CrowdScenario scenario_;
  std::vector<CrowdOutcome> outcomes_;
  Trajectories trajectories_;
  testing::ScratchFolder folder_;
};

TEST_F(CrowdResults, EverybodyIsAccountedForAndWhoIsLeftIsListedWithTheReason) {
  EXPECT_EQ(outcomes_[0].count.out, 12U);
  EXPECT_EQ(outcomes_[0].count.all(), 15U);
  EXPECT_EQ(time_of_share_s(outcomes_[0], 1), never_s);
  EXPECT_LT(time_of_share_s(outcomes_[0], 0.8), 60);
  const std::string text = crowd_text(scenario_, outcomes_);
  EXPECT_THAT(text, HasSubstr("CHƯA RA / NOT OUT: 6"));
  EXPECT_THAT(text, HasSubstr("locked in #12 (1)"));
  EXPECT_THAT(text, HasSubstr("door & lobby"));
}

TEST_F(CrowdResults, TablesHoldEveryPersonAndEndWithThoseWhoLeft) {
  write_crowd_tables(folder_.path(), scenario_, outcomes_);
  const std::string people = text_of(folder_.path() / "people.csv");
  EXPECT_EQ(std::ranges::count(people, '\n'), 1 + 2 * 15);
  EXPECT_THAT(people, HasSubstr("1,12,locked in,1,stuck"));
  const std::string clearance = text_of(folder_.path() / "clearance.csv");
  EXPECT_THAT(clearance, HasSubstr("seed,time_s,out,left\n1,0,0,15\n"));
  EXPECT_THAT(clearance, HasSubstr(",12,3\n"));
  EXPECT_THAT(text_of(folder_.path() / "gaps.csv"), HasSubstr("1,door & lobby,exit,1.00,12,"));
  const std::string lines = text_of(folder_.path() / "lines.csv");
  // In a queue people may step back over a line; all twelve are over it in the end.
  const auto count = [&lines](const std::string& direction) {
    long found = 0;
    for (auto at = lines.find(direction); at != std::string::npos;
         at = lines.find(direction, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(std::abs(count(",forward,") - count(",backward,")), 2 * 12);
  EXPECT_THAT(text_of(folder_.path() / "density.csv"), HasSubstr("room,"));
}

TEST_F(CrowdResults, TrajectoriesReadBackAsTheyWereWritten) {
  write_trajectories(folder_.path(), trajectories_);
  const auto file = hdf5::File::open(folder_.path() / "trajectories.h5");
  EXPECT_EQ(file.number("trajectory", "frames_per_s"), 1);
  EXPECT_EQ(hdf5::read_column<double>(file, "trajectory/x"), trajectories_.x_m);
  EXPECT_EQ(hdf5::read_column<std::uint32_t>(file, "trajectory/id"), trajectories_.id);
  const std::string csv = text_of(folder_.path() / "trajectories.csv");
  EXPECT_THAT(csv, HasSubstr("id,frame,x,y,z\n0,0,"));
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + static_cast<long>(trajectories_.id.size()));
}

TEST_F(CrowdResults, ThePlanIsAPictureWithNamesThatCannotBreakIt) {
  draw_plan(folder_.path() / "plan.svg", scenario_.building, &outcomes_[0].density,
            outcomes_[0].people);
  const std::string svg = text_of(folder_.path() / "plan.svg");
  EXPECT_THAT(svg, HasSubstr("Small &lt;room&gt;"));
  EXPECT_THAT(svg, HasSubstr("door &amp; lobby"));
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST_F(CrowdResults, TheDensityMapIsAPngInWhichEveryLevelThatWasReachedIsSeen) {
  scenario_.building.exits[0].id = "door \"A\" \\ `ls` $x";  // a name that gnuplot must not read
  draw_density_png(folder_.path() / "density.png", scenario_.building, outcomes_[0].density);
  std::set<char> levels;
  for (const DensityMap::Sheet& sheet : outcomes_[0].density.sheets) {
    for (const float most : sheet.most_per_m2) {
      if (most > 0) levels.insert(level_of_service(static_cast<double>(most)));
    }
  }
  EXPECT_GT(levels.size(), 1U);
  for (const char level : crowd::levels_of_service) {
    // The key holds all; where people were there is more.
    EXPECT_EQ(pixels_of(folder_.path() / "density.png", colour_of_level(level)) > 1500,
              levels.contains(level))
        << level;
  }
  EXPECT_THROW(draw_density_png(folder_.path() / "nowhere" / "x.png", scenario_.building,
                                outcomes_[0].density),
               FileError);
}

TEST_F(CrowdResults, OfASquareMetreAcrossAWallOnlyWhatLiesWithinIsColoured) {
  const auto coloured = [this] {
    draw_density_png(folder_.path() / "density.png", scenario_.building, outcomes_[0].density);
    std::size_t sum = 0;
    for (const char level : crowd::levels_of_service) {
      sum += static_cast<std::size_t>(
          pixels_of(folder_.path() / "density.png", colour_of_level(level)));
    }
    return sum;
  };
  const std::size_t whole = coloured();
  // A thin obstacle in the middle of square metres.
  Polygon& shape = scenario_.building.surfaces[0].shape;
  const LocalBox box = box_of(shape);
  const double x = (box.min_x_m + box.max_x_m) / 2 + 0.25;
  shape.holes.push_back({{x, box.min_y_m + 0.25},
                         {x + 0.5, box.min_y_m + 0.25},
                         {x + 0.5, box.max_y_m - 0.25},
                         {x, box.max_y_m - 0.25}});
  // Half of what it takes, for its outline alone takes some.
  const double share = 0.5 * (box.max_y_m - box.min_y_m - 0.5) / area_m2(shape);
  EXPECT_LT(static_cast<double>(coloured()), static_cast<double>(whole) * (1 - share / 2));
  draw_plan(folder_.path() / "plan.svg", scenario_.building, &outcomes_[0].density, {});
  EXPECT_THAT(text_of(folder_.path() / "plan.svg"), HasSubstr("<g clip-path=\"url(#inside0)\">"));
}

TEST(CrowdDensity, LevelsOfServiceAreFruins) {
  EXPECT_EQ(level_of_service(0.1), 'A');
  EXPECT_EQ(level_of_service(0.5), 'C');
  EXPECT_EQ(level_of_service(1.0), 'D');
  EXPECT_EQ(level_of_service(2.2), 'F');
}

TEST(CrowdRuns, TheIntervalOfTheMeanIsStudents) {
  // Ten values with a deviation of 3.0277: t(9) = 2.262.
  const MeanInterval ten = mean_interval({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, never_s});
  EXPECT_EQ(ten.count, 10U);
  EXPECT_NEAR(ten.mean, 5.5, 1e-12);
  EXPECT_NEAR(ten.half_width, 2.2622 * 3.02765 / std::sqrt(10), 0.01);
  EXPECT_NEAR(mean_interval({1, 3}).half_width, 12.706, 0.01);
}

}  // namespace
}  // namespace kontwin::crowd
