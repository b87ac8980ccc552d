#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "io/import/osm_builders.hpp"

namespace kontwin {

namespace {

/// A link must have a length; nodes on the same spot are held this far apart.
constexpr double shortest_link_m = 0.1;
/// Lights stand at most so far before the junction that they are for.
constexpr double light_reach_m = 50;

struct Road {
  const OsmWay* way;
  RoadTags tags;
  std::vector<std::vector<std::int64_t>> pieces;  // between missing nodes
};

class RoadBuilder {
 public:
  explicit RoadBuilder(const OsmImport& import) : import_(import) {}

  void build() {
    for (const OsmWay& way : import_.file.ways()) take(way);
    for (const Road& road : roads_) count_uses(road);
    for (const Road& road : roads_) add_links(road);
    add_signals();
    add_osm_turn_rules(import_, index_);
  }

 private:
  void take(const OsmWay& way) {
    NoRoad why{};
    auto tags = read_road(way.tags, why);
    if (!tags) {
      if (why == NoRoad::not_for_vehicles) import_.report.count("ways not for vehicles left out");
      if (why == NoRoad::closed) import_.report.count("closed or unbuilt ways left out");
      return;
    }
    for (const std::string& unread : tags->unread) {
      import_.note("tags not understood", way.id, "'" + unread + "' is not understood; left out");
    }
    if (tags->motorbikes_only) import_.report.count("motorbike paths");
    Road road{&way, std::move(*tags), cut_at_gaps(way)};
    if (road.pieces.empty()) {
      import_.note("ways left out", way.id, "fewer than two nodes in a row are there; left out");
      return;
    }
    roads_.push_back(std::move(road));
  }

  std::vector<std::vector<std::int64_t>> cut_at_gaps(const OsmWay& way) const {
    std::vector<std::vector<std::int64_t>> pieces(1);
    bool cut = false;
    for (const std::int64_t node : way.nodes) {
      if (!import_.file.place_of(node)) {
        import_.note("missing nodes", way.id,
                     "node " + std::to_string(node) + " is missing; the way was cut there");
        cut = true;
        if (!pieces.back().empty()) pieces.emplace_back();
      } else if (pieces.back().empty() || pieces.back().back() != node) {
        pieces.back().push_back(node);
      }
    }
    std::erase_if(pieces, [](const auto& piece) { return piece.size() < 2; });
    if (cut) import_.report.count("ways cut");
    return pieces;
  }

  /// A node becomes a junction when roads meet there: used twice, or the end of a piece.
  void count_uses(const Road& road) {
    for (const auto& piece : road.pieces) {
      for (const std::int64_t node : piece) ++uses_[node];
      ++uses_[piece.front()];
      ++uses_[piece.back()];
      // A ring that meets nothing else on its way would lead from a junction to itself.
      if (piece.front() == piece.back()) uses_[piece[piece.size() / 2]] += 2;
    }
  }

  void add_links(const Road& road) {
    std::size_t number = 0;
    for (const auto& piece : road.pieces) {
      std::size_t begin = 0;
      for (std::size_t i = 1; i < piece.size(); ++i) {
        if (uses_[piece[i]] < 2) continue;
        std::vector<std::int64_t> nodes(piece.begin() + static_cast<std::ptrdiff_t>(begin),
                                        piece.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        begin = i;
        if (nodes.front() == nodes.back() && nodes.size() > 2) {
          // A lasso: the loop part of a way that crosses itself. Half way round is a junction too.
          const auto half = static_cast<std::ptrdiff_t>(nodes.size() / 2);
          add_segment(road, {nodes.begin(), nodes.begin() + half + 1}, number++);
          add_segment(road, {nodes.begin() + half, nodes.end()}, number++);
        } else {
          add_segment(road, nodes, number++);
        }
      }
    }
  }

  void add_segment(const Road& road, const std::vector<std::int64_t>& nodes, std::size_t number) {
    std::vector<LocalPoint> shape;
    shape.reserve(nodes.size());
    for (const std::int64_t node : nodes) shape.push_back(place(node));
    double length = length_m(shape);
    if (length < shortest_link_m) {
      import_.note("links without length", road.way->id,
                   "nodes " + std::to_string(nodes.front()) + " and " +
                       std::to_string(nodes.back()) +
                       " lie on the same spot; the link is held at "
                       "0.1 m");
      length = shortest_link_m;
    }
    const std::uint32_t from = junction(nodes.front());
    const std::uint32_t to = junction(nodes.back());
    const RoadTags& tags = road.tags;
    // A light where paths cross a street is for those on foot, or for the junction behind.
    if (!tags.motorbikes_only) {
      ++arms_[nodes.front()];
      ++arms_[nodes.back()];
    }
    const std::string id = "osm-" + std::to_string(road.way->id) + "-" + std::to_string(number);
    std::uint32_t forward = no_row;
    std::uint32_t backward = no_row;
    if (tags.direction != Direction::backward) {
      forward = add_link(road, id + "-f", from, to, shape, length, tags.forward.speed_mps,
                         tags.forward.lanes);
    }
    if (tags.direction != Direction::forward) {
      std::ranges::reverse(shape);
      backward = add_link(road, id + "-b", to, from, shape, length, tags.backward.speed_mps,
                          tags.backward.lanes);
    }
    if (forward != no_row && backward != no_row) {
      import_.parts.roads.opposite[forward] = backward;
      import_.parts.roads.opposite[backward] = forward;
    }
  }

  std::uint32_t add_link(const Road& road, const std::string& id, std::uint32_t from,
                         std::uint32_t to, std::span<const LocalPoint> shape, double length,
                         double speed_mps, double lanes) {
    const RoadTags& tags = road.tags;
    import_.report.count("road links");
    if (tags.assumed()) import_.report.count("road links with assumed speed or lanes");
    EntityRecord record{
        .urn = make_urn(Kind::road, id),
        .name = tags.name,
        .place = point_along(shape, length / 2),
        .provenance = tags.assumed() ? Provenance::derived : Provenance::fact,
        .source = import_.source,
        .commune_code = {},
        .attributes = {length, lanes, speed_mps, lanes * tags.defaults.capacity_vph_lane,
                       tags.width_m, static_cast<double>(tags.defaults.road_class),
                       tags.bridge ? 1.0 : 0.0, tags.deck_height_m}};
    const std::uint32_t link =
        import_.parts.add_road(std::move(record), from, to, shape, tags.number);
    index_.links_of_way[road.way->id].push_back(link);
    return link;
  }

  LocalPoint place(std::int64_t node) const {
    return import_.local(node, *import_.file.place_of(node));
  }

  std::uint32_t junction(std::int64_t node) {
    const auto known = index_.junctions.find(node);
    if (known != index_.junctions.end()) return known->second;
    const std::uint32_t row = import_.parts.add(
        Kind::junction, {.urn = make_urn(Kind::junction, "osm-" + std::to_string(node)),
                         .name = {},
                         .place = place(node),
                         .provenance = Provenance::fact,
                         .source = import_.source,
                         .commune_code = {},
                         .attributes = {}});
    index_.junctions.emplace(node, row);
    return row;
  }

  /// One for each junction that lights stand on, or before.
  void add_signals() {
    const auto lit = [](const OsmNode& node) { return node.tags.is("highway", "traffic_signals"); };
    std::unordered_map<std::int64_t, std::uint32_t> before;  // [node] the junction it is for
    for (const OsmNode& node : import_.file.nodes()) {
      if (lit(node) && !is_crossing(node.id)) before.emplace(node.id, no_row);
    }
    if (!before.empty()) lead_to_crossings(before);
    std::unordered_set<std::uint32_t> done;
    for (const OsmNode& node : import_.file.nodes()) {
      if (!lit(node)) continue;
      const auto led = before.find(node.id);
      const std::uint32_t at = led == before.end() ? index_.junctions.at(node.id) : led->second;
      if (at == no_row) {
        import_.report.count("signals away from a junction left out");
        continue;
      }
      if (!done.insert(at).second) continue;
      import_.parts.add(Kind::signal,
                        {.urn = make_urn(Kind::signal, "osm-" + std::to_string(node.id)),
                         .name = std::string(node.tags.get("name")),
                         .place = import_.local(node.id, node.place),
                         .provenance = Provenance::fact,
                         .source = import_.source,
                         .commune_code = {},
                         .attributes = {static_cast<double>(at)}});
    }
  }

  /// More than two roads meet there: a road that ends counts once, one that goes on twice.
  bool is_crossing(std::int64_t node) const {
    const auto arms = arms_.find(node);
    return arms != arms_.end() && arms->second > 2;
  }

  /// The nearest crossing along the road from each light, the way that is open: of lights before a
  /// junction.
  void lead_to_crossings(std::unordered_map<std::int64_t, std::uint32_t>& lights) const {
    std::unordered_map<std::int64_t, double> nearest_m;
    const auto walk = [&](const std::vector<std::int64_t>& piece, std::size_t from, int step,
                          std::uint32_t& found) {
      double& least_m = nearest_m.try_emplace(piece[from], light_reach_m).first->second;
      double away_m = 0;
      std::size_t at = from;
      while (step > 0 ? at + 1 < piece.size() : at > 0) {
        const std::size_t next = step > 0 ? at + 1 : at - 1;
        away_m += distance_m(place(piece[at]), place(piece[next]));
        at = next;
        if (away_m > least_m) return;
        if (!is_crossing(piece[at])) continue;
        least_m = away_m;
        found = index_.junctions.at(piece[at]);
        return;
      }
    };
    for (const Road& road : roads_) {
      if (road.tags.motorbikes_only) continue;
      for (const auto& piece : road.pieces) {
        for (std::size_t i = 0; i < piece.size(); ++i) {
          const auto light = lights.find(piece[i]);
          if (light == lights.end()) continue;
          if (road.tags.direction != Direction::backward) walk(piece, i, 1, light->second);
          if (road.tags.direction != Direction::forward) walk(piece, i, -1, light->second);
        }
      }
    }
  }

  const OsmImport& import_;
  std::vector<Road> roads_;
  std::unordered_map<std::int64_t, int> uses_;
  std::unordered_map<std::int64_t, int>
      arms_;  // [node of a junction] ends of links of different roads, without paths
  OsmRoadIndex index_;
};

}  // namespace

void add_osm_roads(const OsmImport& import) { RoadBuilder(import).build(); }

}  // namespace kontwin
