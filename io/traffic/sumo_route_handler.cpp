#include "io/traffic/sumo_route_handler.hpp"

#include <algorithm>

#include "io/traffic/sumo_types.hpp"
#include "scenarios/traffic/demand/merge_trips.hpp"

namespace kontwin::traffic {

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
    // SUMO takes any root; these are the ones its tools write.
    const auto roots = {"routes", "additional", "additionals", "add", "trips"};
    if (std::ranges::none_of(roots, [&element](const char* root) { return element.is(root); })) {
      element.fail("holds no trips of SUMO: its root is neither <routes> nor <additional>");
    }
  } else if (in_vehicle_) {
    start_inside_vehicle(element);
  } else if (in_type_) {
    read_type_param(element);
  } else if (in_route_) {
    if (element.is("stop") && !routes_.empty()) {
      read_stop(element, halts_of_routes_[static_cast<std::uint32_t>(routes_.size() - 1)],
                route_fault_);
    }
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
  } else if (!element.is("param") && !stops_.define(element)) {
    pass_over(element);
  }
}

void SumoRouteHandler::end(std::string_view name) {
  --depth_;
  if (name == "vType") in_type_ = false;
  if (name == "route") in_route_ = false;
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
    in_route_ = true;
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

TripTable SumoRouteHandler::take_table() {
  // Numbers count up in the order of the files, so that trips of one moment stay in that order.
  sort_trips(table_);
  return std::move(table_);
}

}  // namespace kontwin::traffic
