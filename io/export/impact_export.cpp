#include "io/export/impact_export.hpp"

#include <iomanip>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "io/export/run_places.hpp"
#include "io/file/whole_file.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

double minutes_of(const ImpactSpell& spell, Instant run_end) {
  return to_seconds(spell.until.value_or(run_end) - spell.from) / 60;
}

}  // namespace

std::string impacts_csv(const RunFile& run) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << "urn,name,kind,what,from,until,minutes,deepest_m,hazard_class,people,longitude,latitude"
          "\r\n"
       << std::fixed;
  RunPlaces places(run);
  for (const ImpactSpell& spell : run.impacts()) {
    const auto place = places.of(spell.entity);
    text << place.urn << ',' << csv_field(place.name) << ',' << names_of(spell.entity.kind).id
         << ',' << names_of(spell.kind).id << ',' << format_instant(spell.from) << ','
         << (spell.until ? format_instant(*spell.until) : "") << ',' << std::setprecision(1)
         << minutes_of(spell, run.end()) << ',' << std::setprecision(2) << spell.deepest_m << ','
         << spell.hazard_class << ',' << std::setprecision(0) << spell.people << ','
         << std::setprecision(6) << place.point.longitude_deg << ',' << place.point.latitude_deg
         << "\r\n";
  }
  return std::move(text).str();
}

std::string impacts_geojson(const RunFile& run) {
  nlohmann::ordered_json features = nlohmann::ordered_json::array();
  RunPlaces places(run);
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
                          {"minutes", minutes_of(spell, run.end())},
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
