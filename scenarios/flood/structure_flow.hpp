#pragma once

#include <string_view>

namespace kontwin::flood {

/// Discharges of works by published formulas, m³/s, 0 or more: how much passes from the side where
/// the water stands higher. Heads are metres of water over the sill or invert, below 0 where it
/// stands lower. No head of approaching velocity is counted.

/// Over a broad-crested weir: critical flow over the crest, (2/3)^1.5 √g b H^1.5, times
/// `coefficient`; where the water below stands over the crest, less by Villemonte's factor
/// (1 - (h₂/h₁)^1.5)^0.385 (Villemonte 1947, Engineering News-Record 139).
double weir_m3ps(double width_m, double coefficient, double head_m, double head_below_m);

/// Through a rectangular opening of a height: as a weir while the water stands below its top, then
/// as an orifice, μ b a √(2 g (h₁ - max(h₂, μ a))), a its height, whichever lets less through.
/// Gates and bridges whose deck is in the water (μ about 0.6 for a sharp gate, 0.8 under a bridge:
/// FHWA, Hydraulics of Bridge Waterways, HDS 1, 1978).
double opening_m3ps(double width_m, double height_m, double weir_coefficient,
                    double orifice_coefficient, double head_m, double head_below_m);

/// What a grate over a drain takes: as a weir along its edge, 1.66 P d^1.5, or as an orifice
/// through its area, 0.67 A √(2 g d), whichever is less (FHWA, Urban Drainage Design Manual, HEC
/// 22, 3rd ed. 2009, section 4.4).
double grate_m3ps(double perimeter_m, double area_m2, double depth_m);

/// The constants of a culvert's inlet: those of inlet control, and the entrance loss.
struct CulvertInlet {
  double k, m, c, y, entrance_loss;
};
/// By name: `headwall`, `groove`, `projecting_groove` (circular, concrete), `metal_headwall`,
/// `metal_projecting` (circular, corrugated metal), `wingwalls_30_75`, `wingwalls_90`,
/// `wingwalls_0` (boxes). From FHWA, Hydraulic Design of Highway Culverts, HDS 5, 3rd ed. 2012,
/// tables A.1 and C.2. Null for another name.
const CulvertInlet* culvert_inlet(std::string_view name);
/// The names, for messages.
std::string_view culvert_inlets();

/// A culvert of one or more like barrels.
struct Culvert {
  double width_m = 1;   ///< the diameter where it is round
  double height_m = 1;  ///< of a box
  bool round = false;
  double length_m = 10;
  double manning_n = 0.013;
  double barrels = 1;
  double inlet_invert_m = 0, outlet_invert_m = 0;  ///< above the datum
  CulvertInlet inlet = {0.0098, 2.0, 0.0398, 0.67, 0.5};
};

/// By inlet control (HDS 5, appendix A: unsubmerged form 1 up to 1.811 Q/(A √D) = 3.5, submerged
/// from 4, a straight line between) or outlet control (entrance, friction and exit losses between
/// the head water and the higher of tail water and (critical depth + D)/2), whichever lets less
/// through. Outlet control counts the whole barrel where it runs full; where it does not, area and
/// hydraulic radius at the mean depth of the two ends, which is a simplification of ours. Levels in
/// metres above the datum, `head_m` the higher; the flow may run against the culvert's fall.
double culvert_m3ps(const Culvert& culvert, bool reversed, double head_m, double tail_m);

/// The area of all barrels that water of a level at the inlet may fill.
double culvert_area_m2(const Culvert& culvert, bool reversed, double head_m);

/// What is between two waters: what passes when they stand still, through what area and how far.
struct Opening {
  double steady_m3ps = 0;
  double area_m2 = 0;
  double length_m = 0;
};

/// What passes at the end of a step in which the water in the opening gains speed by the head over
/// it, signed, against a loss that grows with the square of the flow and eats the whole head at the
/// steady discharge: implicit in the loss, so that no step is too long for it. Where the two sides
/// are all but level, the loss is a velocity head at least.
double inert_m3ps(const Opening& opening, double head_m, double before_m3ps, double seconds);

}  // namespace kontwin::flood
