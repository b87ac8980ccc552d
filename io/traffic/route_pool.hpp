#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// Puts routes into the pool of a trip table, the same route once.
class RoutePool {
 public:
  struct Route {
    std::uint32_t begin = 0, length = 0;
    VehicleKinds kinds = all_vehicles;  ///< who may make all its turns
  };

  /// `links`: the pool, which must outlive this.
  RoutePool(const Network& network, std::vector<std::uint32_t>& links)
      : network_(network), links_(links) {}

  /// Adds the route over links named in `ids`, with blanks between them. Nothing where it cannot be
  /// driven: `reason` then says why.
  std::optional<Route> add(std::string_view ids, std::string& reason);

  std::uint32_t first_link(const Route& route) const { return links_[route.begin]; }
  std::uint32_t last_link(const Route& route) const {
    return links_[route.begin + route.length - 1];
  }

 private:
  std::uint32_t next_link(std::uint32_t from, std::string_view id, VehicleKinds& kinds,
                          std::string& reason) const;

  const Network& network_;
  std::vector<std::uint32_t>& links_;
  std::unordered_multimap<std::uint64_t, Route> by_hash_;
};

}  // namespace kontwin::traffic
