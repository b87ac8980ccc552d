#include "render/label.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "twin/number_text.hpp"

namespace kontwin {

namespace {

bool starts_with_any(const std::string& name, std::initializer_list<const char*> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const char* start) { return name.starts_with(start); });
}

void add_towns(const World& world, Instant at, std::vector<Label>& labels) {
  for (const AdminUnit& unit : world.admin_units()) {
    if (unit.level != AdminLevel::commune || !unit.in_force(at)) continue;
    const bool ward = starts_with_any(unit.name, {"Phường", "Thị trấn"});
    Label label{.place = unit.center, .text = unit.name, .look = Label::Look::town};
    for (const char* start : {"Phường ", "Thị trấn ", "Xã "}) {
      if (unit.name.starts_with(start)) label.text = unit.name.substr(std::string(start).size());
    }
    label.icon = Icon::town;
    label.icon_colour = {0.15F, 0.13F, 0.13F, 1};
    label.size_px = ward ? 15 : 12;
    // The largest ward stands for its town.
    label.priority = (ward ? 93 : 30) + std::min(6.0, unit.population / 10'000);
    label.hidden_above_m_px = ward ? 500 : 300;
    label.icon_above_m_px = label.hidden_above_m_px;
    labels.push_back(std::move(label));
  }
}

void add_rivers(const World& world, std::vector<Label>& labels) {
  for (const River& river : world.rivers()) {
    if (river.line.size() < 2 || river.name.empty()) continue;
    const double whole_m = length_m(river.line);
    const float widest_m = *std::max_element(river.width_m.begin(), river.width_m.end());
    // Several places along it, so that one of them is in any picture; the layout keeps few.
    const int places = std::clamp(static_cast<int>(whole_m / 4'000), 1, 40);
    for (int i = 0; i < places; ++i) {
      Label label{.place = point_along(river.line, whole_m * (i + 0.5) / places),
                  .text = river.name,
                  .look = Label::Look::water};
      label.size_px = 12.5;
      // The middle and the lower reaches first.
      label.priority = 44 + std::min(8.0F, widest_m / 25) - std::abs(i - places * 0.62) * 0.2;
      label.hidden_above_m_px = widest_m > 60 ? 600 : 160;
      labels.push_back(std::move(label));
    }
  }
}

void add_gauges(const World& world, const StateTable* state, std::vector<Label>& labels) {
  const EntityTable& gauges = world.entities(Kind::river_gauge);
  for (std::uint32_t row = 0; row < gauges.size(); ++row) {
    const EntityRef gauge{Kind::river_gauge, row};
    Label label{.place = gauges.place[row], .text = gauges.name[row], .icon = Icon::gauge};
    label.icon_colour = colour_of_alarm(0);
    const bool fact = gauges.provenance[row] == Provenance::fact;
    if (state != nullptr) {
      const double stage_m = state->at(gauge, river_gauge_column::stage_m);
      const double level = state->at(gauge, river_gauge_column::alarm_level);
      if (std::isfinite(stage_m)) {
        label.detail = number_text(stage_m, 2, Language::both) + " m";
        if (level >= 1) {
          label.detail += " · BĐ" + std::to_string(static_cast<int>(level));
          label.icon_colour = colour_of_alarm(static_cast<int>(level));
        }
      }
    }
    label.priority = fact ? 100 : 26;
    label.size_px = fact ? 13 : 11.5;
    label.hidden_above_m_px = fact ? 1e9 : 40;
    label.icon_above_m_px = fact ? 1e9 : 90;
    labels.push_back(std::move(label));
  }
}

void add_shelters(const World& world, const StateTable* state, std::vector<Label>& labels) {
  const EntityTable& shelters = world.entities(Kind::shelter);
  for (std::uint32_t row = 0; row < shelters.size(); ++row) {
    Label label{.place = shelters.place[row], .text = shelters.name[row], .icon = Icon::shelter};
    label.icon_colour = {0.10F, 0.50F, 0.22F, 1};
    label.priority = 24;
    label.size_px = 11.5;
    label.hidden_above_m_px = 2.2;
    label.icon_above_m_px = 14;
    const double people =
        state != nullptr ? state->at({Kind::shelter, row}, shelter_column::occupants) : 0;
    if (people > 0) {
      const double places = shelters.attribute(shelter_attribute::places, row);
      label.text =
          number_text(people, 0, Language::both) + "/" + number_text(places, 0, Language::both);
      label.priority = 70;
      label.size_px = 12;
      label.hidden_above_m_px = 30;
      label.icon_above_m_px = 60;
    }
    labels.push_back(std::move(label));
  }
}

void add_hospitals(const World& world, const StateTable* state, std::vector<Label>& labels) {
  const EntityTable& hospitals = world.entities(Kind::hospital);
  for (std::uint32_t row = 0; row < hospitals.size(); ++row) {
    const bool provincial = hospitals.attribute(hospital_attribute::provincial, row) == 1;
    Label label{.place = hospitals.place[row], .text = hospitals.name[row], .icon = Icon::hospital};
    label.icon_colour = {0.84F, 0.05F, 0.12F, 1};
    label.priority = provincial ? 80 : 50;
    label.size_px = 12;
    label.hidden_above_m_px = provincial ? 60 : 45;
    label.icon_above_m_px = 400;
    if (state != nullptr && state->at({Kind::hospital, row}, hospital_column::cut_off) == 1) {
      label.detail = "bị cô lập / cut off";
      label.priority = 95;
      label.hidden_above_m_px = 1e9;
    }
    labels.push_back(std::move(label));
  }
}

/// A kind with nothing to say but its name.
void add_plain(const World& world, Kind kind, Icon icon, Colour colour, double priority,
               double hidden_above_m_px, double icon_above_m_px, std::vector<Label>& labels) {
  const EntityTable& table = world.entities(kind);
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    Label label{
        .place = table.place[row], .text = table.name[row], .icon = icon, .icon_colour = colour};
    label.priority = priority;
    label.size_px = 11.5;
    label.hidden_above_m_px = hidden_above_m_px;
    label.icon_above_m_px = icon_above_m_px;
    labels.push_back(std::move(label));
  }
}

/// Roads with a number that are closed or blocked: one label a number and 3 km.
void add_closed_roads(const World& world, const StateTable& state, std::vector<Label>& labels) {
  const auto free_speed = world.entities(Kind::road).column(road_attribute::free_speed_mps);
  std::map<std::string, std::vector<LocalPoint>> named;
  for (std::uint32_t road = 0; road < world.roads().links(); ++road) {
    const std::string& number = world.roads().number[road];
    if (number.empty()) continue;
    const RoadLook look = look_of_road(state, road, free_speed[road]);
    if (look != RoadLook::closed && look != RoadLook::debris) continue;
    const auto shape = world.roads().shape_of(road);
    const LocalPoint middle = point_along(shape, length_m(shape) / 2);
    auto& places = named[number];
    if (std::any_of(places.begin(), places.end(),
                    [&](LocalPoint other) { return distance_m(middle, other) < 3'000; })) {
      continue;
    }
    places.push_back(middle);
    Label label{
        .place = middle,
        .text = number + (look == RoadLook::debris ? " vật cản / obstructed" : " đóng / closed"),
        .icon = Icon::closed,
        .icon_colour = legend_of(look).colour,
        .look = Label::Look::road};
    label.size_px = 12.5;
    label.priority = 90;
    labels.push_back(std::move(label));
  }
}

/// Where earthquakes began, with magnitude and depth.
void add_epicentres(std::span<const Epicentre> epicentres, std::vector<Label>& labels) {
  for (const Epicentre& one : epicentres) {
    Label label{.place = one.place, .icon = Icon::epicentre};
    label.text = "M " + number_text(one.magnitude, 1, Language::both);
    label.detail = "sâu " + number_text(one.depth_km, 0, Language::both) + " km deep";
    label.icon_colour = colour_of_epicentre();
    label.size_px = 14;
    label.priority = 110;
    labels.push_back(std::move(label));
  }
}

}  // namespace

std::vector<Label> labels_of(const World& world, const SceneFrame& frame, bool emergency) {
  const StateTable* const state = frame.state;
  std::vector<Label> labels;
  add_epicentres(frame.epicentres, labels);
  add_towns(world, frame.at, labels);
  add_rivers(world, labels);
  add_gauges(world, state, labels);
  add_hospitals(world, state, labels);
  add_shelters(world, state, labels);
  if (state != nullptr) add_closed_roads(world, *state, labels);
  add_plain(world, Kind::reservoir, Icon::reservoir, {0.09F, 0.36F, 0.62F, 1}, 55, 420, 500,
            labels);
  if (!emergency) {
    add_plain(world, Kind::tourist_site, Icon::site, {0.55F, 0.20F, 0.55F, 1}, 40, 12, 30, labels);
    add_plain(world, Kind::lodging, Icon::lodging, {0.45F, 0.30F, 0.55F, 1}, 10, 2, 8, labels);
    add_plain(world, Kind::school, Icon::school, {0.80F, 0.52F, 0.05F, 1}, 12, 3, 6, labels);
  }
  std::stable_sort(labels.begin(), labels.end(),
                   [](const Label& a, const Label& b) { return a.priority > b.priority; });
  return labels;
}

}  // namespace kontwin
