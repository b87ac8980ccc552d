#include "render/grid_mesh.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace kontwin {
namespace {

constexpr int side = 33;

std::vector<float> hills(float height_m) {
  std::vector<float> ground;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      // Rough in the west, a plane in the east.
      const float rough = std::max(0.0F, 16.0F - static_cast<float>(column)) / 16;
      ground.push_back(static_cast<float>(column) +
                       height_m * rough * std::sin(static_cast<float>(column * 2 + 1)) *
                           std::cos(static_cast<float>(row)));
    }
  }
  return ground;
}

int doubled_area(const GridTriangle& triangle) {
  const auto column = [&](std::size_t corner) { return triangle[corner] % side; };
  const auto row = [&](std::size_t corner) { return triangle[corner] / side; };
  return (column(1) - column(0)) * (row(2) - row(0)) - (column(2) - column(0)) * (row(1) - row(0));
}

TEST(GridMesh, APlaneIsTwoTriangles) { EXPECT_EQ(triangulate(hills(0), side, 0.01F).size(), 2U); }

TEST(GridMesh, WithoutToleranceARoughGroundKeepsEveryPoint) {
  const auto ground = hills(10);
  std::set<std::uint16_t> west;
  for (const GridTriangle& triangle : triangulate(ground, side, 0)) {
    for (const std::uint16_t corner : triangle) {
      if (corner % side < 15) west.insert(corner);
    }
  }
  EXPECT_EQ(west.size(), 15U * side);
}

TEST(GridMesh, CoversTheSquareOnceAndFacesUp) {
  int area = 0;
  for (const GridTriangle& triangle : triangulate(hills(10), side, 2)) {
    EXPECT_GT(doubled_area(triangle), 0);
    area += doubled_area(triangle);
  }
  EXPECT_EQ(area, 2 * (side - 1) * (side - 1));
}

TEST(GridMesh, HasNoGapWhereFineAndCoarseTrianglesMeet) {
  std::map<std::pair<int, int>, int> edges;
  for (const GridTriangle& triangle : triangulate(hills(10), side, 2)) {
    for (std::size_t i = 0; i < 3; ++i) ++edges[{triangle[i], triangle[(i + 1) % 3]}];
  }
  const auto on_rim = [](int a, int b) {
    const auto both = [&](int value, int of_a, int of_b) { return of_a == value && of_b == value; };
    return both(0, a % side, b % side) || both(side - 1, a % side, b % side) ||
           both(0, a / side, b / side) || both(side - 1, a / side, b / side);
  };
  for (const auto& [edge, count] : edges) {
    EXPECT_EQ(count, 1);
    if (on_rim(edge.first, edge.second)) continue;
    EXPECT_TRUE(edges.contains({edge.second, edge.first})) << edge.first << " " << edge.second;
  }
}

TEST(GridMesh, LeavesFewTrianglesWhereTheGroundIsPlaneAndMoreWhereToleranceIsLess) {
  const auto coarse = triangulate(hills(10), side, 5);
  const auto fine = triangulate(hills(10), side, 1);
  EXPECT_LT(coarse.size(), fine.size());
  const auto in_east = std::ranges::count_if(fine, [](const GridTriangle& triangle) {
    return std::ranges::all_of(triangle, [](int corner) { return corner % side >= 17; });
  });
  EXPECT_LT(in_east, 200);
  EXPECT_LT(in_east * 4, static_cast<long>(fine.size()));
}

}  // namespace
}  // namespace kontwin
