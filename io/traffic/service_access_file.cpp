#include "io/traffic/service_access_file.hpp"

#include <algorithm>
#include <limits>

#include "io/traffic/text_file.hpp"

namespace kontwin::traffic {

std::string commune_name(const World& world, const std::string& code) {
  const auto found = std::ranges::find(world.admin_units(), code, &AdminUnit::code);
  return found == world.admin_units().end() ? code : found->name;
}

void write_service_access(const std::filesystem::path& path, const World& world,
                          std::span<const ServiceAccess> access) {
  TextFile file(path);
  file << "commune_code,commune,service,people,unreached,mean_min,farthest_min";
  for (const double minutes : reach_minutes) file << ",people_" << minutes << "_min";
  file << '\n';
  for (const ServiceAccess& one : access) {
    const bool any = one.people > one.unreached;
    const auto minutes = [any](double value) {
      return csv_number(any ? value : std::numeric_limits<double>::quiet_NaN());
    };
    file << csv_field(one.commune_code) << ',' << csv_field(commune_name(world, one.commune_code))
         << ',' << names_of(one.service).id << ',' << one.people << ',' << one.unreached << ','
         << minutes(one.mean_min) << ',' << minutes(one.farthest_min);
    for (const double people : one.within) file << ',' << people;
    file << '\n';
  }
  file.close();
}

}  // namespace kontwin::traffic
