// The vehicles, trips and flows of route files; types and routes are in sumo_route_handler.cpp.
#include <span>

#include "io/traffic/sumo_flow.hpp"
#include "io/traffic/sumo_route_handler.hpp"

namespace kontwin::traffic {

namespace {

/// What the random numbers of a flow or a vehicle are for.
enum Purpose : std::uint64_t { flow_moments, type_choice, route_choice };

/// A number of a name, the same on every machine (FNV-1a).
std::uint64_t number_of(std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace

void SumoRouteHandler::start_vehicle(const XmlElement& element) {
  in_vehicle_ = true;
  last_.reset();
  vehicle_.element = element.name();
  vehicle_.id = element.required_text("id");
  vehicle_.fault.clear();
  vehicle_.line = element.line();
  vehicle_.has_route = false;
  vehicle_.routes.clear();
  vehicle_.halts.clear();
  vehicle_.from = vehicle_.to = no_row;
  vehicle_.departures.clear();
  vehicle_.is_flow = element.is("flow");
  std::string& fault = vehicle_.fault;

  const std::string_view type = element.text("type");
  vehicle_.type = type_named(type);
  if (vehicle_.type == nullptr) {
    fault = "its type '" + std::string(type) + "' is not there";
  } else if (vehicle_.type->choices.empty()) {
    fault = vehicle_.type->fault.empty() ? "its type '" + std::string(type) + "' is empty"
                                         : vehicle_.type->fault;
  }
  if (!fault.empty()) return;
  if (vehicle_.is_flow) {
    const RandomStream stream(options_.seed, number_of(vehicle_.id), flow_moments);
    if (auto moments = departures_of(element, stream, fault)) vehicle_.departures = *moments;
  } else {
    const std::string_view text = element.required_text("depart");
    const auto at = to_seconds(text);
    if (!at) {
      fault = "departs '" + std::string(text) + "', which is no moment";
    } else if (*at < 0 || *at > latest_moment_s) {
      fault = *at < 0 ? "departs before 0" : "departs after the end of all days";
    } else {
      vehicle_.departures.push_back(to_micros(*at));
    }
  }
  if (fault.empty()) read_ends(element);
}

void SumoRouteHandler::read_ends(const XmlElement& element) {
  std::string& fault = vehicle_.fault;
  if (const std::string_view route = element.text("route"); !route.empty()) {
    vehicle_.has_route = true;
    const auto found = routes_by_name_.find(route);
    if (found == routes_by_name_.end()) {
      fault = "its route '" + std::string(route) + "' is not there";
    } else if (found->second.choices.empty()) {
      fault = found->second.fault.empty() ? "its route '" + std::string(route) + "' is empty"
                                          : found->second.fault;
    } else {
      vehicle_.routes = found->second.choices;
    }
    return;
  }
  for (const auto& [attribute, end] :
       {std::pair("from", &vehicle_.from), std::pair("to", &vehicle_.to)}) {
    const std::string_view id = element.text(attribute);
    if (id.empty()) continue;
    const auto link = network_.find_link(id);
    if (!link) {
      fault = "edge '" + std::string(id) + "' is not in the network";
      return;
    }
    *end = *link;
  }
  if (element.has("via")) {
    blame(vehicle_.line, vehicle_.element + " " + vehicle_.id, "its via is not followed", false);
  }
}

void SumoRouteHandler::start_inside_vehicle(const XmlElement& element) {
  if (element.is("routeDistribution")) {
    last_ = element.integer("last");
  } else if (element.is("route")) {
    vehicle_.has_route = true;
    if (!vehicle_.fault.empty()) return;
    if (const auto choice = route_of(element, vehicle_.fault)) vehicle_.routes.push_back(*choice);
  } else if (element.is("stop")) {
    read_stop(element, vehicle_.halts, vehicle_.fault);
  }
}

void SumoRouteHandler::read_stop(const XmlElement& element, std::vector<Halt>& halts,
                                 std::string& fault) {
  std::string reason;
  if (const auto halt = stops_.read(element, table_.stops, reason)) {
    halts.push_back(*halt);
  } else if (&fault == &route_fault_) {
    blame(element.line(), "<stop> of a route", reason, false);
  } else if (fault.empty()) {
    fault = reason;
  }
}

// Those of the route first, then the vehicle's own, each on its next link: as SUMO has them.
bool SumoRouteHandler::add_halts(TripRow& trip, std::uint32_t route) {
  std::vector<Halt> halts;
  if (const auto found = halts_of_routes_.find(route); found != halts_of_routes_.end()) {
    halts = found->second;
  }
  halts.insert(halts.end(), vehicle_.halts.begin(), vehicle_.halts.end());
  if (halts.empty()) return true;
  trip.halt_begin = static_cast<std::uint32_t>(table_.halts.size());
  if (!SumoStops::place(halts, table_.route_of(trip), table_.halts)) return false;
  trip.halt_count = static_cast<std::uint32_t>(table_.halts.size()) - trip.halt_begin;
  // A flow's vehicles depart one after the other: a moment is for its first alone.
  if (vehicle_.is_flow) {
    for (Halt& halt : std::span(table_.halts).subspan(trip.halt_begin)) {
      halt.not_before = 0;
      halt.planned_arrival = halt.planned_departure = Halt::unknown;
    }
  }
  return true;
}

std::uint32_t SumoRouteHandler::draw(const std::vector<Choice>& choices, RandomStream stream) {
  if (choices.size() == 1) return choices.front().which;
  double sum = 0;
  for (const Choice& choice : choices) sum += choice.weight;
  double left = stream.uniform() * sum;
  for (const Choice& choice : choices) {
    left -= choice.weight;
    if (left < 0) return choice.which;
  }
  return choices.back().which;
}

void SumoRouteHandler::end_vehicle() {
  Vehicle& vehicle = vehicle_;
  const bool has_ends = vehicle.from != no_row && vehicle.to != no_row;
  if (vehicle.fault.empty() && vehicle.routes.empty() && !has_ends) {
    vehicle.fault = "has neither a route nor edges to start and end at";
  }
  if (!vehicle.fault.empty()) {
    blame(vehicle.line, vehicle.element + " " + vehicle.id, vehicle.fault, true);
    return;
  }
  if (last_ && *last_ >= 0 && *last_ < static_cast<std::int64_t>(vehicle.routes.size())) {
    vehicle.routes = {vehicle.routes[static_cast<std::size_t>(*last_)]};
  }
  if (vehicle.routes.empty() && !vehicle.halts.empty()) {
    blame(vehicle.line, vehicle.element + " " + vehicle.id,
          "its stops are not made: it has no route of its own", false);
  }
  if (!vehicle.is_flow) {
    add_trip(vehicle.departures.front(), std::move(vehicle.id));
    return;
  }
  std::size_t count = 0;
  for (const Micros depart : vehicle.departures) {
    add_trip(depart, vehicle.id + "." + std::to_string(count++));
  }
}

void SumoRouteHandler::add_trip(Micros depart, std::string name) {
  TripRow trip;
  trip.depart = depart;
  trip.number = table_.trips.size();
  trip.type = draw(vehicle_.type->choices, RandomStream(options_.seed, trip.number, type_choice));
  if (vehicle_.routes.empty()) {
    trip.from_link = vehicle_.from;
    trip.to_link = vehicle_.to;
  } else {
    const std::uint32_t drawn =
        draw(vehicle_.routes, RandomStream(options_.seed, trip.number, route_choice));
    const auto& route = routes_[drawn];
    if (!contains(route.kinds, table_.types[trip.type].kind)) {
      blame(vehicle_.line, vehicle_.element + " " + name,
            "its route has a turn that is closed to it", true);
      return;
    }
    trip.from_link = pool_.first_link(route);
    trip.to_link = pool_.last_link(route);
    trip.route_begin = route.begin;
    trip.route_length = route.length;
    if (!add_halts(trip, drawn)) {
      blame(vehicle_.line, vehicle_.element + " " + name, "its stops are not on its route", true);
      return;
    }
    trip.type = ignoring_.on_route(trip.type,
                                   std::span(table_.route_links).subspan(route.begin, route.length),
                                   network_, table_.types);
  }
  table_.trips.push_back(trip);
  if (options_.names) table_.names.push_back(std::move(name));
}

}  // namespace kontwin::traffic
