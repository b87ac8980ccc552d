#include "scenarios/traffic/outputs/emissions.hpp"

#include <algorithm>
#include <cmath>

namespace kontwin::traffic {

namespace {

constexpr double co2_per_fuel = 3.169;

/// (a + c v + e v^2 + f / v) / (1 + b v + d v^2), as the guidebook names its coefficients.
double quotient(double v, double a, double b, double c, double d, double e, double f = 0) {
  return (a + c * v + e * v * v) / (1 + b * v + d * v * v) + f / v;
}

/// a v^5 + b v^4 + c v^3 + d v^2 + e v + f.
double quintic(double v, double a, double b, double c, double d, double e, double f) {
  return ((((a * v + b) * v + c) * v + d) * v + e) * v + f;
}

/// a + b / (1 + exp(-c + d ln v + e v)).
double logistic(double v, double a, double b, double c, double d, double e) {
  return a + b / (1 + std::exp(-c + d * std::log(v) + e * v));
}

/// 1 / (c v^2 + b v + a).
double inverse_quadratic(double v, double a, double b, double c) {
  return 1 / (c * v * v + b * v + a);
}

Emissions motorbike(double v) {
  Emissions km;
  km.fuel_g = quintic(v, -3.42e-8, 1.11e-5, -1.43e-3, 9.27e-2, -3.05, 59.3);
  km.co_g = quintic(v, -4.02e-9, 1.28e-6, -1.67e-4, 1.17e-2, -0.401, 7.18);
  km.nox_g = quintic(v, -1.95e-10, 6.01e-8, -6.86e-6, 4.08e-4, -1.09e-2, 0.319);
  km.pm_g = 5e-3;
  return km;
}

Emissions car(double v) {
  Emissions km;
  km.fuel_g = quotient(v, 174, 6.85e-2, 0.364, -2.47e-4, 8.74e-3);
  km.co_g = quotient(v, 0.136, -1.41e-2, -8.91e-4, 4.99e-5, 0);
  km.nox_g = quotient(v, 0.106, 0, -1.58e-3, 0, 7.1e-6);
  km.pm_g = quintic(v, 1.44e-13, 1.16e-10, -3.37e-8, 3.11e-6, -1.25e-4, 3.3e-3);
  return km;
}

/// Euro 1, less what Euro 4 takes off.
Emissions van(double v) {
  const auto quadratic = [v](double a, double b, double c) { return a * v * v + b * v + c; };
  Emissions km;
  km.fuel_g = quadratic(0.0198, -2.506, 137.42);
  km.co_g = (1 - 0.35) * quadratic(22.3e-5, -0.026, 1.076);
  km.nox_g = (1 - 0.32) * quadratic(24.1e-5, -0.03181, 2.0247);
  km.pm_g = (1 - 0.65) * quadratic(4.5e-5, -0.004885, 0.1932);
  return km;
}

Emissions bus(double v) {
  Emissions km;
  km.fuel_g = ((-0.0012580991 * v + 0.2305024062) * v - 14.580441972) * v + 540.3340511012;
  km.co_g = logistic(v, 0.1382397085, 14.7018172996, 0.5076230018, 0.9485204483, 0.0001362736);
  km.nox_g = std::exp(3.3387061508 + 1.0234647921 / v - 0.4930243005 * std::log(v));
  km.pm_g = inverse_quadratic(v, 6.6497815788, 0.6410105795, -0.0033270798);
  return km;
}

Emissions lorry(double v) {
  Emissions km;
  km.fuel_g = 2067.082093838 * std::pow(1.0088685811, v) * std::pow(v, -0.7423059124);
  km.co_g = 35.8980961527 * std::pow(v, -1.3107655779) + 1.0604814963 * std::pow(v, -0.2177425979);
  km.nox_g = logistic(v, 2.5672718054, 36.8396999671, 0.9430615391, 1.1540978582, -0.0002484625);
  km.pm_g = inverse_quadratic(v, 6.111983835, 0.941913913, -0.0059729985);
  return km;
}

Emissions hot(VehicleKind kind, double v) {
  switch (kind) {
    case VehicleKind::motorbike:
      return motorbike(std::clamp(v, 10.0, 100.0));
    case VehicleKind::car:
      return car(std::clamp(v, 10.0, 130.0));
    case VehicleKind::ambulance:
      return van(std::clamp(v, 10.0, 110.0));
    case VehicleKind::bus:
      return bus(std::clamp(v, 11.0, 86.0));
    case VehicleKind::lorry:
      return lorry(std::clamp(v, 12.0, 86.0));
    case VehicleKind::bicycle:
      break;
  }
  return {};
}

}  // namespace

Emissions emissions_per_km(VehicleKind kind, double speed_kmh) {
  Emissions km = hot(kind, speed_kmh);
  km.co2_g = co2_per_fuel * km.fuel_g;
  return km;
}

}  // namespace kontwin::traffic
