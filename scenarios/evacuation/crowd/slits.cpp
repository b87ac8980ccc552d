#include "scenarios/evacuation/crowd/slits.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/evacuation/crowd/ground_grid.hpp"

namespace kontwin::crowd {

namespace {

std::string hundredths(double value) {
  const std::string text = std::to_string(std::round(value * 100) / 100);
  return text.substr(0, text.find('.') + 3);
}

/// Whether a way leads on from one side of a slit only.
bool parts(const Segment& slit, const WayField::Sheet& sheet, std::span<const WayField* const> ways,
           std::uint32_t surface) {
  const LocalPoint middle = slit.at(0.5);
  const double length_m = slit.length_m();
  const double north = (slit.b.x_m - slit.a.x_m) / length_m;
  const double east = (slit.a.y_m - slit.b.y_m) / length_m;
  const auto leads_on = [&](double off_m) {
    const auto x = static_cast<float>(middle.x_m + off_m * east);
    const auto y = static_cast<float>(middle.y_m + off_m * north);
    return std::ranges::any_of(
        ways, [&](const WayField* way) { return std::isfinite(way->distance(surface, x, y)); });
  };
  const double off_m = 1 / static_cast<double>(sheet.per_m);
  return leads_on(off_m) != leads_on(-off_m);
}

std::string sentence(const std::string& what, double width_m) {
  return " (" + what + " is " + hundredths(width_m) +
         " m wide: no way for people on foot, who need " + hundredths(narrowest_way_m) + " m)";
}

}  // namespace

std::string slit_in_the_way(const Ground& ground, std::uint32_t surface,
                            std::span<const WayField* const> ways) {
  const Building& building = ground.building();
  const auto too_narrow = [&](const auto& gap, bool open) {
    return open && distance_m(gap.a, gap.b) < narrowest_way_m - 1e-3;
  };
  for (std::uint32_t i = 0; i < building.exits.size(); ++i) {
    const Exit& exit = building.exits[i];
    if (exit.surface == surface && too_narrow(exit, ground.is_exit_open(i))) {
      return sentence("exit '" + exit.id + "'", distance_m(exit.a, exit.b));
    }
  }
  for (std::uint32_t i = 0; i < building.openings.size(); ++i) {
    const Opening& opening = building.openings[i];
    if ((opening.surface == surface || opening.beyond == surface) &&
        too_narrow(opening, ground.is_opening_open(i))) {
      return sentence("opening '" + opening.id + "'", distance_m(opening.a, opening.b));
    }
  }
  const GroundGrid& grid = ground.grid();
  // The widest: who drew it may have meant it as a way.
  const auto look_on = [&](std::uint32_t s) -> std::string {
    const Segment* widest = nullptr;
    for (const Segment& slit : grid.slits[s]) {
      if (widest && slit.length_m() <= widest->length_m()) continue;
      if (parts(slit, grid.sheets[s], ways, s)) widest = &slit;
    }
    if (!widest) return {};
    // Lines from corner to corner lie across the same passage, and are longer.
    const LocalPoint there = widest->at(0.5);
    for (const Segment& slit : grid.slits[s]) {
      if (kontwin::distance_m(slit.at(0.5), there) > narrowest_way_m / 2) continue;
      if (slit.length_m() < widest->length_m()) widest = &slit;
    }
    const LocalPoint at = widest->at(0.5);
    return sentence("a passage at (" + hundredths(at.x_m + ground.origin().x_m) + ", " +
                        hundredths(at.y_m + ground.origin().y_m) + ")",
                    widest->length_m());
  };
  if (std::string found = look_on(surface); !found.empty()) return found;
  for (std::uint32_t s = 0; s < grid.slits.size(); ++s) {
    if (std::string found = look_on(s); !found.empty()) return found;
  }
  return {};
}

}  // namespace kontwin::crowd
