#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "twin/admin_unit.hpp"
#include "twin/entity_ref.hpp"
#include "twin/entity_table.hpp"
#include "twin/local_frame.hpp"
#include "twin/river.hpp"
#include "twin/road_network.hpp"
#include "twin/terrain.hpp"

namespace kontwin {

/// What a world is made of. Loaders and importers fill it; World::seal makes it immutable.
struct WorldParts {
  std::string name;  ///< `kontum`
  LocalFrame frame;
  LocalBox extent;  ///< entities should lie inside it
  std::vector<Source> sources;
  std::vector<AdminUnit> admin_units;
  std::array<EntityTable, kind_count> entities;  ///< by kind
  RoadNetwork roads;
  std::vector<River> rivers;
  std::shared_ptr<const Terrain> terrain = std::make_shared<Terrain>();

  /// Appends an entity; its row. Throws WorldError when the number of attributes does not fit.
  std::uint32_t add(Kind kind, EntityRecord record);
  /// Appends a directed link with its road entity; its row. `record.attributes` as for a road.
  std::uint32_t add_road(EntityRecord record, std::uint32_t from, std::uint32_t to,
                         std::span<const LocalPoint> shape, std::string number);
  /// The index of a source, added when it is new.
  std::uint32_t add_source(const Source& source);
};

/// What does not change while a run lasts: immutable, shared, known by the hash of its content.
class World {
 public:
  /// Takes the parts over. Throws WorldError where they cannot run: a URN used twice, a link whose
  /// junction is not there, columns of unequal length, no terrain, a junction_row out of range.
  static std::shared_ptr<const World> seal(WorldParts parts);

  /// A world like this one with some roads added at the end; all other parts are the same. Both
  /// directions of a two-way road are two records.
  struct NewRoad {
    EntityRecord record;
    std::uint32_t from = no_row, to = no_row;
    std::vector<LocalPoint> shape;
    std::string number;
  };
  std::shared_ptr<const World> with_roads(std::span<const NewRoad> added) const;

  const std::string& name() const { return parts_.name; }
  const LocalFrame& frame() const { return parts_.frame; }
  const LocalBox& extent() const { return parts_.extent; }
  const std::vector<Source>& sources() const { return parts_.sources; }
  const std::vector<AdminUnit>& admin_units() const { return parts_.admin_units; }
  const EntityTable& entities(Kind kind) const { return parts_.entities[index_of(kind)]; }
  const RoadNetwork& roads() const { return parts_.roads; }
  const std::vector<River>& rivers() const { return parts_.rivers; }
  const Terrain& terrain() const { return *parts_.terrain; }
  const WorldParts& parts() const { return parts_; }

  /// All entities of all kinds.
  std::size_t size() const { return by_urn_.size(); }
  /// How many of them are facts, derived and synthetic, in this order (Provenance).
  std::array<std::size_t, 3> count_by_provenance() const;
  std::optional<EntityRef> find(std::string_view urn) const;
  const std::string& urn(EntityRef ref) const { return entities(ref.kind).urn[ref.row]; }
  const std::string& entity_name(EntityRef ref) const { return entities(ref.kind).name[ref.row]; }
  LocalPoint place(EntityRef ref) const { return entities(ref.kind).place[ref.row]; }
  /// The junction row that leads to an entity: its `junction_row` attribute; no_row without one.
  std::uint32_t junction_of(EntityRef ref) const;
  /// The unit with a code: the one in force, or the last that was, since codes are used again; null
  /// where there is none.
  const AdminUnit* find_admin_unit(std::string_view code) const;

  /// SHA-256 of everything above, 64 hexadecimal digits. Equal hashes: equal worlds.
  const std::string& content_hash() const { return content_hash_; }

 private:
  struct UrnHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  explicit World(WorldParts parts);

  WorldParts parts_;
  std::unordered_map<std::string, EntityRef, UrnHash, std::equal_to<>> by_urn_;
  std::string content_hash_;
};

}  // namespace kontwin
