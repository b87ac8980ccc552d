#include "io/synthesis/river_meanders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "io/synthesis/river_lines.hpp"

namespace kontwin {
namespace {

/// A river 100 m wide over 20 km eastward, with a floor this wide.
std::vector<CoursePoint> eastward(double valley_m, double width_m = 100, double y_m = 0) {
  return {{{0, y_m}, width_m, valley_m}, {{20'000, y_m}, width_m, valley_m}};
}

std::vector<LocalPoint> drawn(const std::vector<CoursePoint>& points, std::uint64_t key,
                              double vigour = 1) {
  const std::vector<double> each(points.size() - 1, vigour);
  return meandering_course(points, key, each).line;
}

double widest_m(const std::vector<LocalPoint>& line) {
  double widest = 0;
  for (const LocalPoint point : line) widest = std::max(widest, std::abs(point.y_m));
  return widest;
}

/// Turns from left to right bends or back.
int turns(const std::vector<LocalPoint>& line) {
  int count = 0;
  double before = 0;
  for (std::size_t i = 2; i < line.size(); ++i) {
    const double turn = (line[i - 1].x_m - line[i - 2].x_m) * (line[i].y_m - line[i - 1].y_m) -
                        (line[i - 1].y_m - line[i - 2].y_m) * (line[i].x_m - line[i - 1].x_m);
    count += before * turn < 0;
    if (turn != 0) before = turn;
  }
  return count;
}

bool cross(const std::vector<LocalPoint>& a, const std::vector<LocalPoint>& b) {
  const auto turn = [](LocalPoint p, LocalPoint q, LocalPoint r) {
    return (q.x_m - p.x_m) * (r.y_m - p.y_m) - (q.y_m - p.y_m) * (r.x_m - p.x_m) > 0;
  };
  for (std::size_t i = 1; i < a.size(); ++i) {
    for (std::size_t j = 1; j < b.size(); ++j) {
      if (turn(a[i - 1], a[i], b[j - 1]) != turn(a[i - 1], a[i], b[j]) &&
          turn(b[j - 1], b[j], a[i - 1]) != turn(b[j - 1], b[j], a[i])) {
        return true;
      }
    }
  }
  return false;
}

TEST(RiverMeanders, PassThroughEveryFixedPoint) {
  const std::vector<CoursePoint> points{
      {{0, 0}, 20, 100}, {{6000, 2000}, 40, 300}, {{9000, -1000}, 60, 500}, {{16'000, 0}, 80, 600}};
  const std::vector<double> vigour(3, 1);
  const MeanderingCourse course = meandering_course(points, 3, vigour);
  ASSERT_EQ(course.at.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(course.line[course.at[i]], points[i].place);
  }
  EXPECT_EQ(course.at.back(), course.line.size() - 1);
}

TEST(RiverMeanders, AreTheSameForAKeyAndOthersForAnother) {
  EXPECT_EQ(drawn(eastward(800), 5), drawn(eastward(800), 5));
  EXPECT_NE(drawn(eastward(800), 5), drawn(eastward(800), 6));
}

TEST(RiverMeanders, AreWavesOfElevenWidths) {
  // 20 km hold 18 waves of 1100 m, with two turns each; at the ends the river is calm.
  const int count = turns(drawn(eastward(2000), 5));
  EXPECT_GT(count, 26);
  EXPECT_LT(count, 46);
}

TEST(RiverMeanders, MakeTheRiverLongerButKeepItInItsCorridor) {
  for (std::uint64_t key = 1; key < 9; ++key) {
    const auto line = drawn(eastward(2000), key);
    EXPECT_GT(length_m(line), 1.05 * 20'000);
    EXPECT_LT(length_m(line), 1.6 * 20'000);
    EXPECT_LT(widest_m(line), 2000);
  }
}

TEST(RiverMeanders, FindLessRoomInANarrowValley) {
  for (std::uint64_t key = 1; key < 9; ++key) {
    EXPECT_LT(length_m(drawn(eastward(120), key)), length_m(drawn(eastward(2000), key)));
  }
}

TEST(RiverMeanders, AreLeftOutWithoutVigourAndBetweenClosePoints) {
  EXPECT_NEAR(length_m(drawn(eastward(2000), 5, 0)), 20'000, 1e-6);
  const std::vector<CoursePoint> close{{{0, 0}, 100, 800}, {{800, 0}, 100, 800}};
  EXPECT_NEAR(length_m(drawn(close, 5)), 800, 1e-6);
}

TEST(RiverLines, CalmARiverThatWouldCrossItsNeighbour) {
  int calmed = 0;
  for (std::uint64_t key = 1; key < 20; ++key) {
    RiverLines lines;
    const auto first = lines.lay(eastward(2000), key, RiverLines::no_river);
    ASSERT_FALSE(first.crossing_span);
    const auto beside = eastward(2000, 100, widest_m(first.course.line) + 50);
    const auto second = lines.lay(beside, key + 100, RiverLines::no_river);
    ASSERT_FALSE(second.crossing_span);
    EXPECT_FALSE(cross(first.course.line, second.course.line));
    calmed += cross(first.course.line, drawn(beside, key + 100));
  }
  EXPECT_GT(calmed, 5) << "most would cross with full vigour";
}

TEST(RiverLines, EndATributaryWhereItFirstMeetsItsRiver) {
  RiverLines lines;
  const auto river = lines.lay(eastward(2000), 2, RiverLines::no_river);
  // Drawn to 3 km beyond the river.
  const std::vector<CoursePoint> points{{{9000, 9000}, 10, 60}, {{11'000, -3000}, 20, 100}};
  const auto tributary = lines.lay(points, 7, 0);
  ASSERT_FALSE(tributary.crossing_span);
  const LocalPoint mouth = tributary.course.line.back();
  EXPECT_LT(nearest_on(river.course.line, mouth).distance_m, 1e-6);
  EXPECT_EQ(tributary.course.at.back(), tributary.course.line.size() - 1);
  auto above = tributary.course.line;
  above.pop_back();
  EXPECT_FALSE(cross(above, river.course.line));
}

TEST(RiverLines, MayShareASourceWithTheMouthsOfOthers) {
  RiverLines lines;
  lines.lay(eastward(500), 1, RiverLines::no_river);
  const std::vector<CoursePoint> north{{{-4000, 6000}, 30, 200}, {{0, 0}, 40, 300}};
  const std::vector<CoursePoint> south{{{-4000, -6000}, 30, 200}, {{0, 0}, 40, 300}};
  for (const auto& points : {north, south}) {
    const auto laid = lines.lay(points, 4, 0);
    ASSERT_FALSE(laid.crossing_span);
    EXPECT_EQ(laid.course.line.back(), (LocalPoint{0, 0}));
  }
}

TEST(RiverLines, TellWhichSpanCrossesARiverHoweverItWinds) {
  RiverLines lines;
  lines.lay(eastward(2000), 1, RiverLines::no_river);
  const std::vector<CoursePoint> over{{{8000, 9000}, 10, 60},
                                      {{8000, 4000}, 10, 60},
                                      {{9000, -4000}, 10, 60},
                                      {{9000, -9000}, 10, 60}};
  EXPECT_EQ(lines.lay(over, 2, RiverLines::no_river).crossing_span, 1U);
  const std::vector<CoursePoint> knot{{{0, 20'000}, 10, 60},
                                      {{9000, 20'000}, 10, 60},
                                      {{9000, 25'000}, 10, 60},
                                      {{4000, 12'000}, 10, 60}};
  EXPECT_TRUE(lines.lay(knot, 3, RiverLines::no_river).crossing_span);
}

}  // namespace
}  // namespace kontwin
