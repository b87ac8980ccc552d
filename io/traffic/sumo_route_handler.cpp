#include "io/traffic/sumo_route_handler.hpp"

#include <algorithm>
#include <numeric>

#include "io/traffic/sumo_flow.hpp"
#include "io/traffic/sumo_types.hpp"

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

void SumoRouteHandler::begin_file(std::string path) {
  file_ = std::move(path);
  depth_ = 0;
}

void SumoRouteHandler::end_file() {
  for (const auto& [name, passed] : passed_over_) {
    blame(passed.line, "<" + name + ">", "not taken: " + std::to_string(passed.times) + " in all",
          false);
  }
  passed_over_.clear();
}

void SumoRouteHandler::blame(long line, std::string place, std::string reason, bool left_out) {
  problems_.push_back({file_, line, std::move(place), std::move(reason), left_out});
}

void SumoRouteHandler::pass_over(const XmlElement& element) {
  const auto found = passed_over_.find(element.name());
  if (found != passed_over_.end()) {
    ++found->second.times;
  } else {
    passed_over_.emplace(element.name(), PassedOver{element.line(), 1});
  }
}

void SumoRouteHandler::start(const XmlElement& element) {
  ++depth_;
  if (depth_ == 1) {
    if (!element.is("routes") && !element.is("additional")) {
      element.fail("holds no trips of SUMO: its root is neither <routes> nor <additional>");
    }
  } else if (in_vehicle_) {
    start_inside_vehicle(element);
  } else if (in_type_) {
    read_type_param(element);
  } else if (depth_ > 3 || (depth_ == 3 && distribution_ == nullptr)) {
    return;  // inside something that is passed over
  } else if (element.is("vehicle") || element.is("trip") || element.is("flow")) {
    start_vehicle(element);
  } else if (element.is("vType")) {
    read_type(element);
  } else if (element.is("route")) {
    read_route(element);
  } else if (element.is("vTypeDistribution")) {
    start_distribution(element, types_by_name_, "vTypes");
  } else if (element.is("routeDistribution")) {
    start_distribution(element, routes_by_name_, "routes");
  } else if (!element.is("param")) {
    pass_over(element);
  }
}

void SumoRouteHandler::end(std::string_view name) {
  --depth_;
  if (name == "vType") in_type_ = false;
  if (name == "vTypeDistribution" || name == "routeDistribution") distribution_ = nullptr;
  if (depth_ == 1 && in_vehicle_) {
    end_vehicle();
    in_vehicle_ = false;
  }
}

void SumoRouteHandler::read_type(const XmlElement& element) {
  const std::string id(element.required_text("id"));
  Named named;
  if (auto type = read_sumo_type(element)) {
    const auto row = static_cast<std::uint32_t>(table_.types.size());
    table_.types.push_back(std::move(*type));
    if (element.text("vClass") == "ignoring") ignoring_.add(row);
    in_type_ = true;
    const double weight = element.number("probability").value_or(1);
    named.choices.push_back({row, weight});
    if (distribution_ != nullptr) distribution_->choices.push_back({row, weight});
  } else {
    named.fault = "its type '" + id + "' is of class '" + std::string(element.text("vClass")) +
                  "', which does not drive on roads";
  }
  if (!types_by_name_.emplace(id, std::move(named)).second) {
    element.fail("vType '" + id + "' is there twice");
  }
}

// What write_sumo_routes writes where SUMO has no word for it.
void SumoRouteHandler::read_type_param(const XmlElement& element) {
  if (!element.is("param")) return;
  VehicleType& type = table_.types.back();
  const std::string_view key = element.text("key");
  if (key == "room_pcu") type.room_pcu = element.required_number("value");
  if (key == "flow_pcu") type.flow_pcu = element.required_number("value");
  if (key == "narrow") type.narrow = element.required_number("value") != 0;
}

std::optional<SumoRouteHandler::Choice> SumoRouteHandler::route_of(const XmlElement& element,
                                                                   std::string& fault) {
  const auto route = pool_.add(element.required_text("edges"), fault);
  if (!route) return std::nullopt;
  routes_.push_back(*route);
  return Choice{static_cast<std::uint32_t>(routes_.size() - 1),
                element.number("probability").value_or(1)};
}

void SumoRouteHandler::read_route(const XmlElement& element) {
  Named named;
  if (const auto choice = route_of(element, named.fault)) {
    named.choices.push_back(*choice);
    if (distribution_ != nullptr) distribution_->choices.push_back(*choice);
  }
  if (element.has("repeat")) {
    blame(element.line(), "route " + std::string(element.text("id")), "driven once, not repeated",
          false);
  }
  if (!element.has("id") && distribution_ != nullptr) return;
  const std::string id(element.required_text("id"));
  if (!routes_by_name_.emplace(id, std::move(named)).second) {
    element.fail("route '" + id + "' is there twice");
  }
}

void SumoRouteHandler::start_distribution(const XmlElement& element, Names& names,
                                          std::string_view list) {
  const std::string id(element.required_text("id"));
  Named named;
  std::string_view members = element.text(list);
  std::string_view weights = element.text("probabilities");
  for (auto member = take_word(members); !member.empty(); member = take_word(members)) {
    const auto found = names.find(member);
    const auto weight = take_word(weights);
    if (found == names.end() || found->second.choices.empty()) {
      blame(element.line(), std::string(element.name()) + " " + id,
            "'" + std::string(member) + "' cannot be used", false);
    } else {
      named.choices.push_back({found->second.choices.front().which,
                               weight.empty() ? 1 : to_number(weight).value_or(1)});
    }
  }
  const auto [place, is_new] = names.emplace(id, std::move(named));
  if (!is_new) element.fail(std::string(element.name()) + " '" + id + "' is there twice");
  distribution_ = &place->second;
}

const SumoRouteHandler::Named* SumoRouteHandler::type_named(std::string_view id) {
  if (id.empty()) id = "DEFAULT_VEHTYPE";
  const auto found = types_by_name_.find(id);
  if (found != types_by_name_.end()) return &found->second;
  auto type = built_in_sumo_type(id);
  if (!type) return nullptr;
  Named named;
  named.choices.push_back({static_cast<std::uint32_t>(table_.types.size()), 1});
  table_.types.push_back(std::move(*type));
  return &types_by_name_.emplace(id, std::move(named)).first->second;
}

void SumoRouteHandler::start_vehicle(const XmlElement& element) {
  in_vehicle_ = true;
  last_.reset();
  vehicle_.element = element.name();
  vehicle_.id = element.required_text("id");
  vehicle_.fault.clear();
  vehicle_.line = element.line();
  vehicle_.has_route = false;
  vehicle_.routes.clear();
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
    pass_over(element);
  }
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
    const auto& route =
        routes_[draw(vehicle_.routes, RandomStream(options_.seed, trip.number, route_choice))];
    trip.from_link = pool_.first_link(route);
    trip.to_link = pool_.last_link(route);
    trip.route_begin = route.begin;
    trip.route_length = route.length;
    trip.type = ignoring_.on_route(trip.type,
                                   std::span(table_.route_links).subspan(route.begin, route.length),
                                   network_, table_.types);
  }
  table_.trips.push_back(trip);
  if (options_.names) table_.names.push_back(std::move(name));
}

TripTable SumoRouteHandler::take_table() {
  // Numbers count up in the order of the files, so that trips of one moment stay in that order.
  const auto earlier = [](const TripRow& a, const TripRow& b) {
    return std::pair(a.depart, a.number) < std::pair(b.depart, b.number);
  };
  if (!std::ranges::is_sorted(table_.trips, earlier)) {
    std::ranges::sort(table_.trips, earlier);
    if (options_.names) {
      std::vector<std::string> names;
      names.reserve(table_.trips.size());
      for (const TripRow& trip : table_.trips)
        names.push_back(std::move(table_.names[trip.number]));
      table_.names = std::move(names);
    }
  }
  return std::move(table_);
}

}  // namespace kontwin::traffic
