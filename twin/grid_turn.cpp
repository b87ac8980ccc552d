#include "twin/grid_turn.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kontwin {

namespace {

LocalPoint turned(LocalPoint of, double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const double along = std::cos(angle), across = std::sin(angle);
  return {along * of.x_m - across * of.y_m, across * of.x_m + along * of.y_m};
}

LocalPoint turned_about(LocalPoint about, LocalPoint of, double degrees) {
  const LocalPoint by = turned({of.x_m - about.x_m, of.y_m - about.y_m}, degrees);
  return {about.x_m + by.x_m, about.y_m + by.y_m};
}

}  // namespace

LocalPoint GridTurn::on_plane(LocalPoint along) const {
  return any() ? turned_about(about, along, degrees) : along;
}

LocalPoint GridTurn::along_axes(LocalPoint on) const {
  return any() ? turned_about(about, on, -degrees) : on;
}

LocalPoint GridTurn::heading_on_plane(LocalPoint along) const {
  return any() ? turned(along, degrees) : along;
}

LocalBox GridTurn::box_on_plane(const LocalBox& along) const {
  const LocalPoint first = on_plane({along.min_x_m, along.min_y_m});
  LocalBox box{first.x_m, first.y_m, first.x_m, first.y_m};
  for (const LocalPoint corner :
       {on_plane({along.max_x_m, along.min_y_m}), on_plane({along.min_x_m, along.max_y_m}),
        on_plane({along.max_x_m, along.max_y_m})}) {
    box.min_x_m = std::min(box.min_x_m, corner.x_m);
    box.min_y_m = std::min(box.min_y_m, corner.y_m);
    box.max_x_m = std::max(box.max_x_m, corner.x_m);
    box.max_y_m = std::max(box.max_y_m, corner.y_m);
  }
  return box;
}

std::array<double, 6> GridTurn::geotransform(const GridShape& shape) const {
  const LocalPoint corner = on_plane({shape.left_m, shape.box().max_y_m});
  const LocalPoint column = heading_on_plane({shape.cell_m, 0});
  const LocalPoint row = heading_on_plane({0, -shape.cell_m});
  return {corner.x_m, column.x_m, row.x_m, corner.y_m, column.y_m, row.y_m};
}

}  // namespace kontwin
