#include <array>
#include <cmath>
#include <string_view>

#include "twin/driving_graph.hpp"
#include "twin/world_check_parts.hpp"

namespace kontwin {

namespace {

/// A shape may miss its junction by this much before it looks torn.
constexpr double loose_end_m = 1;
/// Lengths are rounded by surveyors and map makers.
constexpr double length_slack = 0.98;

/// Who must be reachable by road.
constexpr std::array served{Kind::hospital, Kind::health_station, Kind::school, Kind::shelter};

void check_numbers(const WorldParts& parts, std::size_t link, ProblemList& problems) {
  const EntityTable& roads = parts.entities[index_of(Kind::road)];
  for (const auto attribute : {road_attribute::length_m, road_attribute::lanes,
                               road_attribute::free_speed_mps, road_attribute::capacity_vph}) {
    const double value = roads.attribute(attribute, link);
    if (value > 0 && std::isfinite(value)) continue;
    const bool length = attribute == road_attribute::length_m;
    const std::string id(schema_of(Kind::road).attributes[attribute].id);
    problems.error(length ? "zero_length_link" : "bad_road_number", roads.urn[link],
                   id + " phải là số lớn hơn 0", id + " must be a number above 0");
  }
}

void check_shape(const WorldParts& parts, std::size_t link, ProblemList& problems) {
  const EntityTable& roads = parts.entities[index_of(Kind::road)];
  const EntityTable& junctions = parts.entities[index_of(Kind::junction)];
  const LocalPoint from = junctions.place[parts.roads.from[link]];
  const LocalPoint to = junctions.place[parts.roads.to[link]];
  const auto shape = parts.roads.shape_of(link);
  const double length_m = roads.attribute(road_attribute::length_m, link);
  const double straight_m = distance_m(from, to);
  if (length_m > 0 && length_m < length_slack * straight_m && straight_m > loose_end_m) {
    problems.warning("link_too_short", roads.urn[link],
                     "dài " + number_text(length_m) + " m, ngắn hơn khoảng cách thẳng " +
                         number_text(straight_m) + " m giữa hai đầu",
                     "is " + number_text(length_m) + " m long, less than the straight " +
                         number_text(straight_m) + " m between its ends");
  }
  const double torn_m = std::max(distance_m(shape.front(), from), distance_m(shape.back(), to));
  if (torn_m > loose_end_m) {
    problems.warning("loose_end", roads.urn[link],
                     "hình dạng không chạm nút giao (cách " + number_text(torn_m) + " m)",
                     "its shape does not meet its junction (" + number_text(torn_m) + " m apart)");
  }
}

void check_disconnected(const WorldParts& parts, std::span<const std::uint32_t> component,
                        ProblemList& problems) {
  struct Part {
    std::size_t junctions = 0;
    std::size_t links = 0;
    std::uint32_t first = no_row;
  };
  std::vector<Part> found;
  for (std::uint32_t row = 0; row < component.size(); ++row) {
    if (component[row] >= found.size()) found.resize(component[row] + 1);
    Part& part = found[component[row]];
    if (part.junctions++ == 0) part.first = row;
  }
  for (std::size_t link = 0; link < parts.roads.links(); ++link) {
    const std::uint32_t from = component[parts.roads.from[link]];
    const std::uint32_t to = component[parts.roads.to[link]];
    ++found[from].links;
    if (to != from) ++found[to].links;
  }
  const auto& urns = parts.entities[index_of(Kind::junction)].urn;
  for (std::size_t number = 1; number < found.size(); ++number) {
    const Part& part = found[number];
    if (part.first == no_row) continue;
    problems.warning("disconnected_roads", urns[part.first],
                     std::to_string(part.junctions) + " nút giao và " + std::to_string(part.links) +
                         " đoạn đường không đi được hai chiều tới mạng chính",
                     std::to_string(part.junctions) + " junctions and " +
                         std::to_string(part.links) +
                         " links cannot be driven to and from the largest part of the network");
  }
}

void check_forbidden_turns(const RoadNetwork& roads, ProblemList& problems) {
  std::pair<std::uint32_t, std::uint32_t> before{};
  bool first = true;
  for (const ForbiddenTurn& turn : roads.forbidden_turns) {
    const std::pair pair(turn.from, turn.to);
    const bool sound = turn.from < roads.links() && turn.to < roads.links() &&
                       roads.to[turn.from] == roads.from[turn.to] && turn.kinds != 0 &&
                       (first || before < pair);
    first = false;
    before = pair;
    if (sound) continue;
    const std::string rows = std::to_string(turn.from) + " > " + std::to_string(turn.to);
    problems.error("bad_forbidden_turn", "roads",
                   "hướng rẽ cấm " + rows +
                       " không nối hai đoạn đường, lặp lại, sai thứ tự hoặc "
                       "không áp dụng cho xe nào",
                   "the forbidden turn " + rows +
                       " joins no two roads, stands twice, is out of order, or is for nobody");
  }
}

}  // namespace

bool check_links(const WorldParts& parts, ProblemList& problems) {
  const RoadNetwork& roads = parts.roads;
  const EntityTable& table = parts.entities[index_of(Kind::road)];
  const std::size_t links = table.size();
  const bool no_roads = links == 0 && roads.links() == 0;
  if (no_roads) {
    problems.warning("no_roads", "roads", "thế giới không có đường nào", "the world has no roads");
    return false;
  }
  const bool equal = roads.links() == links && roads.to.size() == links &&
                     roads.opposite.size() == links && roads.number.size() == links &&
                     roads.shape_begin.size() == links + 1 &&
                     roads.shape_begin.back() == roads.shape.size();
  if (!equal) {
    problems.error("unequal_columns", "roads", "mạng đường và bảng đường không khớp số lượng",
                   "the road network and the road entities differ in number");
    return false;
  }
  const std::size_t junctions = parts.entities[index_of(Kind::junction)].size();
  bool graph = true;
  for (std::size_t link = 0; link < links; ++link) {
    check_numbers(parts, link, problems);
    if (roads.from[link] >= junctions || roads.to[link] >= junctions) {
      problems.error("no_junction", table.urn[link], "một nút giao ở đầu đường không tồn tại",
                     "one of its junctions is not there");
      graph = false;
    } else if (roads.shape_begin[link] + 2 > roads.shape_begin[link + 1] ||
               roads.shape_begin[link + 1] > roads.shape.size()) {
      problems.error("no_shape", table.urn[link], "hình dạng có ít hơn hai điểm",
                     "its shape has fewer than two points");
    } else {
      check_shape(parts, link, problems);
    }
    if (roads.opposite[link] != no_row && roads.opposite[link] >= links) {
      problems.error("no_opposite", table.urn[link], "đoạn chiều ngược lại không tồn tại",
                     "its opposite link is not there");
    }
  }
  check_forbidden_turns(roads, problems);
  return graph;
}

void check_reach(const WorldParts& parts, ProblemList& problems) {
  const std::size_t junctions = parts.entities[index_of(Kind::junction)].size();
  const DrivingGraph graph(junctions, parts.roads, every_vehicle);
  const std::vector<double> cost(parts.roads.links(), 1.0);
  const auto component = graph.components(cost);
  check_disconnected(parts, component, problems);
  for (const Kind kind : served) {
    const EntityTable& table = parts.entities[index_of(kind)];
    const auto attribute = *find_attribute(kind, "junction_row");
    for (std::size_t row = 0; row < table.size(); ++row) {
      const double junction = table.attribute(attribute, row);
      if (std::isnan(junction)) {
        problems.warning("unreachable", table.urn[row], "không có đường nào dẫn tới",
                         "no junction leads to it");
      } else if (junction >= 0 && junction < static_cast<double>(junctions) &&
                 component[static_cast<std::size_t>(junction)] != 0) {
        problems.warning("unreachable", table.urn[row],
                         "không đi được từ phần lớn nhất của mạng đường",
                         "cannot be driven to and from the largest part of the network");
      }
    }
  }
}

}  // namespace kontwin
