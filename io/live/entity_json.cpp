#include "io/live/entity_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace kontwin {

namespace {

using Json = nlohmann::ordered_json;

Json property(double value, std::string_view unit) {
  Json json{{"type", "Property"}, {"value", value}};
  if (!unit.empty()) json["unitText"] = unit;
  return json;
}

}  // namespace

Json entity_json(const World& world, const StateTable& state, EntityRef ref) {
  const EntityTable& table = world.entities(ref.kind);
  const GeoPoint place = world.frame().to_geo(table.place[ref.row]);
  const Source& source = world.sources()[table.source[ref.row]];
  Json json{
      {"id", table.urn[ref.row]},
      {"type", names_of(ref.kind).type},
      {"name", table.name[ref.row]},
      {"location",
       {{"type", "GeoProperty"},
        {"value",
         {{"type", "Point"}, {"coordinates", {place.longitude_deg, place.latitude_deg}}}}}},
      {"provenance", name_of(table.provenance[ref.row])},
      {"source", {{"id", source.id}, {"title", source.title}, {"license", source.license}}},
  };
  if (const std::string& code = table.commune_code[ref.row]; !code.empty()) {
    const AdminUnit* const unit = world.find_admin_unit(code);
    json["commune"] = {{"code", code}, {"name", unit == nullptr ? "" : unit->name}};
  }
  const KindSchema& schema = schema_of(ref.kind);
  for (std::size_t i = 0; i < schema.attributes.size(); ++i) {
    const double value = table.attribute(i, ref.row);
    if (std::isfinite(value) && !schema.attributes[i].id.ends_with("_row")) {
      json[std::string(schema.attributes[i].id)] = property(value, schema.attributes[i].unit);
    }
  }
  const double observed_at = state.at(ref, common_column::observed_at);
  for (std::size_t i = common_column::stale; i < schema.columns.size(); ++i) {
    const double value = state.at(ref, i);
    if (!std::isfinite(value)) continue;
    Json entry = property(value, schema.columns[i].unit);
    if (std::isfinite(observed_at)) {
      entry["observedAt"] = format_instant(Instant{from_seconds(observed_at)});
    }
    json[std::string(schema.columns[i].id)] = std::move(entry);
  }
  return json;
}

}  // namespace kontwin
