#include "io/flood/lisflood_input.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

using Words = std::set<std::string_view, std::less<>>;

const std::map<std::string, std::string, std::less<>> second_names{{"dir", "dirroot"},
                                                                   {"nfp", "fpfric"},
                                                                   {"simtime", "sim_time"},
                                                                   {"inf", "infiltration"},
                                                                   {"weir", "weirfile"}};

/// What is read.
const Words used{"demfile",     "sim_time",  "massint",      "saveint",      "fpfric",
                 "manningfile", "bcifile",   "bdyfile",      "startfile",    "startelev",
                 "cfl",         "stagefile", "rainfall",     "evaporation",  "infiltration",
                 "infilfile",   "theta",     "depththresh",  "resroot",      "fv1",
                 "fv2",         "dg2",       "acceleration", "drain_nodata", "nodata_elevation"};

/// What changes the flow and is not here.
const Words refused{"riverfile",
                    "multiriverfile",
                    "weirfile",
                    "porfile",
                    "routing",
                    "dist_routing",
                    "routing_mass_check",
                    "rainfallrouting",
                    "routingspeed",
                    "routesfthresh",
                    "diffusive_froude_thresh",
                    "diffusive",
                    "dynamicrainfile",
                    "rainfallmask",
                    "latlong",
                    "binarystartfile",
                    "startq2d",
                    "loadcheck",
                    "tstart",
                    "gravity",
                    "damfile",
                    "dammask",
                    "chanmask",
                    "linklist"};

/// What changes nothing here: names of results, what only channels need, how steps are chosen, the
/// machine.
const Words passed_over{
    // Results.
    "dirroot", "overpass", "overpassfile", "elevoff", "depthoff", "vtkoff", "qoutput", "voutput",
    "voutput_max", "voutput_stage", "hazard", "profiles", "maxdepthonly", "toutput", "qloutput",
    "comp_out", "ascii_out", "binary_out", "netcdf_out", "standard_extensions_out", "ascheader",
    "calcarea", "calcmeandepth", "calcvolume", "gaugefile", "mint_hk", "saveint_max", "maxint",
    "output_precision", "resettimeinit", "gzip", "log", "debug",
    // Channels.
    "qfile", "startq", "ch_start_h", "ch_dynamic", "dynsw", "chainageoff", "ts_multiple",
    // Steps and limits, and the machine.
    "initial_tstep", "adaptoff", "htol", "dhlin", "qlimfact", "steady", "steadytol", "checkpoint",
    "kill", "momentumthresh", "drycheckoff", "1dfriction", "max_froude", "limitslopes",
    "krivodonovathresh", "dg2depththresh", "dg2thindepth_tstep", "epsilon", "l", "roe", "roe_slow",
    "acc_nugrid", "cuda", "nch", "v"};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

}  // namespace

LisfloodInput::LisfloodInput(const std::filesystem::path& path) : path_(path) {
  std::set<std::string> seen;
  for (WordLine& line : read_words(path, true)) {
    const std::string written = line.words[0];
    std::string& keyword = line.words[0];
    keyword = lower(keyword);
    const auto second = second_names.find(keyword);
    if (second != second_names.end()) keyword = second->second;
    // Channels narrower than a cell have some twenty keywords.
    if (refused.contains(keyword) || keyword.starts_with("sgc")) {
      throw FileError(path.string(), line.number,
                      "'" + written + "' changes the flow, and this program does not have it");
    }
    if (!used.contains(keyword)) {
      if (passed_over.contains(keyword)) continue;
      notes_.push_back(path.string() + ":" + std::to_string(line.number) + ": '" + written +
                       "' is not known and was left out");
      continue;
    }
    if (!seen.insert(keyword).second) {
      throw FileError(path.string(), line.number, "'" + written + "' stands here twice");
    }
    lines_.push_back(std::move(line));
  }
}

const WordLine* LisfloodInput::find(const std::string& keyword) const {
  const auto found =
      std::ranges::find_if(lines_, [&](const WordLine& line) { return line.words[0] == keyword; });
  return found == lines_.end() ? nullptr : &*found;
}

std::optional<std::string> LisfloodInput::text(const std::string& keyword) const {
  const WordLine* const line = find(keyword);
  if (line == nullptr) return std::nullopt;
  if (line->words.size() < 2) fail(keyword, "'" + keyword + "' needs a name behind it");
  return line->words[1];
}

std::optional<double> LisfloodInput::number(const std::string& keyword, double low,
                                            double high) const {
  const WordLine* const line = find(keyword);
  if (line == nullptr) return std::nullopt;
  const double value = number_of(path_, *line, 1);
  if (value >= low && value <= high) return value;
  fail(keyword, "'" + keyword + "' is " + line->words[1] + ", and must lie between " +
                    std::to_string(low) + " and " + std::to_string(high));
}

std::optional<std::filesystem::path> LisfloodInput::file(const std::string& keyword) const {
  const auto name = text(keyword);
  return name ? std::optional(path_.parent_path() / *name) : std::nullopt;
}

void LisfloodInput::fail(const std::string& keyword, const std::string& reason) const {
  const WordLine* const line = find(keyword);
  if (line == nullptr) throw FileError(path_.string(), reason);
  throw FileError(path_.string(), line->number, reason);
}

}  // namespace kontwin::flood
