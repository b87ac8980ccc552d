#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// The table of defaults: free speeds are a little below the limits of Circular 31/2019/TT-BGTVT
/// (two-way roads: 50 km/h built-up, 80 km/h outside), for roads in mountains; capacities fall from
/// 1,700 an hour (a direction of a two-lane highway, Highway Capacity Manual 6, ch. 15) to 200 on a
/// track. Estimates: roads that use them are `derived`. Null for what is no road for vehicles.
const RoadDefaults* road_defaults(std::string_view highway);

enum class Direction : std::uint8_t { both, forward, backward };

/// A road as its tags describe it.
struct RoadTags {
  RoadDefaults defaults;
  Direction direction = Direction::both;
  double forward_mps = 0, backward_mps = 0;
  double forward_lanes = 1, backward_lanes = 1;
  double width_m = 0;  ///< of one direction
  bool bridge = false;
  double deck_height_m = 0;  ///< on an embankment: of the carriageway over the ground
  bool motorbikes_only = false;
  bool assumed = false;  ///< speed or lanes are defaults
  std::string number;    ///< `QL24`
  std::string name;
  std::vector<std::string> unread;  ///< tags that could not be understood: `maxspeed=fast`
};

/// Why a way with a `highway` tag is no road here.
enum class NoRoad : std::uint8_t { not_a_highway, not_for_vehicles, closed };

/// Reads the tags of a way. Nothing and the reason when it is no road for vehicles.
std::optional<RoadTags> read_road(const OsmTags& tags, NoRoad& why);

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
