#include <algorithm>
#include <cmath>
#include <limits>

#include "io/traffic/osm/osm_assembly.hpp"
#include "twin/local_frame.hpp"

namespace kontwin::traffic {

namespace {

/// What a lane carries where nothing holds it up, cars an hour. Junctions and lights are driven one
/// by one here, so that it is the flow of a queue let go: 1,900, and 4 % less in lanes under 10 ft
/// (Highway Capacity Manual 6, chapter 19, base saturation flow and lane width). The capacities of
/// classes have the lights of their roads in them already; they are right for motorways, which have
/// none, and for ways on which one crawls.
double lane_capacity_pcph(const RoadDefaults& road) {
  constexpr double base_pcph = 1900, narrow_factor = 0.96, narrow_m = 3.05;
  constexpr double crawling_kmh = 15;
  if (road.speed_kmh <= crawling_kmh || road.capacity_vph_lane >= base_pcph) {
    return road.capacity_vph_lane;
  }
  return base_pcph * (road.lane_width_m < narrow_m ? narrow_factor : 1);
}

std::string way_name(const OsmRoad& road) { return "way " + std::to_string(road.id); }

}  // namespace

OsmAssembly::OsmAssembly(const OsmExtract& extract, const OsmNetworkOptions& options,
                         RepairBook& repairs)
    : extract_(extract), options_(options), repairs_(repairs) {
  for (const OsmRestriction& rule : extract.restrictions) {
    for (const auto* ways : {&rule.from, &rule.to, &rule.via_ways}) {
      ways_of_rules_.insert(ways_of_rules_.end(), ways->begin(), ways->end());
    }
  }
  std::ranges::sort(ways_of_rules_);
  ways_of_rules_.erase(std::unique(ways_of_rules_.begin(), ways_of_rules_.end()),
                       ways_of_rules_.end());
}

NetworkParts OsmAssembly::build() {
  parts_.drives_on_right = extract_.drives_on_right;
  place_nodes();
  count_uses();
  add_roads();
  index_links();
  read_signs();
  join_lights();
  set_controls();
  resolve_restrictions();
  choose_explicit_junctions();
  add_turns();
  let_ramps_merge();
  add_signals();
  return std::move(parts_);
}

void OsmAssembly::place_nodes() {
  double west = 180, east = -180, south = 90, north = -90;
  for (const osmium::Location& place : extract_.places) {
    if (!place.valid()) continue;
    west = std::min(west, place.lon());
    east = std::max(east, place.lon());
    south = std::min(south, place.lat());
    north = std::max(north, place.lat());
  }
  // Six digits are what the text of the projection holds, so that it can be made anew from it.
  const double lon = std::round((west + east) / 2 * 1e6) / 1e6;
  const double lat = std::round((south + north) / 2 * 1e6) / 1e6;
  const LocalFrame frame(GeoPoint{lon, lat});
  parts_.reference.crs = frame.definition();
  constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();
  points_.reserve(extract_.places.size());
  for (const osmium::Location& place : extract_.places) {
    points_.push_back(place.valid() ? frame.to_local(GeoPoint{place.lon(), place.lat()})
                                    : LocalPoint{nowhere, nowhere});
  }
}

void OsmAssembly::count_uses() {
  uses_.assign(points_.size(), 0);
  signed_.assign(points_.size(), 0);
  junction_of_node_.assign(points_.size(), no_row);
  for (const OsmSign& sign : extract_.signs) signed_[sign.node] = 1;
  const auto use = [this](std::uint32_t node) {
    if (uses_[node] < 2) ++uses_[node];
  };
  for (const OsmRoad& road : extract_.roads) {
    const auto nodes = extract_.nodes_of(road);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (std::isnan(points_[nodes[i]].x_m)) continue;
      // Twice the same node in a row is one.
      if (i > 0 && nodes[i] == nodes[i - 1]) continue;
      use(nodes[i]);
      const bool begins = i == 0 || std::isnan(points_[nodes[i - 1]].x_m);
      const bool ends = i + 1 == nodes.size() || std::isnan(points_[nodes[i + 1]].x_m);
      if (begins || ends) use(nodes[i]);
    }
  }
}

void OsmAssembly::add_roads() {
  for (const OsmRoad& road : extract_.roads) add_road(road);
  if (parts_.links.empty()) return;
  parts_.links.shrink_to_fit();
}

void OsmAssembly::add_road(const OsmRoad& road) {
  std::size_t number = 0;
  const std::size_t links_before = parts_.links.size();
  std::vector<std::uint32_t> piece;
  std::size_t missing = 0;
  std::int64_t first_missing = 0;
  const auto end_piece = [&] {
    if (piece.size() > 1) add_piece(road, piece, number);
    piece.clear();
  };
  for (const std::uint32_t node : extract_.nodes_of(road)) {
    if (std::isnan(points_[node].x_m)) {
      if (missing++ == 0) first_missing = extract_.node_ids[node];
      end_piece();
    } else if (piece.empty() || piece.back() != node) {
      piece.push_back(node);
    }
  }
  end_piece();
  if (missing > 0) {
    repairs_.note("missing node", way_name(road),
                  "cut at node " + std::to_string(first_missing) +
                      (missing > 1 ? " and " + std::to_string(missing - 1) + " more" : ""));
  }
  if (parts_.links.size() == links_before) {
    repairs_.note("no road", way_name(road), "left out: no two nodes in a row that are there");
    return;
  }
  // The pieces stand one after the other: the last along the way, and the first against it.
  for (std::size_t link = links_before; link < parts_.links.size(); ++link) {
    if (!origin_[link].forward) {
      origin_[link].last = true;
      break;
    }
  }
  for (std::size_t link = parts_.links.size(); link > links_before; --link) {
    if (origin_[link - 1].forward) {
      origin_[link - 1].last = true;
      break;
    }
  }
  if (road.forward.kinds != 0 && road.backward.kinds != 0 && road.forward.lanes == 1 &&
      road.backward.lanes == 1 && road.defaults->lane_width_m < 2) {
    repairs_.tally("one lane both ways", "ways for two wheels", "a lane each way");
  }
}

void OsmAssembly::add_piece(const OsmRoad& road, std::span<const std::uint32_t> nodes,
                            std::size_t& number) {
  // A ring that meets nothing else would lead from a junction to itself.
  const auto add = [&](std::span<const std::uint32_t> segment) {
    if (segment.front() == segment.back() && segment.size() > 2) {
      const std::size_t half = segment.size() / 2;
      add_segment(road, segment.first(half + 1), number++);
      add_segment(road, segment.subspan(half), number++);
    } else if (segment.front() != segment.back()) {
      add_segment(road, segment, number++);
    }
  };
  std::size_t begin = 0;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (uses_[nodes[i]] < 2) continue;
    add(nodes.subspan(begin, i - begin + 1));
    begin = i;
  }
}

std::uint32_t OsmAssembly::junction(std::uint32_t node) {
  std::uint32_t& row = junction_of_node_[node];
  if (row == no_row) {
    row = static_cast<std::uint32_t>(parts_.junctions.size());
    parts_.junctions.push_back({std::to_string(extract_.node_ids[node]), points_[node], {}});
    node_of_junction_.push_back(node);
    for (auto* ends : {&ends_at_, &lane_ends_at_, &street_ends_at_}) ends->push_back(0);
    on_roundabout_.push_back(0);
  }
  return row;
}

void OsmAssembly::add_segment(const OsmRoad& road, std::span<const std::uint32_t> nodes,
                              std::size_t number) {
  VehicleKinds passes = all_vehicles;
  std::vector<std::pair<std::uint32_t, double>> signs;  // row, distance from the start
  double along_m = 0;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    along_m += distance_m(points_[nodes[i - 1]], points_[nodes[i]]);
    if (i + 1 == nodes.size() || signed_[nodes[i]] == 0) continue;
    const auto sign = std::ranges::lower_bound(extract_.signs, nodes[i], {}, &OsmSign::node);
    if (sign->what == OsmSign::What::barrier) {
      passes &= sign->lets;
      repairs_.note("barrier", "node " + std::to_string(extract_.node_ids[nodes[i]]),
                    way_name(road) + " is closed there to those who cannot pass");
    } else {
      signs.emplace_back(static_cast<std::uint32_t>(sign - extract_.signs.begin()), along_m);
    }
  }
  const VehicleKinds there = road.forward.kinds & passes;
  const VehicleKinds back = road.backward.kinds & passes;
  if ((there | back) == 0) return;
  const std::uint32_t from = junction(nodes.front());
  const std::uint32_t to = junction(nodes.back());
  const Rank rank = rank_of_road(road, there | back);
  for (const std::uint32_t at : {from, to}) {
    ++ends_at_[at];
    if (rank >= Rank::lane) ++lane_ends_at_[at];
    if (rank == Rank::street) ++street_ends_at_[at];
  }
  if (road.roundabout) on_roundabout_[from] = on_roundabout_[to] = 1;
  std::vector<LocalPoint> shape;
  shape.reserve(nodes.size());
  for (const std::uint32_t node : nodes) shape.push_back(points_[node]);
  const std::uint32_t forward = add_link(road, road.forward, number, from, to, there);
  if (forward != no_row) parts_.links[forward].shape = shape;
  const std::uint32_t backward = add_link(road, road.backward, number, to, from, back);
  if (backward != no_row) {
    std::ranges::reverse(shape);
    parts_.links[backward].shape = std::move(shape);
    origin_[backward].forward = false;
  }
  for (const std::uint32_t link : {forward, backward}) {
    if (link == no_row) continue;
    origin_[link].length_m = static_cast<float>(along_m);
    origin_[link].opposite = link == forward ? backward : forward;
    if (std::ranges::binary_search(ways_of_rules_, road.id)) {
      links_of_ways_.emplace_back(road.id, link);
    }
  }
  for (const auto& [sign, at_m] : signs) {
    spots_.push_back({sign, forward, backward, along_m - at_m, at_m});
  }
}

std::uint32_t OsmAssembly::add_link(const OsmRoad& road, const OsmRoadWay& way, std::size_t number,
                                    std::uint32_t from, std::uint32_t to, VehicleKinds kinds) {
  if (kinds == 0) return no_row;
  LinkPart link;
  link.id =
      (&way == &road.backward ? "-" : "") + std::to_string(road.id) + "#" + std::to_string(number);
  link.name = extract_.texts[road.name];
  link.from = from;
  link.to = to;
  link.free_speed_mps = static_cast<double>(way.speed_mps);
  link.lanes = way.lanes;
  link.lane_capacity_pcph = lane_capacity_pcph(*road.defaults);
  link.lane_width_m = road.defaults->lane_width_m;
  link.allowed = kinds;
  link.lane_kinds.assign(extract_.lane_kinds.begin() + way.lane_kinds_begin,
                         extract_.lane_kinds.begin() + way.lane_kinds_end);
  link.priority = road.priority;
  origin_.push_back(
      {static_cast<std::uint32_t>(&road - extract_.roads.data()), true, false, no_row, no_row, 0});
  parts_.links.push_back(std::move(link));
  return static_cast<std::uint32_t>(parts_.links.size() - 1);
}

void OsmAssembly::index_links() {
  std::ranges::sort(links_of_ways_);
  const std::size_t junctions = parts_.junctions.size();
  const auto index = [&](std::uint32_t LinkPart::*end, std::vector<std::uint32_t>& begin,
                         std::vector<std::uint32_t>& rows) {
    begin.assign(junctions + 1, 0);
    for (const LinkPart& link : parts_.links) ++begin[link.*end + 1];
    for (std::size_t i = 0; i < junctions; ++i) begin[i + 1] += begin[i];
    rows.resize(parts_.links.size());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (std::uint32_t link = 0; link < parts_.links.size(); ++link) {
      rows[next[parts_.links[link].*end]++] = link;
    }
  };
  index(&LinkPart::from, out_begin_, out_);
  index(&LinkPart::to, in_begin_, in_);
  for (auto* flags : {&small_roundabout_, &all_stop_, &lights_, &explicit_, &within_}) {
    flags->assign(junctions, 0);
  }
}

}  // namespace kontwin::traffic
