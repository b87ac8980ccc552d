#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/traffic/route_pool.hpp"
#include "io/traffic/sumo_ignoring.hpp"
#include "io/traffic/sumo_routes.hpp"
#include "io/traffic/xml_reader.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic {

/// Makes trips of the elements of route files. Private to this folder: see sumo_routes.hpp.
class SumoRouteHandler final : public XmlHandler {
 public:
  SumoRouteHandler(const Network& network, const SumoRoutesOptions& options,
                   std::vector<TripProblem>& problems)
      : options_(options),
        problems_(problems),
        pool_(network, table_.route_links),
        network_(network) {}

  void begin_file(std::string path);
  void end_file();
  /// Trips in their order; the handler is empty then.
  TripTable take_table();

  void start(const XmlElement& element) override;
  void end(std::string_view name) override;

 private:
  /// Types or routes to draw from: `which` counts into the types of the table, or into routes_.
  struct Choice {
    std::uint32_t which = 0;
    double weight = 1;
  };
  struct Named {
    std::vector<Choice> choices;
    std::string fault;  ///< why it cannot be used
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Names = std::unordered_map<std::string, Named, TextHash, std::equal_to<>>;

  /// The vehicle, trip or flow that is being read.
  struct Vehicle {
    std::string element, id, fault;
    long line = 0;
    const Named* type = nullptr;
    bool has_route = false;
    std::vector<Choice> routes;
    std::uint32_t from = no_row, to = no_row;
    std::vector<Micros> departures;
    bool is_flow = false;
  };

  void start_vehicle(const XmlElement& element);
  void read_ends(const XmlElement& element);
  void start_inside_vehicle(const XmlElement& element);
  void end_vehicle();
  void add_trip(Micros depart, std::string name);
  void read_type(const XmlElement& element);
  void read_type_param(const XmlElement& element);
  void read_route(const XmlElement& element);
  void start_distribution(const XmlElement& element, Names& names, std::string_view list);
  const Named* type_named(std::string_view id);
  std::optional<Choice> route_of(const XmlElement& element, std::string& fault);
  static std::uint32_t draw(const std::vector<Choice>& choices, RandomStream stream);
  void blame(long line, std::string place, std::string reason, bool left_out);
  void pass_over(const XmlElement& element);

  const SumoRoutesOptions& options_;
  std::vector<TripProblem>& problems_;
  TripTable table_;
  RoutePool pool_;
  const Network& network_;
  std::vector<RoutePool::Route> routes_;
  Names types_by_name_, routes_by_name_;
  SumoIgnoringTypes ignoring_;

  std::string file_;
  int depth_ = 0;
  bool in_vehicle_ = false;
  bool in_type_ = false;  // of a kind of ours, the last of the table
  Vehicle vehicle_;
  Named* distribution_ = nullptr;     // the one that is open, of types or of routes
  std::optional<std::int64_t> last_;  // of an open distribution in a vehicle: the one it takes
  struct PassedOver {
    long line = 0;
    std::size_t times = 0;
  };
  std::map<std::string, PassedOver, std::less<>> passed_over_;
};

}  // namespace kontwin::traffic
