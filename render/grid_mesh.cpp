#include "render/grid_mesh.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin {

namespace {

struct Point {
  int column, row;
};

Point middle(Point a, Point b) { return {(a.column + b.column) / 2, (a.row + b.row) / 2}; }

class Sheet {
 public:
  Sheet(std::span<const float> height_m, int side, float tolerance_m)
      : height_m_(height_m), side_(side), tolerance_m_(tolerance_m), error_m_(height_m.size(), 0) {
    for (int half = 1; half < side - 1; half *= 2) {
      measure_sides(half);
      measure_middles(half);
    }
  }

  std::vector<GridTriangle> triangles() {
    const int last = side_ - 1;
    add({0, 0}, {last, last}, {0, last});
    add({last, last}, {0, 0}, {last, 0});
    return std::move(triangles_);
  }

 private:
  std::size_t at(Point point) const {
    return static_cast<std::size_t>(point.row * side_ + point.column);
  }

  /// How far the ground at a point lies from the middle of the edge between two others; no less
  /// than at the points around it that would be split later.
  void measure(Point point, Point from, Point to, const std::array<Point, 4>& later) {
    float error_m = std::abs(height_m_[at(point)] - (height_m_[at(from)] + height_m_[at(to)]) / 2);
    for (const Point other : later) {
      if (other.column < 0 || other.row < 0 || other.column >= side_ || other.row >= side_) {
        continue;
      }
      error_m = std::max(error_m, error_m_[at(other)]);
    }
    error_m_[at(point)] = error_m;
  }

  /// The middles of the sides of squares of 2 * half.
  void measure_sides(int half) {
    const int quarter = half / 2;  // 0 at the finest: the point itself, which adds nothing
    for (int row = 0; row < side_; row += half) {
      for (int column = row / half % 2 == 0 ? half : 0; column < side_; column += 2 * half) {
        const bool along_row = row / half % 2 == 0;
        const Point step = along_row ? Point{half, 0} : Point{0, half};
        measure({column, row}, {column - step.column, row - step.row},
                {column + step.column, row + step.row},
                {Point{column - quarter, row - quarter},
                 {column + quarter, row - quarter},
                 {column - quarter, row + quarter},
                 {column + quarter, row + quarter}});
      }
    }
  }

  /// The middles of squares of 2 * half, on the diagonal from the middle of the larger square.
  void measure_middles(int half) {
    for (int row = half; row < side_; row += 2 * half) {
      for (int column = half; column < side_; column += 2 * half) {
        const bool rising = (column / (2 * half) + row / (2 * half)) % 2 == 0;
        const int up = rising ? half : -half;
        measure({column, row}, {column - half, row - up}, {column + half, row + up},
                {Point{column - half, row},
                 {column + half, row},
                 {column, row - half},
                 {column, row + half}});
      }
    }
  }

  /// The triangle with its right angle at c, or the two it splits into.
  void add(Point a, Point b, Point c) {
    const bool splits = std::abs(a.column - c.column) + std::abs(a.row - c.row) > 1;
    const Point m = middle(a, b);
    if (splits && error_m_[at(m)] > tolerance_m_) {
      add(c, a, m);
      add(b, c, m);
      return;
    }
    triangles_.push_back({static_cast<std::uint16_t>(at(a)), static_cast<std::uint16_t>(at(b)),
                          static_cast<std::uint16_t>(at(c))});
  }

  std::span<const float> height_m_;
  int side_;
  float tolerance_m_;
  std::vector<float> error_m_;  ///< of leaving a point out
  std::vector<GridTriangle> triangles_;
};

}  // namespace

std::vector<GridTriangle> triangulate(std::span<const float> height_m, int side,
                                      float tolerance_m) {
  return Sheet(height_m, side, tolerance_m).triangles();
}

}  // namespace kontwin
