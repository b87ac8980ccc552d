#include "io/traffic/osm/osm_extract.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>

#include "io/import/osm_access.hpp"
#include "io/import/osm_reading.hpp"
#include "io/traffic/osm/osm_assumptions.hpp"
#include "io/traffic/osm/osm_signs.hpp"

namespace kontwin::traffic {

namespace {

struct Rank {
  std::string_view highway;
  std::int16_t priority;
};
/// Who goes first where roads of different classes meet. Slip roads merge or end at a junction
/// where they give way to any public road.
constexpr std::array<Rank, 17> ranks{{{"motorway", 12},
                                      {"trunk", 10},
                                      {"primary", 8},
                                      {"secondary", 6},
                                      {"tertiary", 4},
                                      {"unclassified", 2},
                                      {"residential", 2},
                                      {"road", 2},
                                      {"busway", 2},
                                      {"living_street", -1},
                                      {"service", -2},
                                      {"track", -3},
                                      {"pedestrian", -4},
                                      {"path", -4},
                                      {"cycleway", -4},
                                      {"footway", -5},
                                      {"bridleway", -5}}};

std::int16_t priority_of(std::string_view highway) {
  const auto found = std::ranges::find(ranks, highway, &Rank::highway);
  return found == ranks.end() ? std::int16_t{0} : found->priority;
}

void copy_tags(const osmium::TagList& list, OsmTags& tags) {
  tags.clear();
  for (const osmium::Tag& tag : list) tags.add(tag.key(), tag.value());
}

std::string way_name(std::int64_t id) { return "way " + std::to_string(id); }

class ExtractReader {
 public:
  ExtractReader(OsmExtract& extract, const RoadRules& rules,
                const std::optional<LocalMoment>& rules_at, RepairBook& repairs)
      : extract_(extract), rules_(rules), rules_at_(rules_at), repairs_(repairs) {}

  void take(const osmium::memory::Item& item) {
    if (item.type() == osmium::item_type::way) {
      take_way(static_cast<const osmium::Way&>(item));
    } else if (item.type() == osmium::item_type::relation) {
      take_relation(static_cast<const osmium::Relation&>(item));
    }
  }

  /// After the ways: which nodes are in use, and each road's nodes as rows of them.
  void number_nodes() {
    drop_repeated();
    extract_.drives_on_right = 2 * left_ <= sided_;
    std::vector<std::int64_t>& ids = extract_.node_ids;
    ids = references_;
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    ids.shrink_to_fit();
    extract_.nodes.reserve(references_.size());
    for (const std::int64_t id : references_) {
      extract_.nodes.push_back(
          static_cast<std::uint32_t>(std::ranges::lower_bound(ids, id) - ids.begin()));
    }
    references_ = {};
    extract_.places.resize(ids.size());
  }

  void take_node(const osmium::Node& node) {
    const std::uint32_t row = row_of(node.id());
    if (row == no_row) return;
    if (node.location().valid()) extract_.places[row] = node.location();
    if (node.tags().empty()) return;
    copy_tags(node.tags(), tags_);
    if (const auto sign = read_osm_sign(tags_)) {
      extract_.signs.push_back(*sign);
      extract_.signs.back().node = row;
    } else if (tags_.is("highway", "crossing") && tags_.is("crossing", "traffic_signals")) {
      repairs_.tally("crossing on foot", "crossings with lights", "left out");
    }
  }

  void finish() {
    std::ranges::stable_sort(extract_.signs, {}, &OsmSign::node);
    const auto same = [](const OsmSign& a, const OsmSign& b) { return a.node == b.node; };
    std::vector<OsmSign>& signs = extract_.signs;
    signs.erase(std::unique(signs.begin(), signs.end(), same), signs.end());
    for (const auto& [why, count] : left_out_) {
      repairs_.tally("no road", "ways " + std::string(why), "left out", count);
    }
  }

 private:
  void take_way(const osmium::Way& way) {
    const char* const highway = way.tags()["highway"];
    if (highway == nullptr) return;
    copy_tags(way.tags(), tags_);
    NoRoad why{};
    const auto road = read_road(tags_, why, rules_);
    if (!road) {
      if (why == NoRoad::not_for_vehicles) ++left_out_["for no vehicles"];
      if (why == NoRoad::closed) ++left_out_["closed or not built"];
      return;
    }
    if (way.nodes().size() < 2) {
      repairs_.note("no road", way_name(way.id()), "left out: it has fewer than two nodes");
      return;
    }
    for (const std::string& unread : road->unread) {
      repairs_.note("tag not understood", way_name(way.id()), "'" + unread + "' left out");
    }
    tell_of_times(way.id());
    const std::string_view side = tags_.get("driving_side");
    if (side == "left" || side == "right") {
      ++sided_;
      left_ += side == "left" ? 1 : 0;
    }
    OsmRoad made;
    made.id = way.id();
    made.forward = pack(road->forward, *road);
    made.backward = pack(road->backward, *road);
    made.name = text(road->name);
    made.defaults = road_defaults(highway);
    made.lanes_assumed = road->lanes_assumed;
    made.speed_assumed = road->speed_assumed;
    made.priority = priority_of(road->defaults.highway);
    made.roundabout = road->roundabout;
    made.node_begin = static_cast<std::uint32_t>(references_.size());
    for (const auto& node : way.nodes()) references_.push_back(node.ref());
    made.node_end = static_cast<std::uint32_t>(references_.size());
    extract_.roads.push_back(made);
  }

  /// Rules that hold at times only, or that hang on it which direction is open.
  void tell_of_times(std::int64_t way) {
    for (const auto& [key, value] : tags_.pairs()) {
      const bool matters = key.starts_with("access") || key.starts_with("motor") ||
                           key.starts_with("oneway") || key.starts_with("maxspeed") ||
                           key.starts_with("vehicle") || key.starts_with("hgv");
      if (matters && key.find(":conditional") != std::string::npos) {
        std::string left_out = "'";
        left_out.append(key).append("=").append(value).append("' left out");
        repairs_.note("rule at times", way_name(way), left_out);
      }
    }
    if (tags_.is("oneway", "reversible")) {
      repairs_.note("reversible", way_name(way), "open along the way only");
    }
    if (tags_.is("oneway", "alternating")) {
      repairs_.note("reversible", way_name(way), "open both ways at once");
    }
    const std::string_view access = tags_.get("access");
    if (access == "private" || access == "destination" || access == "customers") {
      repairs_.tally("for some only", "ways of access=" + std::string(access), "open to all");
    }
  }

  OsmRoadWay pack(const RoadWay& way, const RoadTags& road) {
    OsmRoadWay packed;
    packed.kinds = way.kinds;
    packed.lanes = static_cast<std::uint8_t>(std::clamp(std::floor(way.lanes), 1.0, 16.0));
    packed.speed_mps = static_cast<float>(way.speed_mps);
    if (way.kinds == 0) return packed;
    if (std::floor(way.lanes) != way.lanes && &way == &road.forward) {
      repairs_.tally("odd lanes", "ways of an odd number of lanes",
                     "the one in the middle left out, for those who turn off");
    }
    packed.turn_lanes = text(way.turn_lanes);
    packed.lane_kinds_begin = static_cast<std::uint32_t>(extract_.lane_kinds.size());
    extract_.lane_kinds.insert(extract_.lane_kinds.end(), way.lane_kinds.begin(),
                               way.lane_kinds.end());
    packed.lane_kinds_end = static_cast<std::uint32_t>(extract_.lane_kinds.size());
    return packed;
  }

  std::uint32_t text(const std::string& value) {
    if (value.empty()) return 0;
    const auto [found, added] =
        text_rows_.try_emplace(value, static_cast<std::uint32_t>(extract_.texts.size()));
    if (added) extract_.texts.push_back(value);
    return found->second;
  }

  void take_relation(const osmium::Relation& relation) {
    const auto note = [this](const std::string& why, std::int64_t id, const std::string& text) {
      repairs_.note(why, "relation " + std::to_string(id), text);
    };
    std::ranges::move(read_osm_restrictions(relation, rules_at_, note),
                      std::back_inserter(extract_.restrictions));
  }

  /// Of a way that comes more than once the last counts, as the newer version.
  void drop_repeated() {
    std::vector<OsmRoad>& roads = extract_.roads;
    std::ranges::stable_sort(roads, {}, &OsmRoad::id);
    const auto same = [](const OsmRoad& a, const OsmRoad& b) { return a.id == b.id; };
    const auto kept = std::unique(roads.rbegin(), roads.rend(), same).base();
    repairs_.tally("repeated", "ways that come again", "the last counts",
                   static_cast<std::size_t>(kept - roads.begin()));
    roads.erase(roads.begin(), kept);
  }

  /// The row of a node; nodes mostly come by rising id, so that the next is a step away.
  std::uint32_t row_of(std::int64_t id) {
    const std::vector<std::int64_t>& ids = extract_.node_ids;
    if (cursor_ > 0 && ids[cursor_ - 1] >= id) {
      cursor_ = static_cast<std::size_t>(std::ranges::lower_bound(ids, id) - ids.begin());
    }
    std::size_t steps = 0;
    while (cursor_ < ids.size() && ids[cursor_] < id && steps++ < 64) ++cursor_;
    if (cursor_ < ids.size() && ids[cursor_] < id) {
      cursor_ = static_cast<std::size_t>(
          std::lower_bound(ids.begin() + static_cast<std::ptrdiff_t>(cursor_), ids.end(), id) -
          ids.begin());
    }
    if (cursor_ == ids.size() || ids[cursor_] != id) return no_row;
    return static_cast<std::uint32_t>(cursor_);
  }

  OsmExtract& extract_;
  const RoadRules& rules_;
  const std::optional<LocalMoment>& rules_at_;
  RepairBook& repairs_;
  OsmTags tags_;
  std::vector<std::int64_t> references_;
  std::unordered_map<std::string, std::uint32_t> text_rows_;
  std::map<std::string_view, std::size_t> left_out_;
  std::size_t sided_ = 0, left_ = 0;
  std::size_t cursor_ = 0;
};

}  // namespace

OsmExtract read_osm_extract(const std::filesystem::path& path, const RoadRules& rules,
                            const std::optional<LocalMoment>& rules_at, RepairBook& repairs) {
  OsmExtract extract;
  ExtractReader reader(extract, rules, rules_at, repairs);
  for_each_osm_object(path, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation,
                      osmium::io::read_meta::no,
                      [&reader](const osmium::memory::Item& item) { reader.take(item); });
  if (extract.roads.empty()) throw FileError(path.string(), "holds no roads for vehicles");
  reader.number_nodes();
  assume_lanes_and_speeds(extract, repairs);
  for_each_osm_object(path, osmium::osm_entity_bits::node, osmium::io::read_meta::no,
                      [&reader](const osmium::memory::Item& item) {
                        reader.take_node(static_cast<const osmium::Node&>(item));
                      });
  reader.finish();
  return extract;
}

}  // namespace kontwin::traffic
