#pragma once

#include <string>
#include <vector>

#include "io/crowd/drawn_place.hpp"
#include "scenarios/evacuation/crowd/crowd_scenario.hpp"
#include "scenarios/toml/toml_reader.hpp"

namespace kontwin::crowd {

/// Parts of the reader of crowd scenarios. Each throws FileError with file, line and field.

/// Seconds: a number, or a length of time such as "5min".
std::optional<double> seconds(TomlReader& table, std::string_view field);
/// A number, or a table: `{mean, deviation, min, max}` is normal, `{median, spread}` lognormal with
/// a geometric standard deviation of `spread`, `{min, max}` uniform.
std::optional<Spread> spread(TomlReader& table, std::string_view field, double least, double most);
/// `polygon` with `holes`, or `rectangle = [x0, y0, x1, y1]`.
Polygon polygon(TomlReader& table);

/// The place as tables draw it: [geometry], [[surface]], [[opening]], [[exit]], [[area]],
/// [[blockage]], [[obstacle]], [[wall]]. Cell width goes to `cell_m`.
DrawnPlace read_drawn_place(TomlReader& root, double& cell_m);

/// Everything of [[people]], [[route]], [model], [[smoke]], [[announcement]], [[water]], [[line]],
/// [[measure]], for a building that is known.
void read_people(TomlReader& root, CrowdScenario& scenario);
void read_model(TomlReader& root, CrowdScenario& scenario);
void read_happenings(TomlReader& root, CrowdScenario& scenario);
void read_measures(TomlReader& root, CrowdScenario& scenario);

/// The index of the thing of this id, or FileError naming the nearest there is.
template <class Things>
std::uint32_t index_of(const TomlReader& table, std::string_view field, const Things& things,
                       const std::string& id, const char* kind) {
  std::string known;
  for (std::uint32_t i = 0; i < things.size(); ++i) {
    if (things[i].id == id) return i;
    known += (known.empty() ? "'" : ", '") + things[i].id + "'";
  }
  table.fail(field, "there is no " + std::string(kind) + " '" + id + "'" +
                        (known.empty() ? std::string() : "; there are " + known));
}

/// The surface of an optional field `surface`, or the one under a point.
std::uint32_t surface_of(TomlReader& table, const Building& building, LocalPoint point);

}  // namespace kontwin::crowd
