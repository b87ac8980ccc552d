#include "io/traffic/route_pool.hpp"

#include <algorithm>

#include "io/traffic/xml_reader.hpp"

namespace kontwin::traffic {

// The next link of a route is nearly always one that its last one turns into: a few names to
// compare instead of a search in all of them, and the gaps are found on the way.
std::uint32_t RoutePool::next_link(std::uint32_t from, std::string_view id, VehicleKinds& kinds,
                                   std::string& reason) const {
  if (from != no_row) {
    for (auto turn = network_.turn_begin[from]; turn < network_.turn_begin[from + 1]; ++turn) {
      const std::uint32_t to = network_.turn_to[turn];
      if (network_.link_id[to] != id) continue;
      kinds &= network_.turn_allowed[turn];
      return to;
    }
  }
  const auto found = network_.find_link(id);
  if (!found) {
    reason = "edge '" + std::string(id) + "' of its route is not in the network";
    return no_row;
  }
  if (from != no_row) {
    reason = "its route has a gap: no turn from edge '" + network_.link_id[from] + "' to '" +
             std::string(id) + "'";
    return no_row;
  }
  return *found;
}

std::optional<RoutePool::Route> RoutePool::add(std::string_view ids, std::string& reason) {
  const std::size_t begin = links_.size();
  std::uint64_t hash = 0;
  std::uint32_t last = no_row;
  VehicleKinds kinds = all_vehicles;
  for (auto id = take_word(ids); !id.empty(); id = take_word(ids)) {
    last = next_link(last, id, kinds, reason);
    if (last == no_row) {
      links_.resize(begin);
      return std::nullopt;
    }
    links_.push_back(last);
    hash = (hash ^ last) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  }
  const Route route{static_cast<std::uint32_t>(begin),
                    static_cast<std::uint32_t>(links_.size() - begin), kinds};
  if (route.length == 0) {
    reason = "its route has no edges";
    return std::nullopt;
  }
  const auto [first, end] = by_hash_.equal_range(hash);
  for (auto same = first; same != end; ++same) {
    const Route& there = same->second;
    const auto at = links_.begin() + there.begin;
    if (there.length == route.length &&
        std::equal(at, at + there.length, links_.begin() + route.begin)) {
      links_.resize(begin);
      return there;
    }
  }
  by_hash_.emplace(hash, route);
  return route;
}

}  // namespace kontwin::traffic
