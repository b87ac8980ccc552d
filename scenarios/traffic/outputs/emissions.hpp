#pragma once

#include "scenarios/traffic/network/vehicle_kind.hpp"

namespace kontwin::traffic {

/// Fuel burnt and what left the exhaust, grams.
struct Emissions {
  double fuel_g = 0, co2_g = 0, co_g = 0, nox_g = 0, pm_g = 0;

  Emissions& operator+=(const Emissions& other) {
    fuel_g += other.fuel_g;
    co2_g += other.co2_g;
    co_g += other.co_g;
    nox_g += other.nox_g;
    pm_g += other.pm_g;
    return *this;
  }
  friend Emissions operator*(double times, Emissions one) {
    return {times * one.fuel_g, times * one.co2_g, times * one.co_g, times * one.nox_g,
            times * one.pm_g};
  }
};

/// Hot exhaust emissions a kilometre of a typical vehicle of a kind at a mean speed that includes
/// its stops, by the functions of COPERT: EMEP/EEA air pollutant emission inventory guidebook 2013
/// (update of September 2014), chapter 1.A.3.b road transport. Held to the range of speeds that the
/// functions were fitted on.
///
/// kind      | vehicle                                                  | tables
/// ----------|----------------------------------------------------------|-----------------------
/// motorbike | petrol, four strokes, up to 250 cc, Euro 3               | 3-69 to 3-71
/// car       | petrol, 1.4 to 2 l, Euro 4; particles of Euro 5          | 3-41
/// ambulance | diesel van up to 3.5 t, Euro 4                           | 3-62, 3-63
/// bus       | diesel, 15 to 18 t, Euro IV, half full, level road       | annex of June 2012
/// lorry     | diesel, rigid, 14 to 20 t, Euro IV, half full, level road | annex of June 2012
///
/// Assumed: which vehicle stands for a kind (the standards that new vehicles in Vietnam had to meet
/// from 2017 on: Decision 49/2011/QD-TTg); no cold starts, gradients, wear of tyres or age. Carbon
/// dioxide is 3.169 g a gram of petrol or diesel (guidebook 2019, tier 1). A bicycle has none.
Emissions emissions_per_km(VehicleKind kind, double speed_kmh);

}  // namespace kontwin::traffic
