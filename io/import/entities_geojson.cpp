#include "io/import/entities.hpp"
#include "io/import/entity_fields.hpp"
#include "io/import/geojson.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

std::string text_of(const nlohmann::json& value) {
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Places an entity at a point, or at the middle of an outline, which also has an area.
void place(EntityFields::Entity& entity, const GeoJsonFeature& feature, const std::string& path,
           const EntityFields& fields, const EntityFields::Fail& fail) {
  const std::string type = feature.geometry["type"].get<std::string>();
  const nlohmann::json& coordinates = feature.geometry["coordinates"];
  if (type == "Point") {
    entity.place = fields.place_of(geojson_position(coordinates, path, feature), fail);
    return;
  }
  const bool one = type == "Polygon";
  if (!one && type != "MultiPolygon") {
    fail("geometry", "is a " + type + " where a Point or Polygon is wanted");
  }
  const auto filled_list = [](const nlohmann::json& value) {
    return value.is_array() && !value.empty();
  };
  if (!filled_list(coordinates) || (!one && !filled_list(coordinates[0]))) {
    fail("geometry", "has no ring");
  }
  std::vector<LocalPoint> ring;
  for (const GeoPoint& point :
       geojson_positions(one ? coordinates[0] : coordinates[0][0], path, feature)) {
    ring.push_back(fields.place_of(point, fail));
  }
  if (ring.size() < 4) fail("geometry", "its ring has fewer than four positions");
  if (ring.front() != ring.back()) fail("geometry", "its ring does not end where it begins");
  ring.pop_back();
  for (const LocalPoint& point : ring) {
    entity.place.x_m += point.x_m / static_cast<double>(ring.size());
    entity.place.y_m += point.y_m / static_cast<double>(ring.size());
  }
  entity.area_m2 = area_m2(ring);
}

void read_properties(EntityFields::Entity& entity, const GeoJsonFeature& feature,
                     const EntityFields::Fail& fail) {
  for (const auto& [field, value] : feature.properties.items()) {
    if (field == "kind")
      entity.kind = text_of(value);
    else if (field == "id")
      entity.id = text_of(value);
    else if (field == "name")
      entity.name = text_of(value);
    else if (field == "provenance")
      entity.provenance = text_of(value);
    else if (field == "commune")
      entity.commune = text_of(value);
    else if (EntityFields::is_fixed(field))
      fail(field, "places come from the geometry");
    else if (value.is_null())
      continue;
    else if (!EntityFields::is_attribute(field))
      fail(field, "is no attribute of any kind" + EntityFields::hint(field));
    else if (!value.is_number())
      fail(field, value.dump() + " is not a number");
    else
      entity.attributes.emplace_back(field, value.get<double>());
  }
  if (entity.id.empty()) entity.id = text_of(feature.id);
}

}  // namespace

void import_entities_geojson(const std::filesystem::path& path, WorldParts& parts,
                             const EntityFileOptions& options, ImportReport* report) {
  const auto features = read_wgs84_geojson(path);
  EntityFields fields(parts, options, path.filename().string());
  for (const GeoJsonFeature& feature : features) {
    const EntityFields::Fail fail = [&](const std::string& field, const std::string& reason) {
      throw FileError(path.string(), feature.where + ": field '" + field + "': " + reason);
    };
    EntityFields::Entity entity;
    entity.where = feature.where;
    read_properties(entity, feature, fail);
    place(entity, feature, path.string(), fields, fail);
    fields.append(std::move(entity), fail);
  }
  if (report != nullptr)
    report->count("entities from " + path.filename().string(), features.size());
}

}  // namespace kontwin
