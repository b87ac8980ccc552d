// Emission functions at the points that their tables state.
#include <gtest/gtest.h>

#include "scenarios/traffic/outputs/emissions.hpp"
#include "tests/validation/validation.hpp"

namespace kontwin::validation {
namespace {

using traffic::Emissions;
using traffic::VehicleKind;

const char* const annex =
    "EMEP/EEA air pollutant emission inventory guidebook 2013, 1.A.3.b, annex of June 2012 (heavy "
    "duty vehicles), column of check values";

TEST(EmissionsValidation, HeavyVehiclesEmitWhatTheAnnexStatesAtItsHighestSpeed) {
  const Emissions bus = traffic::emissions_per_km(VehicleKind::bus, 86);
  const Emissions lorry = traffic::emissions_per_km(VehicleKind::lorry, 86);
  const auto check = [](const char* name, double measured, double stated) {
    expect_within({"traffic", name, "g/km", annex}, measured, stated, 1e-3);
  };
  check("Urban bus 15-18 t, Euro IV, half full, 86 km/h: fuel", bus.fuel_g, 190.99033);
  check("Urban bus 15-18 t, Euro IV, half full, 86 km/h: NOx", bus.nox_g, 3.17245);
  check("Urban bus 15-18 t, Euro IV, half full, 86 km/h: CO", bus.co_g, 0.48300);
  check("Urban bus 15-18 t, Euro IV, half full, 86 km/h: PM", bus.pm_g, 0.02690);
  check("Lorry 14-20 t, Euro IV, half full, 86 km/h: fuel", lorry.fuel_g, 161.86146);
  check("Lorry 14-20 t, Euro IV, half full, 86 km/h: NOx", lorry.nox_g, 3.12439);
  check("Lorry 14-20 t, Euro IV, half full, 86 km/h: CO", lorry.co_g, 0.50662);
  check("Lorry 14-20 t, Euro IV, half full, 86 km/h: PM", lorry.pm_g, 0.02329);
}

}  // namespace
}  // namespace kontwin::validation
