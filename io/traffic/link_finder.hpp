#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/network/network.hpp"
#include "twin/geometry.hpp"

namespace kontwin::traffic {

/// A place on a link near a place beside it.
struct LinkPlace {
  std::uint32_t link = no_row;
  double along = 0;      ///< share of the link's length before it
  double away_m = 0;     ///< from the place asked for
  bool own_side = true;  ///< it lies on the side of the kerb, or on the road
};

/// Finds the links of a network that a kind may use near places, by squares of the ground.
class LinkFinder {
 public:
  LinkFinder(const Network& network, VehicleKind kind);
  /// Places on the links within `reach_m`, one a link, nearest first, of those as near the lower
  /// row; at most `most`.
  std::vector<LinkPlace> near(LocalPoint place, double reach_m, std::size_t most) const;

 private:
  static constexpr double square_m = 250;
  static std::int64_t square(double x_m, double y_m);

  const Network& network_;
  std::unordered_map<std::int64_t, std::vector<std::uint32_t>> links_;  // [square], rising
};

/// Turns places on the earth into places in a network's frame.
class NetworkFrame {
 public:
  /// Throws WorldError where the network does not say where on the earth it lies, or in words that
  /// PROJ does not read.
  explicit NetworkFrame(const Network& network);
  ~NetworkFrame();
  NetworkFrame(const NetworkFrame&) = delete;
  NetworkFrame& operator=(const NetworkFrame&) = delete;
  /// Nothing for a place that the projection does not reach.
  std::optional<LocalPoint> to_local(GeoPoint place) const;

 private:
  struct Transformation;
  std::unique_ptr<Transformation> transformation_;
  LocalPoint offset_;
};

}  // namespace kontwin::traffic
