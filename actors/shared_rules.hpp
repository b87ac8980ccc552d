#pragma once

#include "actors/rule.hpp"

namespace kontwin {

/// A sensor that only reports: its row is kept and it goes stale; both are its actor's doing.
class PlainSensor : public Rule {};

/// The depths at which things change for people and vehicles, metres: feet get wet; cars stall and
/// float (0.3 m: Pregnolato et al. 2017, the depth-disruption function); walking becomes dangerous.
inline constexpr double wet_m = 0.1;
inline constexpr double impassable_m = 0.3;
inline constexpr double deep_m = 0.5;

/// The watch that reports all three depths.
Watch watch_water();
/// The level of that watch at and above which a place is closed.
inline constexpr int impassable_level = 2;
inline constexpr int deep_level = 3;

/// Says that water rose or fell past a line: notice, warning from `impassable_m`, alarm from
/// `deep_m`.
void emit_water(RuleContext& context, const Crossing& crossing);
/// Says that the place opened or closed.
void emit_open(RuleContext& context, const Crossing& crossing);
/// Says that the place was cut off from the road network, or can be reached again.
void emit_cut_off(RuleContext& context, const Crossing& crossing, Severity severity);
/// Says that the thing works or does not.
void emit_working(RuleContext& context, const Crossing& crossing, Severity failure);

/// A place that stands where it stands: says how deep the water is, and decides nothing.
class FloodedPlace : public Rule {
 public:
  void on_crossing(RuleContext& context, const Crossing& crossing) override;
};

/// Why a place is shut: because somebody ordered it, or because of water, which shuts it at one
/// depth and lets go at a lower one. Keeps the two apart, so that falling water does not open what
/// was closed by order.
class WaterClosure {
 public:
  /// Somebody decided. Opening a flooded place stands until the water rises over the line again.
  void order(bool open);
  /// Water crossed a line; `closing_level` shuts, level 0 lets go. `shut_already`: the row says
  /// that the place is shut, and it is for none of the other reasons that its rule knows.
  void water(const Crossing& crossing, int closing_level, bool shut_already);

  /// The parts of `water`, for a rule that closes by more than a depth. Who shut a place that a
  /// rule finds shut: the water if it stood there, else somebody; asked once.
  void recall(bool shut_already, bool was_wet);
  void flood() { flooded_ = true; }
  void fall_dry() { flooded_ = false; }
  bool closed() const { return ordered_ || flooded_; }

 private:
  bool known_ = false;  ///< false: woken in the middle of things, with nothing but a row
  bool ordered_ = false;
  bool flooded_ = false;
};

/// A thing that stops without power and in deep water, and works again when neither holds. Its kind
/// watches water and its flag `working`.
class PoweredThing : public Rule {
 public:
  /// `working`: the column of the flag; `failure`: how grave it is when the thing stops.
  PoweredThing(std::size_t working, Severity failure) : working_(working), failure_(failure) {}

  void on_crossing(RuleContext& context, const Crossing& crossing) override;
  /// What supplies it stopped or works again.
  void on_heard(RuleContext& context, const Event& event) override;

 private:
  void work(RuleContext& context);

  std::size_t working_;
  Severity failure_;
  WaterClosure flooded_;
  bool powered_ = true;
};

}  // namespace kontwin
