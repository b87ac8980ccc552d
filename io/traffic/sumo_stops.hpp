#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "io/traffic/xml_reader.hpp"
#include "scenarios/traffic/demand/trip_table.hpp"
#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// The stops of route and additional files: places that stand there (`busStop`, `parkingArea`,
/// `containerStop`, `chargingStation`), and the `<stop>`s of vehicles and routes. Private to this
/// folder.
class SumoStops {
 public:
  explicit SumoStops(const Network& network) : network_(network) {}

  /// Whether an element defines a place; takes it then. What cannot be used is told at its use.
  bool define(const XmlElement& element);
  /// The halt of a `<stop>`, without its leg; nothing and the reason in `fault`. A new place is
  /// appended to `names`.
  std::optional<Halt> read(const XmlElement& element, std::vector<std::string>& names,
                           std::string& fault);
  /// Appends the halts to a table as those of a route, each on the next link of it that is its own.
  /// False where one is on none.
  static bool place(const std::vector<Halt>& halts, std::span<const std::uint32_t> route,
                    std::vector<Halt>& table);

 private:
  struct Place {
    std::string lane;
    std::optional<double> end_m;
    std::uint32_t name = no_row;
    bool in_bay = false;
  };
  /// The link of a lane `edge_2`.
  std::optional<std::uint32_t> link_of(std::string_view lane) const;

  const Network& network_;
  std::unordered_map<std::string, Place> places_;
};

}  // namespace kontwin::traffic
