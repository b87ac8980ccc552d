#include "scenarios/traffic/micro/surroundings.hpp"

namespace kontwin::traffic::micro {

namespace {

class Look {
 public:
  Look(const ZoneState& zone, const Body& body)
      : zone_(zone),
        body_(body),
        length_(zone.types.length_m[body.type]),
        width_(zone.types.width_m[body.type]),
        stops_in_(zone.stops_in_m(body.speed_mps, zone.types.deceleration_mps2[body.type])) {}

  bool touches(std::uint32_t type, double lateral_m) const {
    return std::abs(lateral_m - body_.lateral_m) <
           0.5 * (zone_.types.width_m[type] + width_) + zone_.options.lateral.touch_m;
  }
  void ahead(double gap_m, double speed_mps, double leader_braking_m) {
    if (gap_m < 0 || stops_in_ > gap_m + leader_braking_m) seen.free = false;
    if (gap_m < seen.gap_ahead_m) {
      seen.gap_ahead_m = gap_m;
      seen.ahead_mps = speed_mps;
    }
  }
  void behind(double gap_m, double speed_mps, std::uint32_t type, std::uint32_t row) {
    if (!zone_.can_stop_behind(speed_mps, type, gap_m, stops_in_)) seen.free = false;
    seen.in_its_way |=
        row != no_row && zone_.rows.committed[row] != 0 && zone_.vehicle_of(row).movement != no_row;
    if (gap_m < seen.gap_behind_m) {
      seen.gap_behind_m = gap_m;
      seen.row_behind = row;
    }
  }

  void rows() {
    const VehicleRows& rows = zone_.rows;
    const std::uint32_t first = zone_.lane_begin[body_.lane];
    const std::uint32_t last = zone_.lane_begin[body_.lane + 1];
    const std::uint32_t from = first_behind(zone_, body_.lane, body_.position_m);
    for (std::uint32_t row = from; row-- > first;) {
      const double gap = zone_.rear_m(row) - body_.position_m;
      if (gap > sight_m) break;
      if (rows.slot[row] == body_.slot || !touches(rows.type[row], rows.lateral_m[row])) continue;
      ahead(gap, rows.speed_mps[row], zone_.braking_of(row));
    }
    const double rear = body_.position_m - length_;
    for (std::uint32_t row = from; row < last; ++row) {
      const double gap = rear - rows.position_m[row];
      if (gap > sight_m) break;
      if (rows.slot[row] == body_.slot || !touches(rows.type[row], rows.lateral_m[row])) continue;
      behind(gap, rows.speed_mps[row], rows.type[row], row);
    }
  }
  void tails() {
    const double to_end = zone_.map.lane[body_.lane].length_m - body_.position_m;
    for (std::uint32_t at = zone_.first_tail[body_.lane]; at != no_row; at = zone_.tails[at].next) {
      const Tail& tail = zone_.tails[at];
      if (tail.slot == body_.slot && tail.slot != no_row) continue;
      if (!touches(tail.type, tail.lateral_m)) continue;
      ahead(to_end + tail.rear_m, tail.speed_mps,
            zone_.stops_in_m(tail.speed_mps, zone_.types.deceleration_mps2[tail.type]));
    }
  }
  void incoming() {
    const double rear = body_.position_m - length_;
    if (rear > sight_m) return;
    for (std::uint32_t slot = zone_.first_incoming[body_.lane]; slot != no_row;
         slot = zone_.vehicles[slot].next_incoming) {
      const std::uint32_t row = zone_.vehicles[slot].row;
      if (!touches(zone_.rows.type[row], lateral_beyond_m(zone_, row, body_.lane))) continue;
      behind(rear + zone_.to_end_m(row), zone_.rows.speed_mps[row], zone_.rows.type[row], no_row);
    }
  }

  Surroundings seen;

 private:
  const ZoneState& zone_;
  const Body& body_;
  double length_, width_, stops_in_;
};

}  // namespace

int paths_of(const ZoneState& zone, std::uint32_t lane, std::uint32_t type) {
  if (zone.types.narrow[type] == 0) return 1;
  const LateralOptions& lateral = zone.options.lateral;
  const double width = zone.types.width_m[type];
  const Side side = side_room(zone.map.lane[lane].width_m, width, lateral.edge_m);
  constexpr double rider_m = 0.7;
  const double apart = std::max(width + lateral.touch_m, lateral.path_width_m + width - rider_m);
  return 1 + static_cast<int>((side.most_m - side.least_m) / apart);
}

double path_m(const ZoneState& zone, std::uint32_t lane, std::uint32_t type, int path) {
  const Side side =
      side_room(zone.map.lane[lane].width_m, zone.types.width_m[type], zone.options.lateral.edge_m);
  const int paths = paths_of(zone, lane, type);
  if (paths == 1) return 0.5 * (side.least_m + side.most_m);
  return side.least_m + (side.most_m - side.least_m) * path / (paths - 1);
}

std::uint32_t first_behind(const ZoneState& zone, std::uint32_t lane, double position_m) {
  const auto first = zone.rows.position_m.begin();
  const auto found =
      std::lower_bound(first + zone.lane_begin[lane], first + zone.lane_begin[lane + 1], position_m,
                       [](double row_m, double at_m) { return row_m > at_m; });
  return static_cast<std::uint32_t>(found - first);
}

Surroundings look_around(const ZoneState& zone, const Body& body) {
  Look look(zone, body);
  look.rows();
  look.tails();
  look.incoming();
  return look.seen;
}

}  // namespace kontwin::traffic::micro
