#include "scenarios/flood/structure_flow.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "scenarios/flood/inertial_kernels.hpp"

namespace kontwin::flood {

namespace {

/// From feet to metres in the dimensional equations of HDS 5.
constexpr double ku = 1.811;
constexpr double unsubmerged_to = 3.5, submerged_from = 4;
constexpr double slope_share = -0.5;
constexpr int halvings = 40;
/// Just below the top of a circle critical flow has no bound; all is reached long before.
constexpr double nearly_full = 0.999;

const std::array<std::pair<std::string_view, CulvertInlet>, 8> inlets{{
    {"headwall", {0.0098, 2.0, 0.0398, 0.67, 0.5}},
    {"groove", {0.0018, 2.0, 0.0292, 0.74, 0.2}},
    {"projecting_groove", {0.0045, 2.0, 0.0317, 0.69, 0.2}},
    {"metal_headwall", {0.0078, 2.0, 0.0379, 0.69, 0.5}},
    {"metal_projecting", {0.0340, 1.5, 0.0553, 0.54, 0.9}},
    {"wingwalls_30_75", {0.026, 1.0, 0.0347, 0.81, 0.4}},
    {"wingwalls_90", {0.061, 0.75, 0.0400, 0.80, 0.5}},
    {"wingwalls_0", {0.061, 0.75, 0.0423, 0.82, 0.7}},
}};

/// One barrel's section filled to a depth.
struct Section {
  double area_m2, wetted_m, top_m;
};

Section section_at(const Culvert& culvert, double depth_m) {
  if (!culvert.round) {
    const double h = std::clamp(depth_m, 0.0, culvert.height_m);
    const bool full = h >= culvert.height_m;
    return {culvert.width_m * h, culvert.width_m + 2 * h + (full ? culvert.width_m : 0),
            culvert.width_m};
  }
  const double diameter = culvert.width_m;
  const double h = std::clamp(depth_m, 0.0, diameter);
  const double angle = 2 * std::acos(1 - 2 * h / diameter);
  return {diameter * diameter / 8 * (angle - std::sin(angle)), diameter * angle / 2,
          diameter * std::sin(angle / 2)};
}

double height_of(const Culvert& culvert) {
  return culvert.round ? culvert.width_m : culvert.height_m;
}

/// The discharge that is critical at a depth, and its specific head.
struct Critical {
  double discharge_m3ps, head_m;
};

Critical critical_at(const Culvert& culvert, double depth_m) {
  const Section section = section_at(culvert, depth_m);
  if (section.top_m <= 0 || section.area_m2 <= 0) return {0, depth_m};
  const double mean_m = section.area_m2 / section.top_m;
  return {section.area_m2 * std::sqrt(gravity_mps2 * mean_m), depth_m + mean_m / 2};
}

/// The argument in [0, most] at which a rising function reaches `wanted`.
template <typename Rising>
double where_reaches(double wanted, double most, Rising rising) {
  double low = 0, high = most;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    (rising(middle) < wanted ? low : high) = middle;
  }
  return (low + high) / 2;
}

double inlet_control_m3ps(const Culvert& culvert, double slope, double head_m) {
  const double height = height_of(culvert);
  const double area_m2 = section_at(culvert, height).area_m2;
  const double scale = area_m2 * std::sqrt(height) / ku;  // Q of Ku Q / (A √D) = 1
  const CulvertInlet& inlet = culvert.inlet;
  const double fullest_m = height * (culvert.round ? nearly_full : 1);
  const auto unsubmerged_head_m = [&](double critical_depth_m) {
    const Critical critical = critical_at(culvert, critical_depth_m);
    return critical.head_m +
           height *
               (inlet.k * std::pow(critical.discharge_m3ps / scale, inlet.m) + slope_share * slope);
  };
  const auto discharge_m3ps = [&](double critical_depth_m) {
    return critical_at(culvert, critical_depth_m).discharge_m3ps;
  };
  // A wide box is critical at its top before the unsubmerged form ends.
  const double last_depth_m = where_reaches(unsubmerged_to * scale, fullest_m, discharge_m3ps);
  const double last_m3ps = discharge_m3ps(last_depth_m);
  const double last_head_m = unsubmerged_head_m(last_depth_m);
  if (head_m <= last_head_m) {
    return discharge_m3ps(where_reaches(head_m, last_depth_m, unsubmerged_head_m));
  }
  const double rest = inlet.y + slope_share * slope;
  const double first_head_m =
      std::max(height * (inlet.c * submerged_from * submerged_from + rest), last_head_m);
  const double first_m3ps = submerged_from * scale;
  if (head_m < first_head_m) {
    const double share = (head_m - last_head_m) / (first_head_m - last_head_m);
    return last_m3ps + share * (first_m3ps - last_m3ps);
  }
  return std::max(first_m3ps, scale * std::sqrt(std::max(head_m / height - rest, 0.0) / inlet.c));
}

double outlet_control_m3ps(const Culvert& culvert, double inlet_m, double outlet_m, double head_m,
                           double tail_m, double most_m3ps) {
  const double height = height_of(culvert);
  const double inlet_depth_m = head_m - inlet_m;
  const double tail_depth_m = tail_m - outlet_m;
  const bool full = inlet_depth_m >= height;
  // The discharge and the level it leaves at depend on each other.
  const auto passes_m3ps = [&](double discharge_m3ps) {
    const double critical_m =
        where_reaches(discharge_m3ps, height * (culvert.round ? nearly_full : 1),
                      [&](double depth_m) { return critical_at(culvert, depth_m).discharge_m3ps; });
    const double leaves_m = std::max(tail_depth_m, full ? (critical_m + height) / 2 : critical_m);
    const double depth_m = full ? height : std::min(height, (inlet_depth_m + leaves_m) / 2);
    const Section section = section_at(culvert, depth_m);
    if (section.area_m2 <= 0) return 0.0;
    const double radius_m = section.area_m2 / section.wetted_m;
    const double losses = 1 + culvert.inlet.entrance_loss +
                          2 * gravity_mps2 * culvert.manning_n * culvert.manning_n *
                              culvert.length_m / std::pow(radius_m, 4.0 / 3);
    const double fall_m = std::max(head_m - outlet_m - leaves_m, 0.0);
    return section.area_m2 * std::sqrt(2 * gravity_mps2 * fall_m / losses);
  };
  // What passes falls with the discharge that is asked for.
  return where_reaches(0, most_m3ps, [&](double asked) { return asked - passes_m3ps(asked); });
}

}  // namespace

double weir_m3ps(double width_m, double coefficient, double head_m, double head_below_m) {
  if (head_m <= 0) return 0;
  const double free = coefficient * std::pow(2.0 / 3, 1.5) * std::sqrt(gravity_mps2) * width_m *
                      std::pow(head_m, 1.5);
  if (head_below_m <= 0) return free;
  const double drowned = std::min(head_below_m / head_m, 1.0);
  return free * std::pow(1 - std::pow(drowned, 1.5), 0.385);
}

double opening_m3ps(double width_m, double height_m, double weir_coefficient,
                    double orifice_coefficient, double head_m, double head_below_m) {
  if (height_m <= 0) return 0;
  const double open = weir_m3ps(width_m, weir_coefficient, head_m, head_below_m);
  if (head_m <= height_m) return open;
  const double jet_m = std::max(head_below_m, orifice_coefficient * height_m);
  return std::min(open, orifice_coefficient * width_m * height_m *
                            std::sqrt(2 * gravity_mps2 * std::max(head_m - jet_m, 0.0)));
}

double grate_m3ps(double perimeter_m, double area_m2, double depth_m) {
  if (depth_m <= 0) return 0;
  return std::min(1.66 * perimeter_m * std::pow(depth_m, 1.5),
                  0.67 * area_m2 * std::sqrt(2 * gravity_mps2 * depth_m));
}

const CulvertInlet* culvert_inlet(std::string_view name) {
  const auto found =
      std::ranges::find(inlets, name, &std::pair<std::string_view, CulvertInlet>::first);
  return found == inlets.end() ? nullptr : &found->second;
}

std::string_view culvert_inlets() {
  return "headwall, groove, projecting_groove, metal_headwall, metal_projecting, wingwalls_30_75, "
         "wingwalls_90, wingwalls_0";
}

double culvert_m3ps(const Culvert& culvert, bool reversed, double head_m, double tail_m) {
  const double in_m = reversed ? culvert.outlet_invert_m : culvert.inlet_invert_m;
  const double out_m = reversed ? culvert.inlet_invert_m : culvert.outlet_invert_m;
  const double over_inlet_m = head_m - in_m;
  // Uphill, water must stand over the far end's invert, too.
  if (over_inlet_m <= 0 || head_m <= out_m || head_m <= tail_m) return 0;
  const double slope = (in_m - out_m) / culvert.length_m;
  const double by_inlet = inlet_control_m3ps(culvert, std::max(slope, 0.0), over_inlet_m);
  const double by_outlet = outlet_control_m3ps(culvert, in_m, out_m, head_m, tail_m, by_inlet);
  return culvert.barrels * std::min(by_inlet, by_outlet);
}

double culvert_area_m2(const Culvert& culvert, bool reversed, double head_m) {
  const double in_m = reversed ? culvert.outlet_invert_m : culvert.inlet_invert_m;
  return culvert.barrels * section_at(culvert, std::max(head_m - in_m, 0.0)).area_m2;
}

double inert_m3ps(const Opening& opening, double head_m, double before_m3ps, double seconds) {
  const double loss_free_m3ps = opening.area_m2 * std::sqrt(2 * gravity_mps2 * std::abs(head_m));
  const double steady_m3ps = std::min(opening.steady_m3ps, loss_free_m3ps);
  if (!(steady_m3ps > 0)) return 0;
  // dq/dt = g A / L (head - loss), loss = |head| (q / steady)²
  const double gain = gravity_mps2 * opening.area_m2 * seconds / opening.length_m;
  const double driven_m3ps = before_m3ps + gain * head_m;
  const double loss = gain * std::abs(head_m) / (steady_m3ps * steady_m3ps);
  const double root = std::sqrt(1 + 4 * loss * std::abs(driven_m3ps));
  return 2 * driven_m3ps / (1 + root);
}

}  // namespace kontwin::flood
