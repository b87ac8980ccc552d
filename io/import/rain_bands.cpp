#include "io/import/rain_bands.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "twin/error.hpp"

namespace kontwin {

namespace {

/// The unit of a rate of rain in mm/h; nothing for one that is not known.
std::optional<double> rate_of(std::string unit) {
  std::erase_if(unit, [](char letter) { return letter == ' ' || letter == '.'; });
  static const std::map<std::string, double> known{
      {"", 1},         {"mm/h", 1},        {"mm/hr", 1},      {"mmh-1", 1},       {"mmhr-1", 1},
      {"mm/hour", 1},  {"kgm-2s-1", 3600}, {"kg/m2/s", 3600}, {"kg/m^2/s", 3600}, {"mm/s", 3600},
      {"mms-1", 3600}, {"m/s", 3.6e6},     {"ms-1", 3.6e6}};
  const auto found = known.find(unit);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

/// Seconds after the first of its bands.
std::vector<double> after_first_s(const RasterFile& file) {
  std::vector<double> seconds;
  double first_s = 0;
  for (int band = 1; band <= file.bands(); ++band) {
    const auto at_s = file.time_s(band);
    if (!at_s) file.fail("has many bands and does not say at what times they are (CF)");
    if (band == 1) first_s = *at_s;
    if (band > 1 && *at_s - first_s <= seconds.back()) {
      file.fail("its times do not rise at band " + std::to_string(band));
    }
    seconds.push_back(*at_s - first_s);
  }
  return seconds;
}

std::vector<RainBand> bands_of(Instant moment, const std::filesystem::path& written,
                               RasterFile::Lies lies) {
  RainBand first{moment, written, "", 1, 1};
  std::string text = written.string();
  if (const auto hash = text.rfind('#'); hash != std::string::npos) {
    first.variable = text.substr(hash + 1);
    first.path = text.substr(0, hash);
  }
  const RasterFile file(first.path, RasterFile::is_over_time(first.path) ? 1 : 0, "", lies,
                        first.variable);
  std::vector<double> seconds{0};
  if (file.bands() > 1) seconds = after_first_s(file);
  const std::string unit = file.unit();
  std::optional<double> to_mmph = rate_of(unit);
  if (unit == "mm" && seconds.size() > 1) to_mmph = 3600 / seconds[1];
  if (!to_mmph) file.fail("its rain is in '" + unit + "'; mm/h are needed");
  std::vector<RainBand> bands;
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    bands.push_back(first);
    bands.back().at = moment + from_seconds(seconds[i]);
    bands.back().band = static_cast<int>(i + 1);
    bands.back().to_mmph = *to_mmph;
  }
  return bands;
}

}  // namespace

std::vector<RainBand> rain_bands(
    const std::vector<std::pair<Instant, std::filesystem::path>>& files, RasterFile::Lies lies) {
  std::vector<RainBand> bands;
  for (const auto& [moment, path] : files) {
    for (RainBand& band : bands_of(moment, path, lies)) {
      if (!bands.empty() && band.at <= bands.back().at) {
        throw FileError(path.string(), "its rain at " + format_instant(band.at) +
                                           " is not later than that of the band before");
      }
      bands.push_back(std::move(band));
    }
  }
  return bands;
}

}  // namespace kontwin
