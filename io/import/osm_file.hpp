#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/import/osm_restrictions.hpp"
#include "io/import/osm_tags.hpp"
#include "twin/geometry.hpp"

namespace kontwin {

/// A way with the tags that matter and its nodes in order.
struct OsmWay {
  std::int64_t id = 0;
  OsmTags tags;
  std::vector<std::int64_t> nodes;
  bool closed() const { return nodes.size() > 3 && nodes.front() == nodes.back(); }
};

/// A tagged node.
struct OsmNode {
  std::int64_t id = 0;
  OsmTags tags;
  GeoPoint place;
};

/// What is told of a rule about turns; see OsmRestrictionNote.
struct OsmRuleNote {
  std::string why;
  std::int64_t relation = 0;
  std::string text;
};

/// What of an OpenStreetMap file can become part of a world: ways that are roads, buildings or
/// places, the places of their nodes, and nodes that are places or signals themselves.
class OsmFile {
 public:
  /// Reads the file twice, ways first, so that the order of its parts does not matter and only the
  /// nodes in use are kept. Throws FileError.
  /// Rules about turns at times are those of `rules_at`, none without it.
  static OsmFile read(const std::filesystem::path& path,
                      const std::optional<LocalMoment>& rules_at = std::nullopt);

  std::span<const OsmWay> ways() const { return ways_; }     ///< by rising id
  std::span<const OsmNode> nodes() const { return nodes_; }  ///< by rising id
  /// Where a node of a way lies; nothing when the file does not hold it.
  std::optional<GeoPoint> place_of(std::int64_t node) const;
  /// Rules about turns, by rising id of their relations.
  std::span<const OsmRestriction> restrictions() const { return restrictions_; }
  std::span<const OsmRuleNote> restriction_notes() const { return notes_; }
  /// Multipolygons, which are not read.
  std::size_t relations_left_out() const { return relations_; }
  /// Ways and tagged nodes that came again with the same id, of which the last was kept.
  std::size_t repeated() const { return repeated_; }

 private:
  std::vector<OsmWay> ways_;
  std::vector<OsmNode> nodes_;
  std::vector<OsmRestriction> restrictions_;
  std::vector<OsmRuleNote> notes_;
  std::vector<std::int64_t> used_;                    // sorted
  std::vector<std::optional<GeoPoint>> used_places_;  // of each in used_
  std::size_t relations_ = 0;
  std::size_t repeated_ = 0;
};

}  // namespace kontwin
