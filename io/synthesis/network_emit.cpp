#include "io/synthesis/network_emit.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "io/synthesis/road_embankments.hpp"

namespace kontwin::synthesis {

namespace {

/// What a road of a class is like where it says nothing itself.
struct ClassNorm {
  double speed_kmh;
  double town_speed_kmh;
  double lane_capacity_vph;  ///< of the local mix, outside town
  double town_lane_capacity_vph;
  double lane_width_m;
  const char* name;
};

// Speeds follow Circular 31/2019/TT-BGTVT for two-way roads without a divider. Capacities: 1,400
// passenger car units an hour for a lane outside town and 900 in town (signals, crossings), less on
// narrower roads, over 0.44 units a vehicle for eight motorbikes (0.3 units) in ten vehicles.
constexpr std::array<ClassNorm, 7> norms{{
    {70, 50, 3200, 2000, 3.5, "ql"},
    {60, 50, 2600, 1900, 3.0, "dt"},
    {45, 40, 1800, 1600, 2.75, "dh"},
    {35, 30, 1000, 1000, 2.0, "dx"},
    {40, 40, 1800, 1800, 3.5, "pho"},
    {30, 30, 1000, 1000, 2.5, "hem"},
    {20, 20, 500, 500, 1.5, "mon"},
}};

/// A pass road winds: what is 1.25 times as long as its chord is driven at 50 km/h at most.
double speed_kmh(const DraftRoad& road, double long_m) {
  const ClassNorm& norm = norms[static_cast<std::size_t>(road.road_class)];
  if (road.speed_kmh > 0) return road.speed_kmh;
  if (road.in_town) return norm.town_speed_kmh;
  const double chord_m = distance_m(road.line.front(), road.line.back());
  return long_m > 1.25 * chord_m ? std::min(norm.speed_kmh, 50.0) : norm.speed_kmh;
}

std::string ascii_number(const std::string& number) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] == '\xC4' && i + 1 < number.size() && number[i + 1] == '\x90') {
      out += 'D';
      ++i;
    } else {
      out += number[i];
    }
  }
  return out;
}

}  // namespace

std::uint32_t own_source(WorldParts& parts) {
  return parts.add_source(
      {"kontwin", "Drawn or synthesised by the Kontwin project from the facts in the other rows",
       "own work"});
}

void emit_network(const NetworkDraft& draft, const CommuneIndex& communes, const RiverIndex& rivers,
                  WorldParts& parts) {
  const std::uint32_t own = own_source(parts);
  std::vector<std::uint32_t> rows;
  rows.reserve(draft.junctions.size());
  for (std::size_t i = 0; i < draft.junctions.size(); ++i) {
    const DraftJunction& junction = draft.junctions[i];
    const std::string id = junction.id.empty() ? "kontum-" + std::to_string(i) : junction.id;
    rows.push_back(parts.add(Kind::junction, {make_urn(Kind::junction, id),
                                              junction.name,
                                              junction.place,
                                              Provenance::synthetic,
                                              own,
                                              communes.code_of(junction.place),
                                              {}}));
  }
  std::map<std::string, int> counts;
  for (const DraftRoad& road : draft.roads) {
    const ClassNorm& norm = norms[static_cast<std::size_t>(road.road_class)];
    const double long_m = length_m(road.line);
    const bool bridge = road.bridge || !rivers.crossings(road.line).empty();
    const double capacity =
        road.capacity_vph > 0
            ? road.capacity_vph
            : road.lanes * (road.in_town ? norm.town_lane_capacity_vph : norm.lane_capacity_vph);
    const double width = road.width_m > 0 ? road.width_m : 2 * road.lanes * norm.lane_width_m;
    const std::string series = road.number.empty() ? norm.name : ascii_number(road.number);
    const std::string id = "kontum-" + series + "-" + std::to_string(++counts[series]);
    const LocalPoint middle = point_along(road.line, long_m / 2);
    EntityRecord record{make_urn(Kind::road, id + "-a"),
                        road.name,
                        middle,
                        road.provenance,
                        road.source == no_row ? own : road.source,
                        communes.code_of(middle),
                        {long_m, road.lanes, speed_kmh(road, long_m) / 3.6, capacity, width,
                         static_cast<double>(road.road_class), bridge ? 1.0 : 0.0,
                         deck_height_m(road, bridge, rivers, *parts.terrain)}};
    EntityRecord back = record;
    back.urn = make_urn(Kind::road, id + "-b");
    std::vector<LocalPoint> reversed(road.line.rbegin(), road.line.rend());
    const std::uint32_t there =
        parts.add_road(std::move(record), rows[road.a], rows[road.b], road.line, road.number);
    const std::uint32_t again =
        parts.add_road(std::move(back), rows[road.b], rows[road.a], reversed, road.number);
    parts.roads.opposite[there] = again;
    parts.roads.opposite[again] = there;
  }
}

}  // namespace kontwin::synthesis
