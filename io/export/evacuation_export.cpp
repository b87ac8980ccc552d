#include "io/export/evacuation_export.hpp"

#include <cmath>
#include <iomanip>
#include <locale>
#include <map>
#include <sstream>
#include <string>

#include "io/export/run_places.hpp"
#include "io/file/whole_file.hpp"
#include "io/run/road_queues.hpp"
#include "scenarios/evacuation/statistics.hpp"

namespace kontwin {

namespace {

std::ostringstream csv(const char* head) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << std::fixed << head << "\r\n";
  return text;
}

std::string moment(const std::optional<Instant>& at) { return at ? format_instant(*at) : ""; }
/// Empty where it is not known.
std::string number(double value) {
  if (std::isnan(value)) return "";
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << std::fixed << std::setprecision(1) << value;
  return std::move(text).str();
}

/// URN, name, commune, longitude, latitude.
void put_place(std::ostringstream& text, RunPlaces& places, EntityRef ref) {
  const auto place = places.of(ref);
  text << place.urn << ',' << csv_field(place.name) << ',' << csv_field(place.commune) << ','
       << std::setprecision(6) << place.point.longitude_deg << ',' << place.point.latitude_deg;
}

std::string clearance_csv(const EvacuationRecord& record) {
  auto text = csv("at,minutes,left,safe");
  const auto curve = evacuation::clearance_curve(record.parties, std::chrono::minutes(5));
  for (const auto& step : curve) {
    text << format_instant(step.at) << ',' << std::setprecision(0)
         << to_seconds(step.at - curve.front().at) / 60 << ',' << step.left << ',' << step.safe
         << "\r\n";
  }
  return std::move(text).str();
}

std::string zones_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text = csv(
      "urn,name,commune,longitude,latitude,people,ordered,told,leaving,safe,half_min,ninety_min,"
      "ninety_five_min,all_min,cut,margin_min");
  std::map<EntityRef, std::vector<EvacuationParty>> of;
  for (const EvacuationParty& party : record.parties) of[party.home].push_back(party);
  const auto margins = evacuation::margins_min(record);
  for (std::size_t i = 0; i < record.zones.size(); ++i) {
    const EvacuatedZone& zone = record.zones[i];
    const auto one =
        evacuation::clearance_of(of[zone.place], [](const EvacuationParty&) { return true; });
    put_place(text, places, zone.place);
    text << ',' << zone.people << ',' << moment(zone.ordered) << ',' << one.told << ','
         << one.leaving << ',' << one.safe << ',' << number(one.half_min) << ','
         << number(one.ninety_min) << ',' << number(one.ninety_five_min) << ','
         << number(one.all_min) << ',' << moment(zone.cut) << ',' << number(margins[i]) << "\r\n";
  }
  return std::move(text).str();
}

std::string arrivals_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text = csv("urn,name,commune,longitude,latitude,hour,people");
  const Duration hour = std::chrono::hours(1);
  std::map<std::pair<EntityRef, std::int64_t>, std::uint64_t> people;
  for (const EvacuationParty& party : record.parties) {
    if (!party.safe_at) continue;
    people[{party.refuge, party.safe_at->time_since_epoch() / hour}] += party.people;
  }
  for (const auto& [key, count] : people) {
    put_place(text, places, key.first);
    text << ',' << format_instant(Instant{key.second * hour}) << ',' << count << "\r\n";
  }
  return std::move(text).str();
}

std::string shelters_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text =
      csv("urn,name,commune,longitude,latitude,room,taken_in,used_person_days,unmet_person_days,"
          "supplies_out");
  for (const RefugeUse& one : record.refuges) {
    put_place(text, places, one.place);
    text << ',' << one.room << ',' << one.taken_in << ',' << std::setprecision(2)
         << one.used_person_days << ',' << one.unmet_person_days << ',' << moment(one.supplies_out)
         << "\r\n";
  }
  return std::move(text).str();
}

std::string not_out_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text =
      csv("urn,name,commune,longitude,latitude,people,needing_help,why,mode,told,warned,left,"
          "hazard_class,last_seen,need");
  for (const EvacuationParty& party : record.parties) {
    if (party.fate == EvacueeFate::safe) continue;
    put_place(text, places, party.home);
    text << ',' << party.people << ',' << party.needing_help << ',' << names_of(party.fate).id
         << ',' << names_of(party.mode).id << ',' << moment(party.told) << ','
         << moment(party.warned) << ',' << moment(party.left) << ','
         << static_cast<int>(party.hazard_class) << ','
         << (party.junction == no_row ? std::string()
                                      : places.of({Kind::junction, party.junction}).urn)
         << ',' << names_of(party.need).id << "\r\n";
  }
  return std::move(text).str();
}

std::string stranded_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text =
      csv("urn,name,commune,longitude,latitude,people,needing_help,junction,stranded,fetched,mode,"
          "result");
  for (const EvacuationParty& party : record.parties) {
    if (!party.stranded_at) continue;
    put_place(text, places, party.home);
    text << ',' << party.people << ',' << party.needing_help << ','
         << places.of({Kind::junction, party.stranded_at_junction}).urn << ','
         << moment(party.stranded_at) << ',' << moment(party.fetched_at) << ','
         << names_of(party.mode).id << ',' << names_of(party.fate).id << "\r\n";
  }
  return std::move(text).str();
}

std::string water_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text = csv("urn,name,commune,longitude,latitude,hazard_class,people,from");
  struct Spot {
    std::uint64_t people = 0;
    std::optional<Instant> from;
  };
  std::map<std::pair<EntityRef, int>, Spot> spots;
  for (const EvacuationParty& party : record.parties) {
    if (party.hazard_class == 0 || party.hazard_at.row == no_row) continue;
    Spot& spot = spots[{party.hazard_at, party.hazard_class}];
    spot.people += party.people;
    if (!spot.from || (party.hazard_from && *party.hazard_from < *spot.from)) {
      spot.from = party.hazard_from;
    }
  }
  for (const auto& [key, spot] : spots) {
    put_place(text, places, key.first);
    text << ',' << key.second << ',' << spot.people << ',' << moment(spot.from) << "\r\n";
  }
  return std::move(text).str();
}

std::string squares_csv(const EvacuationRecord& record, RunPlaces& places) {
  auto text = csv("urn,name,commune,longitude,latitude,party,home,from,to,result,came,in,ended");
  const auto junction = [&places](std::uint32_t row) {
    return row == no_row ? std::string() : places.of({Kind::junction, row}).urn;
  };
  for (const SquarePassage& one : record.passages) {
    put_place(text, places, one.square);
    text << ',' << one.party << ',' << places.of(record.parties[one.party].home).urn << ','
         << junction(one.from) << ',' << junction(one.to) << ',' << name_of(one.result) << ','
         << moment(one.came) << ',' << moment(one.in) << ',' << moment(one.ended) << "\r\n";
  }
  return std::move(text).str();
}

std::string queues_csv(const RunFile& run, Instant from, RunPlaces& places) {
  auto text =
      csv("urn,name,commune,longitude,latitude,longest,longest_at,from,until,vehicle_hours");
  for (const RoadQueue& one : road_queues(run, from)) {
    put_place(text, places, one.road);
    text << ',' << std::setprecision(0) << one.longest << ',' << format_instant(one.longest_at)
         << ',' << format_instant(one.from) << ',' << format_instant(one.until) << ','
         << number(one.vehicle_hours) << "\r\n";
  }
  return std::move(text).str();
}

}  // namespace

std::vector<std::filesystem::path> write_evacuation_files(const RunFile& run,
                                                          const std::filesystem::path& folder) {
  const EvacuationRecord record = run.evacuation();
  RunPlaces places(run);
  std::filesystem::create_directories(folder);
  std::vector<std::filesystem::path> paths;
  const auto write = [&](const char* name, const std::string& text) {
    paths.push_back(folder / name);
    write_whole_file(paths.back(), text);
  };
  write("clearance.csv", clearance_csv(record));
  write("zones.csv", zones_csv(record, places));
  write("arrivals.csv", arrivals_csv(record, places));
  write("shelters.csv", shelters_csv(record, places));
  write("not-out.csv", not_out_csv(record, places));
  const auto was_stranded = [](const EvacuationParty& party) {
    return party.stranded_at.has_value();
  };
  if (std::ranges::any_of(record.parties, was_stranded)) {
    write("stranded.csv", stranded_csv(record, places));
  }
  write("water.csv", water_csv(record, places));
  if (!record.passages.empty()) write("squares.csv", squares_csv(record, places));
  write("queues.csv", queues_csv(run, evacuation::first_order(record, run.header().start), places));
  return paths;
}

}  // namespace kontwin
