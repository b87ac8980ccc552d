#include "scenarios/file/edit_places.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/file/local_place.hpp"
#include "scenarios/file/selector.hpp"

namespace kontwin {

namespace {

TomlReader selection(TomlReader& table, std::string_view field) {
  auto where = table.table(field);
  if (!where) table.fail("", "the field '" + std::string(field) + "' is missing");
  return *where;
}

}  // namespace

std::uint32_t nearest_junction(const World& world, LocalPoint place) {
  const auto& places = world.entities(Kind::junction).place;
  const auto nearest = std::ranges::min_element(
      places, {}, [place](LocalPoint junction) { return distance_m(junction, place); });
  return static_cast<std::uint32_t>(nearest - places.begin());
}

std::vector<std::uint32_t> WorldPlaces::rows(TomlReader& table, std::string_view field,
                                             Kind kind) const {
  return select_rows(selection(table, field), kind, world_);
}

std::uint32_t WorldPlaces::row(const TomlReader& table, std::string_view field, Kind kind,
                               const std::string& name) const {
  const auto ref = world_.find(name);
  if (!ref) table.fail(field, "the world has no entity '" + name + "'");
  if (ref->kind != kind) {
    table.fail(field, "'" + name + "' is not a " + std::string(names_of(kind).id));
  }
  return ref->row;
}

std::uint32_t WorldPlaces::junction(TomlReader& table, std::string_view field) const {
  if (table.is_text(field)) {
    return row(table, field, Kind::junction, table.required_text(field));
  }
  const auto place = table.place(field);
  if (!place) table.fail("", "the field '" + std::string(field) + "' is missing");
  if (world_.entities(Kind::junction).size() == 0) table.fail(field, "the world has no junction");
  return nearest_junction(world_, local_place(table, field, world_, *place));
}

std::string WorldPlaces::name(Kind kind, std::uint32_t row) const {
  return world_.urn({kind, row});
}

int WorldPlaces::lanes(std::uint32_t road) const {
  const double lanes = world_.entities(Kind::road).attribute(road_attribute::lanes, road);
  return std::isfinite(lanes) ? std::max(1, static_cast<int>(std::lround(lanes))) : 1;
}

std::uint32_t WorldPlaces::opposite(std::uint32_t road) const {
  const RoadNetwork& roads = world_.roads();
  for (std::uint32_t back = 0; back < roads.links(); ++back) {
    if (back != road && roads.from[back] == roads.to[road] && roads.to[back] == roads.from[road]) {
      return back;
    }
  }
  return no_row;
}

std::vector<std::uint32_t> NetworkPlaces::rows(TomlReader& table, std::string_view field,
                                               Kind kind) const {
  TomlReader where = selection(table, field);
  std::vector<std::uint32_t> rows;
  if (kind == Kind::road) {
    for (const std::string& id : where.texts("links"))
      rows.push_back(row(where, "links", kind, id));
    if (const auto street = where.text("street")) {
      for (std::uint32_t link = 0; link < network_.links(); ++link) {
        if (network_.link_name[link] == *street) rows.push_back(link);
      }
    }
  } else {
    for (const std::string& id : where.texts("signals")) {
      rows.push_back(row(where, "signals", kind, id));
    }
  }
  if (where.flag("all").value_or(false)) {
    const std::size_t count = kind == Kind::road ? network_.links() : network_.signals.size();
    for (std::uint32_t one = 0; one < count; ++one) rows.push_back(one);
  }
  where.finish();
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (rows.empty()) {
    where.fail("", kind == Kind::road ? "selects no link; say links = [...], street or all"
                                      : "selects no signal; say signals = [...] or all");
  }
  return rows;
}

std::uint32_t NetworkPlaces::row(const TomlReader& table, std::string_view field, Kind kind,
                                 const std::string& name) const {
  const auto found = kind == Kind::road     ? network_.find_link(name)
                     : kind == Kind::signal ? network_.find_signal(name)
                                            : network_.find_junction(name);
  if (!found) {
    const char* what = kind == Kind::road ? "link" : kind == Kind::signal ? "signal" : "junction";
    table.fail(field, "the network has no " + std::string(what) + " '" + name + "'");
  }
  return *found;
}

std::uint32_t NetworkPlaces::junction(TomlReader& table, std::string_view field) const {
  return row(table, field, Kind::junction, table.required_text(field));
}

std::string NetworkPlaces::name(Kind kind, std::uint32_t row) const {
  if (kind == Kind::road) return "link " + network_.link_id[row];
  if (kind == Kind::signal) return "signal " + network_.signals[row].id;
  return "junction " + network_.junction_id[row];
}

int NetworkPlaces::lanes(std::uint32_t road) const {
  return static_cast<int>(network_.lanes_of(road));
}

std::uint32_t NetworkPlaces::opposite(std::uint32_t road) const { return network_.opposite[road]; }

}  // namespace kontwin
