#include "io/traffic/sumo_flow.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

/// The end of a flow that names none, seconds.
constexpr double day_s = 86400;
/// More vehicles than that are a slip of the pen.
constexpr double most_vehicles = 1e7;

/// How many fit in: as SUMO counts, while the moment is before the end.
double fitting(double begin_s, double end_s, double every_s) {
  return std::ceil((end_s - begin_s) / every_s - 1e-9);
}

std::optional<std::vector<Micros>> evenly(double begin_s, double every_s, double count,
                                          std::string& reason) {
  if (!(every_s > 0) || !(count <= most_vehicles) ||
      !(begin_s + count * every_s <= latest_moment_s)) {
    reason = "is a flow of no stated spacing";
    return std::nullopt;
  }
  std::vector<Micros> moments;
  for (double i = 0; i < count; ++i) moments.push_back(to_micros(begin_s + i * every_s));
  return moments;
}

}  // namespace

std::optional<double> to_seconds(std::string_view text) {
  double total = 0;
  int parts = 0;
  for (;;) {
    const std::size_t colon = text.find(':');
    const auto value = to_number(text.substr(0, colon));
    if (!value) return std::nullopt;
    ++parts;
    if (colon == std::string_view::npos) {
      if (parts == 2 || parts > 4) return std::nullopt;
      return total + *value;
    }
    // Days count 24 hours, hours and minutes 60 of what follows.
    const bool days = parts == 1 && std::ranges::count(text, ':') == 3;
    total = (total + *value) * (days ? 24 : 60);
    text.remove_prefix(colon + 1);
  }
}

std::optional<std::vector<Micros>> departures_of(const XmlElement& flow, RandomStream stream,
                                                 std::string& reason) {
  const auto moment = [&](std::string_view attribute, double otherwise) {
    if (!flow.has(attribute)) return std::optional<double>(otherwise);
    const auto at = to_seconds(flow.text(attribute));
    if (!at) reason = "'" + std::string(flow.text(attribute)) + "' is no moment";
    return at;
  };
  const auto begin = moment("begin", 0);
  if (!begin) return std::nullopt;
  const auto end = moment("end", std::max(day_s, *begin));
  if (!end) return std::nullopt;
  if (*begin < 0) {
    reason = "departs before 0";
    return std::nullopt;
  }
  if (*end < *begin || *end > latest_moment_s) {
    reason = "ends before it begins, or never";
    return std::nullopt;
  }
  const auto number = flow.number("number");
  if (number && *number < 0) {
    reason = "has a number below 0";
    return std::nullopt;
  }
  // Without an end a number is the end.
  const auto count_at = [&](double every_s) {
    return number && !flow.has("end") ? *number : fitting(*begin, *end, every_s);
  };
  const auto per_hour = flow.has("perHour") ? flow.number("perHour") : flow.number("vehsPerHour");
  if (per_hour) {
    if (*per_hour == 0) return std::vector<Micros>();
    return evenly(*begin, 3600 / *per_hour, count_at(3600 / *per_hour), reason);
  }
  const std::string_view period = flow.text("period");
  if (period.starts_with("exp(") && period.ends_with(')')) {
    const auto rate = to_number(period.substr(4, period.size() - 5));
    if (!rate || !(*rate > 0) || !(*rate * (*end - *begin) <= most_vehicles)) {
      reason = "'" + std::string(period) + "' is no rate";
      return std::nullopt;
    }
    std::vector<Micros> moments;
    for (double at = *begin + stream.exponential(1 / *rate); at < *end;
         at += stream.exponential(1 / *rate)) {
      moments.push_back(to_micros(at));
    }
    return moments;
  }
  if (!period.empty()) {
    const auto every = to_seconds(period);
    if (!every) {
      reason = "'" + std::string(period) + "' is no length of time";
      return std::nullopt;
    }
    return evenly(*begin, *every, count_at(*every), reason);
  }
  if (const auto probability = flow.number("probability")) {
    if (!(*probability >= 0 && *probability <= 1) || !(*end - *begin <= most_vehicles)) {
      reason = "has a probability that is not between 0 and 1";
      return std::nullopt;
    }
    std::vector<Micros> moments;
    for (double at = *begin; at < *end; ++at) {
      if (stream.uniform() < *probability) moments.push_back(to_micros(at));
    }
    return moments;
  }
  if (number) {
    const double count = std::floor(*number);
    if (count <= 0) return std::vector<Micros>();
    const double every_s = (*end - *begin) / count;
    return evenly(*begin, std::max(every_s, 1e-9), count, reason);
  }
  reason = "is a flow with neither number, period, vehsPerHour nor probability";
  return std::nullopt;
}

}  // namespace kontwin::traffic
