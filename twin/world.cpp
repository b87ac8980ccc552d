#include "twin/world.hpp"

#include <cmath>

#include "twin/error.hpp"
#include "twin/world_hash.hpp"
#include "twin/world_seal.hpp"

namespace kontwin {

namespace {

/// Storeys, which come last, may be left out: not known.
std::size_t required_attributes(Kind kind) {
  const auto specs = schema_of(kind).attributes;
  return specs.size() - (!specs.empty() && specs.back().id == "storeys" ? 1 : 0);
}

void append(EntityTable& table, Kind kind, EntityRecord record) {
  const std::size_t wanted = schema_of(kind).attributes.size();
  if (record.attributes.size() > wanted || record.attributes.size() < required_attributes(kind)) {
    throw WorldError(record.urn + ": " + std::to_string(record.attributes.size()) +
                     " attributes where a " + std::string(names_of(kind).id) + " has " +
                     std::to_string(wanted));
  }
  record.attributes.resize(wanted, std::nan(""));
  table.attributes.resize(wanted);
  table.urn.push_back(std::move(record.urn));
  table.name.push_back(std::move(record.name));
  table.place.push_back(record.place);
  table.provenance.push_back(record.provenance);
  table.source.push_back(record.source);
  table.commune_code.push_back(std::move(record.commune_code));
  for (std::size_t i = 0; i < wanted; ++i) table.attributes[i].push_back(record.attributes[i]);
}

}  // namespace

std::string make_urn(Kind kind, std::string_view local_id) {
  return "urn:ngsi-ld:" + std::string(names_of(kind).type) + ":" + std::string(local_id);
}

std::uint32_t WorldParts::add(Kind kind, EntityRecord record) {
  EntityTable& table = entities[index_of(kind)];
  append(table, kind, std::move(record));
  return static_cast<std::uint32_t>(table.size() - 1);
}

std::uint32_t WorldParts::add_road(EntityRecord record, std::uint32_t from, std::uint32_t to,
                                   std::span<const LocalPoint> line, std::string number) {
  const std::uint32_t row = add(Kind::road, std::move(record));
  if (roads.shape_begin.empty()) roads.shape_begin.push_back(0);
  roads.from.push_back(from);
  roads.to.push_back(to);
  roads.opposite.push_back(no_row);
  roads.number.push_back(std::move(number));
  roads.shape.insert(roads.shape.end(), line.begin(), line.end());
  roads.shape_begin.push_back(static_cast<std::uint32_t>(roads.shape.size()));
  return row;
}

std::uint32_t WorldParts::add_source(const Source& source) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].id == source.id) return static_cast<std::uint32_t>(i);
  }
  sources.push_back(source);
  return static_cast<std::uint32_t>(sources.size() - 1);
}

std::shared_ptr<const World> World::seal(WorldParts parts) {
  if (parts.roads.shape_begin.empty()) parts.roads.shape_begin.push_back(0);
  for (const Kind kind : all_kinds()) {
    parts.entities[index_of(kind)].attributes.resize(schema_of(kind).attributes.size());
  }
  require_sealable(parts);
  return std::shared_ptr<const World>(new World(std::move(parts)));
}

World::World(WorldParts parts) : parts_(std::move(parts)) {
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = entities(kind);
    for (std::size_t row = 0; row < table.size(); ++row) {
      const EntityRef ref{kind, static_cast<std::uint32_t>(row)};
      if (!by_urn_.emplace(table.urn[row], ref).second) {
        throw WorldError("the id " + table.urn[row] + " is used twice");
      }
    }
  }
  content_hash_ = world_hash(parts_);
}

std::shared_ptr<const World> World::with_roads(std::span<const NewRoad> added) const {
  WorldParts parts = parts_;
  for (const NewRoad& road : added) {
    parts.add_road(road.record, road.from, road.to, road.shape, road.number);
  }
  return seal(std::move(parts));
}

std::array<std::size_t, 3> World::count_by_provenance() const {
  std::array<std::size_t, 3> counts{};
  for (const EntityTable& table : parts_.entities) {
    for (const Provenance provenance : table.provenance) {
      ++counts[static_cast<std::size_t>(provenance)];
    }
  }
  return counts;
}

std::optional<EntityRef> World::find(std::string_view urn) const {
  const auto found = by_urn_.find(urn);
  if (found == by_urn_.end()) return std::nullopt;
  return found->second;
}

std::uint32_t World::junction_of(EntityRef ref) const {
  if (ref.kind == Kind::junction) return ref.row;
  const auto index = find_attribute(ref.kind, "junction_row");
  if (!index) return no_row;
  const double row = entities(ref.kind).attribute(*index, ref.row);
  return std::isnan(row) ? no_row : static_cast<std::uint32_t>(row);
}

const AdminUnit* World::find_admin_unit(std::string_view code) const {
  const AdminUnit* found = nullptr;
  for (const AdminUnit& unit : parts_.admin_units) {
    if (unit.code != code) continue;
    if (!unit.valid_until) return &unit;
    if (found == nullptr || *unit.valid_until > *found->valid_until) found = &unit;
  }
  return found;
}

}  // namespace kontwin
