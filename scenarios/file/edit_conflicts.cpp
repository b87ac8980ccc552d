#include "scenarios/file/edit_conflicts.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

constexpr double always = std::numeric_limits<double>::infinity();

/// What an edit wants of a thing: `road X, lane 2` to be `taken`.
struct Claim {
  std::string thing, wish;
};

struct Claims {
  const EditPlaces& places;
  long line;
  std::vector<Claim> made;

  void add(Kind kind, std::uint32_t row, const char* what, std::string wish) {
    made.push_back({places.name(kind, row) + ", " + what, std::move(wish)});
  }
  void add_open(std::uint32_t road, bool open) {
    add(Kind::road, road, "open or closed", open ? "open" : "closed");
  }
  void add_lanes(std::uint32_t road, int count, bool inner, const std::string& wish) {
    const int all = places.lanes(road);
    for (int i = 0; i < std::min(count, all); ++i) {
      const int lane = inner ? all - i : i + 1;
      made.push_back({places.name(Kind::road, road) + ", lane " + std::to_string(lane), wish});
    }
  }
  std::string own() const { return "as line " + std::to_string(line) + " has it"; }

  void operator()(const SetRoadOpen& it) { add_open(it.road, it.open); }
  void operator()(const SetRoadCapacity& it) {
    add(Kind::road, it.road, "capacity", std::to_string(it.factor));
  }
  void operator()(const SetSpeedLimit& it) {
    add(Kind::road, it.road, "speed limit", std::to_string(it.speed_mps));
  }
  void operator()(const SetDebris& it) {
    add(Kind::road, it.road, "debris", it.blocked ? "there" : "cleared");
  }
  void operator()(const SetRelease& it) {
    add(Kind::reservoir, it.reservoir, "release", std::to_string(it.outflow_m3ps));
  }
  void operator()(const AddBarrier&) {}
  void operator()(const SetGate& it) {
    add(Kind::reservoir, it.reservoir, "gates", std::to_string(it.opening));
  }
  void operator()(const SetStructure& it) {
    made.push_back({"structure '" + it.structure + "'", std::to_string(it.open)});
  }
  void operator()(const RaiseRoad&) {}
  void operator()(const StartBreach& it) {
    if (it.reservoir != no_row) add(Kind::reservoir, it.reservoir, "breach", own());
  }
  void operator()(const SetShelterOpen& it) {
    add(Kind::shelter, it.shelter, "open or closed", it.open ? "open" : "closed");
  }
  void operator()(const SetSignalPlan& it) {
    add(Kind::signal, it.signal, "plan",
        std::to_string(it.cycle_s) + " " + std::to_string(it.green_share) + " " +
            std::to_string(it.offset_s));
  }
  void operator()(const SetDemand& it) {
    made.push_back({"the demand", std::to_string(it.factor)});
  }
  void operator()(const OrderEvacuation&) {}
  void operator()(const SetDiverting& it) {
    add(Kind::hospital, it.hospital, "ambulances", it.diverting ? "diverted" : "taken");
  }
  void operator()(const StartMeasure& it) { std::visit(*this, it.measure); }
  void operator()(const EndMeasure&) {}
  void operator()(const Earthquake&) {}

  void operator()(const BusLane& it) {
    for (const auto road : it.roads) {
      add_lanes(road, it.lanes, it.inner, "given to kinds " + std::to_string(it.kinds));
    }
  }
  void operator()(const NarrowRoad& it) {
    for (const auto road : it.roads) add_lanes(road, it.lanes, it.inner, "taken away");
  }
  void operator()(const Incident& it) {
    for (const auto road : it.roads) add_lanes(road, it.lanes, it.inner, "taken away");
  }
  void operator()(const Contraflow& it) {
    for (const auto road : it.roads) {
      add_lanes(road, it.lanes, true, "given to the other direction");
      if (const auto back = places.opposite(road); back != no_row) add_open(back, true);
    }
  }
  void operator()(const OneWay& it) {
    for (const auto road : it.roads) {
      add_open(road, true);
      if (const auto back = places.opposite(road); back != no_row) add_open(back, false);
    }
  }
  void operator()(const SpeedControl&) {}
  void operator()(const RampMeter& it) { add(Kind::road, it.ramp, "ramp meter", own()); }
  void operator()(const Weather&) {}
  void operator()(const SignalControl& it) {
    for (const auto signal : it.signals) add(Kind::signal, signal, "plan", own());
  }
  void operator()(const AmbulancePriority&) {
    made.push_back({"the priority of ambulances", own()});
  }
  void operator()(const ParkingSearch&) { made.push_back({"parking", own()}); }
};

struct Held {
  std::string wish;
  double from, until;
  const PlacedEdit* by;
};

std::string moment_text(double at_s, bool after_start) {
  return after_start ? number_text(at_s, 0, Language::english) + " s after the start"
                     : format_instant(Instant{from_seconds(at_s)});
}

class Checker {
 public:
  Checker(const std::filesystem::path& path, const EditPlaces& places, bool after_start)
      : path_(path), places_(places), after_start_(after_start) {}

  void take(double at, const PlacedEdit& placed) {
    const auto* begins = std::get_if<StartMeasure>(&placed.edit);
    const auto* ends = std::get_if<EndMeasure>(&placed.edit);
    if (ends != nullptr) return end(at, placed, *ends);
    double until = always;
    if (begins != nullptr) {
      if (begins->lasts.count() > 0) until = at + to_seconds(begins->lasts);
      begin(at, until, placed, begins->id);
    }
    Claims claims{places_, placed.line, {}};
    std::visit(claims, placed.edit);
    for (Claim& claim : claims.made) {
      std::vector<Held>& held = held_[claim.thing];
      std::erase_if(held, [at](const Held& one) { return one.until <= at; });
      for (const Held& one : held) {
        if (one.wish == claim.wish) continue;
        // A plain edit changes its mind later on; a measure needs what it takes.
        if (one.from == at || begins != nullptr) refuse(at, placed, *one.by, claim, one);
      }
      if (begins == nullptr) {
        std::erase_if(held, [](const Held& one) {
          return !std::holds_alternative<StartMeasure>(one.by->edit);
        });
      }
      held.push_back({std::move(claim.wish), at, until, &placed});
    }
  }

 private:
  void begin(double at, double until, const PlacedEdit& placed, const std::string& id) {
    const auto found = in_force_.find(id);
    if (found != in_force_.end() && found->second.until > at) {
      throw FileError(path_.string(), placed.line,
                      "a measure named '" + id + "' is in force then, since line " +
                          std::to_string(found->second.by->line));
    }
    in_force_[id] = {"", at, until, &placed};
  }
  void end(double at, const PlacedEdit& placed, const EndMeasure& edit) {
    const auto found = in_force_.find(edit.id);
    if (found == in_force_.end() || found->second.until <= at) {
      throw FileError(path_.string(), placed.line,
                      "no measure named '" + edit.id + "' is in force then: nothing to end");
    }
    for (auto& [thing, held] : held_) {
      for (Held& one : held) {
        if (one.by == found->second.by) one.until = at;
      }
    }
    in_force_.erase(found);
  }
  [[noreturn]] void refuse(double at, const PlacedEdit& placed, const PlacedEdit& other,
                           const Claim& claim, const Held& held) const {
    throw FileError(path_.string(), placed.line,
                    "contradicts " + name(other) + " of line " + std::to_string(other.line) +
                        ": at " + moment_text(at, after_start_) + " " + claim.thing + " would be " +
                        claim.wish + " by " + name(placed) + " and is " + held.wish);
  }
  static std::string name(const PlacedEdit& placed) {
    const auto* begins = std::get_if<StartMeasure>(&placed.edit);
    return std::string(begins != nullptr ? name_of(begins->measure) : name_of(placed.edit));
  }

  const std::filesystem::path& path_;
  const EditPlaces& places_;
  bool after_start_;
  std::map<std::string, std::vector<Held>> held_;
  std::map<std::string, Held> in_force_;
};

}  // namespace

void check_conflicts(const std::filesystem::path& path, std::span<const PlacedEdit> edits,
                     const EditPlaces& places, const std::optional<Instant>& start) {
  // Lengths after the start, and moments where the start is not known.
  std::vector<std::pair<double, const PlacedEdit*>> after, moments;
  for (const PlacedEdit& edit : edits) {
    if (const auto* length = std::get_if<Duration>(&edit.at)) {
      after.emplace_back(to_seconds(*length), &edit);
      continue;
    }
    const Instant at = std::get<Instant>(edit.at);
    if (start) {
      // What lies before the start is made at it.
      after.emplace_back(std::max(0.0, to_seconds(at - *start)), &edit);
    } else {
      moments.emplace_back(to_cell(at), &edit);
    }
  }
  for (auto* list : {&after, &moments}) {
    std::ranges::stable_sort(*list, {}, &std::pair<double, const PlacedEdit*>::first);
    Checker checker(path, places, list == &after);
    for (const auto& [at, edit] : *list) checker.take(at, *edit);
  }
}

}  // namespace kontwin
