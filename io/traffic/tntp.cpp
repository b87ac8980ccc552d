#include "io/traffic/tntp.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <string_view>

#include "io/traffic/tntp_text.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

/// A header line without the `~` that should hide it.
bool names_columns(std::string_view field) {
  return !field.empty() && std::isalpha(static_cast<unsigned char>(field.front())) != 0;
}

std::string short_number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

void add_link(TntpText& text, const std::vector<std::string_view>& fields, TntpNetwork& result,
              const TntpWeights& weights, const std::filesystem::path& path, ImportReport& report) {
  traffic::AssignmentNetwork& network = result.network;
  if (fields.size() < 7) {
    text.fail(std::to_string(fields.size()) +
              " fields where a link has at least 7: init_node term_node capacity length "
              "free_flow_time b power");
  }
  const std::uint32_t from = text.row(fields[0], "node", network.nodes);
  const std::uint32_t to = text.row(fields[1], "node", network.nodes);
  const std::string name =
      path.string() + ": link " + std::string(fields[0]) + "-" + std::string(fields[1]);
  if (from == to) {
    report.note("loops", name + ": leads back to its start; left out");
    return;
  }
  const double capacity = text.number(fields[2], "capacity");
  const double length = text.number(fields[3], "length");
  const double free_time = text.number(fields[4], "free-flow time");
  double b = text.number(fields[5], "b");
  const double power = text.number(fields[6], "power");
  const double speed = fields.size() > 7 ? text.number(fields[7], "speed") : 0;
  const double toll = fields.size() > 8 ? text.number(fields[8], "toll") : 0;
  const double type = fields.size() > 9 ? text.number(fields[9], "link type") : 0;
  if (std::abs(type) > 1e6) text.fail("'" + std::string(fields[9]) + "' is no link type");
  const double extra = weights.toll * toll + weights.length * length;
  if (capacity <= 0 && free_time * b * power != 0) {
    report.note("no capacity",
                name + ": capacity " + short_number(capacity) + "; its cost is taken as constant");
    b = 0;
  }
  try {
    network.costs.add_bpr(free_time, b, capacity, power, extra);
  } catch (const ScenarioError& error) {
    text.fail(error.what());
  }
  network.from.push_back(from);
  network.to.push_back(to);
  result.length.push_back(length);
  result.speed.push_back(speed);
  result.toll.push_back(toll);
  result.type.push_back(static_cast<int>(type));
}

}  // namespace

TntpNetwork read_tntp_network(const std::filesystem::path& path, const TntpWeights& weights,
                              ImportReport* report) {
  ImportReport unseen;
  ImportReport& told = report != nullptr ? *report : unseen;
  TntpText text(path);
  text.read_metadata();
  TntpNetwork result;
  result.zones = text.required_count("NUMBER OF ZONES");
  result.network.nodes = text.required_count("NUMBER OF NODES");
  if (result.zones > result.network.nodes) {
    throw FileError(path.string(), "has more zones than nodes");
  }
  const std::size_t first_through = text.count("FIRST THRU NODE").value_or(1);
  result.network.ends_only.assign(result.network.nodes, 0);
  const std::size_t closed =
      std::min(first_through == 0 ? 0 : first_through - 1, result.network.nodes);
  std::fill_n(result.network.ends_only.begin(), closed, std::uint8_t{1});

  std::size_t lines = 0;
  for (bool more = text.at_line() || text.next(); more; more = text.next()) {
    const auto fields = text.fields();
    if (fields.empty() || (lines == 0 && names_columns(fields[0]))) continue;
    ++lines;
    add_link(text, fields, result, weights, path, told);
  }
  const std::size_t promised = text.count("NUMBER OF LINKS").value_or(lines);
  if (lines != promised) {
    told.note("links counted", path.string() + ": " + std::to_string(lines) +
                                   " links where the metadata say " + std::to_string(promised));
  }
  if (result.network.links() == 0) throw FileError(path.string(), "has no links");
  return result;
}

std::vector<traffic::OdFlow> read_tntp_trips(const std::filesystem::path& path, std::size_t zones,
                                             ImportReport* report) {
  TntpText text(path);
  text.read_metadata();
  if (const auto given = text.count("NUMBER OF ZONES"); given && *given > zones) {
    throw FileError(path.string(), "has " + std::to_string(*given) +
                                       " zones where the network has " + std::to_string(zones));
  }
  std::vector<traffic::OdFlow> pairs;
  double total = 0;
  std::uint32_t origin = 0;
  bool begun = false;
  for (bool more = text.at_line() || text.next(); more; more = text.next()) {
    // `Origin 1`, then `2 : 100.0;` as often as there is room for on a line, blanks anywhere.
    const auto fields = text.fields();
    if (fields.empty()) continue;
    std::size_t at = 0;
    if (fields[0] == "Origin" || fields[0] == "origin" || fields[0] == "ORIGIN") {
      if (fields.size() < 2) text.fail("an origin without its zone");
      origin = text.row(fields[1], "zone", zones);
      begun = true;
      at = 2;
    }
    if (!begun) text.fail("trips before the first 'Origin'");
    if ((fields.size() - at) % 2 != 0) text.fail("a destination without its flow");
    for (; at < fields.size(); at += 2) {
      const std::uint32_t end = text.row(fields[at], "zone", zones);
      const double flow = text.number(fields[at + 1], "flow");
      if (flow < 0) text.fail("a flow below 0");
      if (flow > 0) pairs.push_back({origin, end, flow});
      total += flow;
    }
  }
  if (!begun) throw FileError(path.string(), "has no 'Origin'");
  const double promised = text.number("TOTAL OD FLOW").value_or(total);
  constexpr double most_off = 1e-3;
  if (report != nullptr && std::abs(total - promised) > most_off * std::max(total, promised)) {
    report->note("total flow", path.string() + ": the flows add up to " + short_number(total) +
                                   " where the metadata say " + short_number(promised));
  }
  return pairs;
}

std::vector<LocalPoint> read_tntp_nodes(const std::filesystem::path& path, std::size_t nodes) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  std::vector<LocalPoint> places(nodes, {unknown, unknown});
  TntpText text(path);
  text.read_metadata();
  for (bool more = text.at_line() || text.next(); more; more = text.next()) {
    const auto fields = text.fields();
    if (fields.empty() || names_columns(fields[0])) continue;
    if (fields.size() < 3) text.fail("a node needs its number, x and y");
    places[text.row(fields[0], "node", nodes)] = {text.number(fields[1], "x"),
                                                  text.number(fields[2], "y")};
  }
  return places;
}

std::vector<TntpFlow> read_tntp_flows(const std::filesystem::path& path) {
  std::vector<TntpFlow> flows;
  TntpText text(path);
  text.read_metadata();
  constexpr std::size_t any_node = 1000000000;
  for (bool more = text.at_line() || text.next(); more; more = text.next()) {
    const auto fields = text.fields();
    if (fields.empty() || names_columns(fields[0])) continue;
    if (fields.size() < 4) text.fail("a flow needs its nodes, volume and cost");
    flows.push_back({text.row(fields[0], "node", any_node), text.row(fields[1], "node", any_node),
                     text.number(fields[2], "volume"), text.number(fields[3], "cost")});
  }
  return flows;
}

}  // namespace kontwin
