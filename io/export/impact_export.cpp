#include "io/export/impact_export.hpp"

#include <array>
#include <iomanip>
#include <locale>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

#include "io/file/whole_file.hpp"
#include "twin/error.hpp"
#include "twin/local_frame.hpp"

namespace kontwin {

namespace {

/// Names and places of the entities that spells name, read once a kind.
class Places {
 public:
  explicit Places(const RunFile& run) : run_(run), frame_(run.header().origin) {}

  struct Place {
    std::string urn, name;
    GeoPoint point;
  };
  Place of(EntityRef ref) {
    auto& kind = kinds_[index_of(ref.kind)];
    if (!kind) {
      kind = Kinds{run_.urns(ref.kind), run_.entity_names(ref.kind), run_.places(ref.kind)};
    }
    if (ref.row >= kind->urns.size() || ref.row >= kind->names.size() ||
        ref.row >= kind->places.size()) {
      throw FileError("the run", "its impacts name a " + std::string(names_of(ref.kind).id) +
                                     " that it does not hold");
    }
    return {kind->urns[ref.row], kind->names[ref.row], frame_.to_geo(kind->places[ref.row])};
  }

 private:
  struct Kinds {
    std::vector<std::string> urns, names;
    std::vector<LocalPoint> places;
  };
  const RunFile& run_;
  LocalFrame frame_;
  std::array<std::optional<Kinds>, kind_count> kinds_;
};

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

double minutes_of(const ImpactSpell& spell, Instant run_end) {
  return to_seconds(spell.until.value_or(run_end) - spell.from) / 60;
}

Instant end_of(const RunFile& run) {
  return run.times().empty() ? run.header().start : run.times().back();
}

}  // namespace

std::string impacts_csv(const RunFile& run) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << "urn,name,kind,what,from,until,minutes,deepest_m,hazard_class,people,longitude,latitude"
          "\r\n"
       << std::fixed;
  Places places(run);
  for (const ImpactSpell& spell : run.impacts()) {
    const auto place = places.of(spell.entity);
    text << place.urn << ',' << quoted(place.name) << ',' << names_of(spell.entity.kind).id << ','
         << names_of(spell.kind).id << ',' << format_instant(spell.from) << ','
         << (spell.until ? format_instant(*spell.until) : "") << ',' << std::setprecision(1)
         << minutes_of(spell, end_of(run)) << ',' << std::setprecision(2) << spell.deepest_m << ','
         << spell.hazard_class << ',' << std::setprecision(0) << spell.people << ','
         << std::setprecision(6) << place.point.longitude_deg << ',' << place.point.latitude_deg
         << "\r\n";
  }
  return std::move(text).str();
}

std::string impacts_geojson(const RunFile& run) {
  nlohmann::ordered_json features = nlohmann::ordered_json::array();
  Places places(run);
  for (const ImpactSpell& spell : run.impacts()) {
    const auto place = places.of(spell.entity);
    nlohmann::ordered_json until;
    if (spell.until) until = format_instant(*spell.until);
    features.push_back({{"type", "Feature"},
                        {"geometry",
                         {{"type", "Point"},
                          {"coordinates", {place.point.longitude_deg, place.point.latitude_deg}}}},
                        {"properties",
                         {{"urn", place.urn},
                          {"name", place.name},
                          {"kind", names_of(spell.entity.kind).id},
                          {"what", names_of(spell.kind).id},
                          {"from", format_instant(spell.from)},
                          {"until", until},
                          {"minutes", minutes_of(spell, end_of(run))},
                          {"deepest_m", spell.deepest_m},
                          {"hazard_class", spell.hazard_class},
                          {"people", spell.people}}}});
  }
  return nlohmann::ordered_json{{"type", "FeatureCollection"}, {"features", features}}.dump(1) +
         "\n";
}

void write_impacts(const RunFile& run, const std::filesystem::path& path) {
  const auto ending = path.extension();
  if (ending == ".csv") {
    write_whole_file(path, impacts_csv(run));
  } else if (ending == ".geojson" || ending == ".json") {
    write_whole_file(path, impacts_geojson(run));
  } else {
    throw FileError(path.string(), "impacts are written as .csv or .geojson");
  }
}

}  // namespace kontwin
