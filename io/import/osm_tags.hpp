#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/traffic/network/vehicle_kind.hpp"
#include "twin/kind.hpp"
#include "twin/schema.hpp"

namespace kontwin {

/// The tags of one OpenStreetMap element, in the order of the file.
class OsmTags {
 public:
  void add(std::string key, std::string value) {
    pairs_.emplace_back(std::move(key), std::move(value));
  }
  /// The value of a key; empty where there is none.
  std::string_view get(std::string_view key) const;
  bool is(std::string_view key, std::string_view value) const { return get(key) == value; }
  bool empty() const { return pairs_.empty(); }
  void clear() { pairs_.clear(); }
  std::span<const std::pair<std::string, std::string>> pairs() const { return pairs_; }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// What a kind of road is like where its tags do not say.
struct RoadDefaults {
  std::string_view highway;  ///< value of the tag
  RoadClass road_class;
  double speed_kmh;  ///< free speed
  double lanes;      ///< a direction
  double lane_width_m;
  double capacity_vph_lane;  ///< vehicles an hour and lane
};

/// The table of defaults: free speeds are those of the alignment, never above the limits of
/// Circular 38/2024/TT-BGTVT (see legal_limit_kmh), for roads in mountains; capacities fall from
/// 1,700 an hour (a direction of a two-lane highway, Highway Capacity Manual 6, ch. 15) to 200 on a
/// track. Estimates: roads that use them are `derived`. Null for what is no road for vehicles.
const RoadDefaults* road_defaults(std::string_view highway);

/// What cars may drive in Vietnam where no sign says otherwise, km/h: Circular 38/2024/TT-BGTVT, in
/// force since 1 January 2025: built-up 60 on dual carriageways and one-way roads of two lanes or
/// more, else 50 (article 6); outside 90 and 80 (article 7); expressways 120 (article 9).
double legal_limit_kmh(bool expressway, bool built_up, bool one_way_of_several_lanes);

enum class Direction : std::uint8_t { both, forward, backward };

/// What one direction of a road is like.
struct RoadWay {
  traffic::VehicleKinds kinds = 0;  ///< who may drive this way
  double speed_mps = 0;
  double lanes = 1;  ///< half of a lane where an odd number is not told apart
  /// Who may use each lane, the rightmost first; empty: all lanes are for all.
  std::vector<traffic::VehicleKinds> lane_kinds;
  std::string turn_lanes;  ///< `left|through;right`, the leftmost first; empty: not told
};

/// A road as its tags describe it.
struct RoadTags {
  RoadDefaults defaults;
  Direction direction = Direction::both;  ///< of those with engines
  RoadWay forward, backward;
  double width_m = 0;  ///< of one direction
  bool bridge = false;
  bool roundabout = false;
  double deck_height_m = 0;  ///< on an embankment: of the carriageway over the ground
  bool motorbikes_only = false;
  bool speed_assumed = false, lanes_assumed = false;  ///< defaults stand in
  std::string number;                                 ///< `QL24`
  std::string name;
  std::vector<std::string> unread;  ///< tags that could not be understood: `maxspeed=fast`
  bool assumed() const { return speed_assumed || lanes_assumed; }
};

/// Why a way with a `highway` tag is no road here.
enum class NoRoad : std::uint8_t { not_a_highway, not_for_vehicles, closed };

/// Which roads read_road takes.
struct RoadRules {
  bool paths_for_motorbikes = false;  ///< motorbikes use a `path` that does not say otherwise
  bool bicycle_ways = false;          ///< ways for bicycles alone are roads, too
};

/// Reads the tags of a way; who may drive which way is said at read_access. Nothing and the reason
/// when it is no road for vehicles.
std::optional<RoadTags> read_road(const OsmTags& tags, NoRoad& why, const RoadRules& rules = {});

/// Sets the lanes of both directions, from `lanes`, `lanes:forward`, `lanes:backward`,
/// `lanes:both_ways`, `turn:lanes` and the lists by lane of the keys of access (`bus:lanes`,
/// `vehicle:lanes`, ...), `lanes:bus`, `lanes:psv` and `busway=lane`. The kinds, the direction and
/// the defaults of the road must be set.
void read_lanes(const OsmTags& tags, RoadTags& road);

/// Metres a second from `50`, `50 km/h`, `30 mph`, `walk`, `VN:urban`, `VN:rural`; nothing
/// otherwise.
std::optional<double> parse_maxspeed(std::string_view text);

/// People can live in a building with these tags; `floors` is set.
bool is_home(const OsmTags& tags, double footprint_m2, double largest_home_m2, double& floors);

/// The kind of entity a named place is, with what its tags say of it.
struct PlaceTags {
  Kind kind;
  std::vector<double> attributes;
  std::string name;
};
/// Nothing where the tags describe no entity, or one without a name (`unnamed` is then true).
std::optional<PlaceTags> read_place(const OsmTags& tags, bool& unnamed);

/// The number at the start of a text (`7.5 MW` gives 7.5); nothing if there is none.
std::optional<double> leading_number(std::string_view text);

}  // namespace kontwin
