#include "io/import/entity_fields.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <numeric>

#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr std::array<std::string_view, 10> fixed_fields{
    "kind", "id", "name", "lon", "lat", "x", "y", "zone", "provenance", "commune"};

/// Rows of other tables are found by place, never given by number.
bool points_to_row(std::string_view attribute) { return attribute.ends_with("_row"); }

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

bool is_local_id(std::string_view id) {
  return !id.empty() && std::ranges::all_of(id, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

std::string in_quotes(std::string_view text) { return std::string("'").append(text).append("'"); }

}  // namespace

EntityFields::EntityFields(WorldParts& parts, const EntityFileOptions& options,
                           std::string file_name)
    : parts_(parts), options_(options) {
  Source source = options.source;
  if (source.id.empty()) source = {.id = file_name, .title = file_name, .license = "none stated"};
  source_ = parts.add_source(source);
}

bool EntityFields::is_fixed(std::string_view field) {
  return std::ranges::find(fixed_fields, field) != fixed_fields.end();
}

bool EntityFields::is_attribute(std::string_view field) {
  return !points_to_row(field) && std::ranges::any_of(all_kinds(), [field](Kind kind) {
    return kind != Kind::road && find_attribute(kind, field).has_value();
  });
}

std::string EntityFields::hint(std::string_view field) {
  constexpr std::size_t longest_word = 64;
  if (field.size() > longest_word) return "";
  std::string_view best;
  std::size_t best_distance = 3;
  const auto consider = [&](std::string_view known) {
    const std::size_t distance = edit_distance(field, known);
    if (distance < best_distance) {
      best = known;
      best_distance = distance;
    }
  };
  for (const std::string_view known : fixed_fields) consider(known);
  for (const Kind kind : all_kinds()) {
    if (kind == Kind::road) continue;
    for (const AttributeSpec& spec : schema_of(kind).attributes) {
      if (!points_to_row(spec.id)) consider(spec.id);
    }
  }
  return best.empty() ? "" : " (did you mean " + in_quotes(best) + "?)";
}

void EntityFields::append(Entity entity, const Fail& fail) {
  const auto kind = entity.kind.empty() ? options_.kind : parse_kind(entity.kind);
  if (!kind) {
    fail("kind", entity.kind.empty() ? "is missing" : in_quotes(entity.kind) + " is not a kind");
    return;
  }
  if (*kind == Kind::road || *kind == Kind::junction || *kind == Kind::signal) {
    fail("kind", in_quotes(entity.kind) +
                     " cannot come from a list of points; roads, junctions and "
                     "signals come from an OpenStreetMap file");
  }
  const std::string prefix = make_urn(*kind, "");
  if (entity.id.starts_with(prefix)) entity.id = entity.id.substr(prefix.size());
  if (!is_local_id(entity.id)) {
    fail("id", entity.id.empty() ? "is missing"
                                 : in_quotes(entity.id) +
                                       " has characters other than letters, digits, - _ and .");
  }
  EntityRecord record{.urn = prefix + entity.id,
                      .name = std::move(entity.name),
                      .place = entity.place,
                      .provenance = options_.provenance,
                      .source = source_,
                      .commune_code = std::move(entity.commune),
                      .attributes = std::vector<double>(schema_of(*kind).attributes.size(),
                                                        std::numeric_limits<double>::quiet_NaN())};
  if (!entity.provenance.empty()) {
    const auto provenance = parse_provenance(entity.provenance);
    if (!provenance) {
      fail("provenance", in_quotes(entity.provenance) + " is none of fact, derived, synthetic");
      return;
    }
    record.provenance = *provenance;
  }
  const auto [before, is_new] = seen_.emplace(record.urn, entity.where);
  if (!is_new) fail("id", in_quotes(entity.id) + " was used before, in " + before->second);
  for (const auto& [field, value] : entity.attributes) {
    const auto index = find_attribute(*kind, field);
    if (!index || points_to_row(field)) {
      fail(field, "a " + std::string(names_of(*kind).id) + " has no such attribute" + hint(field));
      return;
    }
    if (!std::isfinite(value)) fail(field, "is not a finite number");
    record.attributes[*index] = value;
  }
  const auto area = find_attribute(*kind, "area_m2");
  if (area && entity.area_m2 > 0 && std::isnan(record.attributes[*area])) {
    record.attributes[*area] = entity.area_m2;
  }
  parts_.add(*kind, std::move(record));
}

LocalPoint EntityFields::place_of(GeoPoint point, const Fail& fail) const {
  if (!(point.longitude_deg >= -180 && point.longitude_deg <= 180)) {
    fail("lon", "lies outside -180 ... 180 degrees");
  }
  if (!(point.latitude_deg >= -90 && point.latitude_deg <= 90)) {
    fail("lat", "lies outside -90 ... 90 degrees");
  }
  try {
    return parts_.frame.to_local(point);
  } catch (const WorldError& error) {
    fail("lon", error.what());
    throw;
  }
}

LocalPoint EntityFields::place_of(Vn2000Point point, const std::string& zone, const Fail& fail) {
  const auto used = zone.empty() ? options_.zone : parse_vn2000_zone(zone);
  if (!used) {
    fail("zone", zone.empty()
                     ? "is missing: x and y need the zone's central meridian, such as 107-30"
                     : in_quotes(zone) + " is not a zone (107-30, 107.5, 48N)");
    return {};
  }
  // Vietnamese lists write the northing first, under the letter X.
  if (!(point.easting_m > 0 && point.easting_m < 1'000'000)) {
    fail("x", "is not an easting (0 to 1,000,000 m); x is the easting, y the northing");
  }
  if (!(point.northing_m > 800'000 && point.northing_m < 2'700'000)) {
    fail("y",
         "is not a northing in Vietnam (800,000 to 2,700,000 m); x is the easting, y the "
         "northing");
  }
  auto converter = converters_.find({used->central_meridian_deg, used->scale});
  if (converter == converters_.end()) {
    converter =
        converters_.emplace(std::pair{used->central_meridian_deg, used->scale}, Vn2000(*used))
            .first;
  }
  return place_of(converter->second.to_wgs84(point), fail);
}

}  // namespace kontwin
