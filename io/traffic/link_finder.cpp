#include "io/traffic/link_finder.hpp"

#include <ogr_spatialref.h>

#include <algorithm>
#include <cmath>

#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

std::int64_t LinkFinder::square(double x_m, double y_m) {
  const auto part = [](double value) {
    return static_cast<std::int64_t>(std::floor(value / square_m));
  };
  return (part(x_m) << 32) ^ (part(y_m) & 0xFFFFFFFF);
}

LinkFinder::LinkFinder(const Network& network, VehicleKind kind) : network_(network) {
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    if (!contains(network.allowed[link], kind)) continue;
    const auto shape = network.shape_of(link);
    for (std::size_t i = 1; i < shape.size(); ++i) {
      // Every square that the piece's frame touches: pieces are short.
      const auto [west, east] = std::minmax(shape[i - 1].x_m, shape[i].x_m);
      const auto [south, north] = std::minmax(shape[i - 1].y_m, shape[i].y_m);
      const auto steps = [](double from, double to) {
        return static_cast<int>(std::floor(to / square_m) - std::floor(from / square_m));
      };
      for (int dx = 0; dx <= steps(west, east); ++dx) {
        for (int dy = 0; dy <= steps(south, north); ++dy) {
          auto& links = links_[square(west + dx * square_m, south + dy * square_m)];
          if (links.empty() || links.back() != link) links.push_back(link);
        }
      }
    }
  }
}

std::vector<LinkPlace> LinkFinder::near(LocalPoint place, double reach_m, std::size_t most) const {
  std::vector<std::uint32_t> links;
  const auto rings = static_cast<int>(std::ceil(reach_m / square_m));
  for (int dx = -rings; dx <= rings; ++dx) {
    for (int dy = -rings; dy <= rings; ++dy) {
      const auto found = links_.find(square(place.x_m + dx * square_m, place.y_m + dy * square_m));
      if (found != links_.end()) {
        links.insert(links.end(), found->second.begin(), found->second.end());
      }
    }
  }
  std::ranges::sort(links);
  links.erase(std::unique(links.begin(), links.end()), links.end());
  std::vector<LinkPlace> places;
  for (const std::uint32_t link : links) {
    const auto shape = network_.shape_of(link);
    const Foot foot = nearest_on(shape, place);
    if (foot.distance_m > reach_m) continue;
    const double drawn_m = length_m(shape);
    LinkPlace found;
    found.link = link;
    found.along = drawn_m > 0 ? std::clamp(foot.along_m / drawn_m, 0.0, 1.0) : 0;
    found.away_m = foot.distance_m;
    const LocalPoint before = point_along(shape, std::max(0.0, foot.along_m - 1));
    const LocalPoint after = point_along(shape, std::min(drawn_m, foot.along_m + 1));
    const double cross = (after.x_m - before.x_m) * (place.y_m - foot.point.y_m) -
                         (after.y_m - before.y_m) * (place.x_m - foot.point.x_m);
    // A stop on the middle line is on neither side.
    constexpr double on_road_m = 1;
    const bool left = cross > 0;
    found.own_side = foot.distance_m < on_road_m || left != network_.drives_on_right;
    places.push_back(found);
  }
  std::ranges::stable_sort(places, {}, &LinkPlace::away_m);
  if (places.size() > most) places.resize(most);
  return places;
}

struct NetworkFrame::Transformation {
  std::unique_ptr<OGRCoordinateTransformation> to_network;
};

NetworkFrame::NetworkFrame(const Network& network)
    : transformation_(std::make_unique<Transformation>()), offset_(network.reference.offset) {
  const std::string& crs = network.reference.crs;
  if (crs.empty()) {
    throw WorldError("network " + network.name + " does not say where on the earth it lies");
  }
  const GdalSession session;
  OGRSpatialReference geographic;
  OGRSpatialReference projected;
  geographic.SetWellKnownGeogCS("WGS84");
  geographic.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  projected.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (projected.SetFromUserInput(crs.c_str()) == OGRERR_NONE) {
    transformation_->to_network.reset(OGRCreateCoordinateTransformation(&geographic, &projected));
  }
  if (!transformation_->to_network) {
    throw WorldError("network " + network.name + " lies in '" + crs + "', which cannot be read");
  }
}

NetworkFrame::~NetworkFrame() = default;

std::optional<LocalPoint> NetworkFrame::to_local(GeoPoint place) const {
  double x = place.longitude_deg;
  double y = place.latitude_deg;
  const bool in_degrees = std::abs(x) <= 180 && std::abs(y) <= 90;
  if (!in_degrees || transformation_->to_network->Transform(1, &x, &y) == 0) return std::nullopt;
  if (!std::isfinite(x) || !std::isfinite(y)) return std::nullopt;
  return LocalPoint{x + offset_.x_m, y + offset_.y_m};
}

}  // namespace kontwin::traffic
