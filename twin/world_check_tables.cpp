#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string_view>

#include "twin/world_check_parts.hpp"

namespace kontwin {

namespace {

/// What must be known for an entity to play its part.
struct Required {
  Kind kind;
  std::size_t attribute;
};
constexpr std::array<Required, 12> required{{
    {Kind::road, road_attribute::width_m},
    {Kind::road, road_attribute::road_class},
    {Kind::river_gauge, river_gauge_attribute::bd1_m},
    {Kind::river_gauge, river_gauge_attribute::bd2_m},
    {Kind::river_gauge, river_gauge_attribute::bd3_m},
    {Kind::hospital, hospital_attribute::beds},
    {Kind::shelter, shelter_attribute::places},
    {Kind::reservoir, reservoir_attribute::full_level_m},
    {Kind::reservoir, reservoir_attribute::volume_total_m3},
    {Kind::farm_plot, farm_plot_attribute::area_m2},
    {Kind::residence, residence_attribute::people},
    {Kind::residence, residence_attribute::households},
}};

void check_row_reference(const WorldParts& parts, Kind kind, std::string_view attribute,
                         Kind target, ProblemList& problems) {
  const auto index = find_attribute(kind, attribute);
  if (!index) return;
  const EntityTable& table = parts.entities[index_of(kind)];
  const auto rows = static_cast<double>(parts.entities[index_of(target)].size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    const double value = table.attribute(*index, row);
    if (std::isnan(value) || (value >= 0 && value < rows && value == std::floor(value))) continue;
    problems.error(
        "bad_reference", table.urn[row],
        "thuộc tính " + std::string(attribute) + " không trỏ tới đối tượng nào",
        "attribute " + std::string(attribute) + " names no " + std::string(names_of(target).id));
  }
}

/// Levels may lie below the sea; everything else that an entity has is an amount, a code or a flag.
void check_amounts(const WorldParts& parts, ProblemList& problems) {
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = parts.entities[index_of(kind)];
    const auto attributes = schema_of(kind).attributes;
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (attributes[i].unit == "m" || attributes[i].id.ends_with("_row")) continue;
      for (std::size_t row = 0; row < table.size(); ++row) {
        if (!(table.attribute(i, row) < 0)) continue;
        const std::string id(attributes[i].id);
        problems.error("negative_attribute", table.urn[row], "thuộc tính " + id + " là số âm",
                       "attribute " + id + " is negative");
      }
    }
  }
}

void check_alarm_order(const WorldParts& parts, ProblemList& problems) {
  const EntityTable& gauges = parts.entities[index_of(Kind::river_gauge)];
  for (std::size_t row = 0; row < gauges.size(); ++row) {
    const double bd1 = gauges.attribute(river_gauge_attribute::bd1_m, row);
    const double bd2 = gauges.attribute(river_gauge_attribute::bd2_m, row);
    const double bd3 = gauges.attribute(river_gauge_attribute::bd3_m, row);
    if (bd1 >= bd2 || bd2 >= bd3) {
      problems.warning("alarm_levels_out_of_order", gauges.urn[row],
                       "các cấp báo động không tăng dần từ BĐ1 đến BĐ3",
                       "the alarm levels do not rise from BĐ1 to BĐ3");
    }
  }
}

}  // namespace

std::string number_text(double value, int decimals) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string text = buffer.data();
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

bool check_tables(const WorldParts& parts, ProblemList& problems) {
  bool stand = true;
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = parts.entities[index_of(kind)];
    const std::size_t rows = table.size();
    bool equal = table.name.size() == rows && table.place.size() == rows &&
                 table.provenance.size() == rows && table.source.size() == rows &&
                 table.commune_code.size() == rows;
    // A kind nobody added anything to has no columns yet; sealing gives it empty ones.
    const bool empty = rows == 0 && table.attributes.empty();
    equal = equal && (empty || table.attributes.size() == schema_of(kind).attributes.size());
    for (const auto& attribute : table.attributes) equal = equal && attribute.size() == rows;
    if (equal) continue;
    stand = false;
    problems.error("unequal_columns", "kind " + std::string(names_of(kind).id),
                   "các cột của bảng không cùng độ dài hoặc thiếu thuộc tính",
                   "the columns of the table differ in length or attributes are missing");
  }
  return stand;
}

void check_ids_and_names(const WorldParts& parts, ProblemList& problems) {
  std::map<std::string_view, Kind> seen;
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = parts.entities[index_of(kind)];
    std::size_t unnamed = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto [before, is_new] = seen.emplace(table.urn[row], kind);
      if (!is_new) {
        problems.error("duplicate_id", table.urn[row],
                       "mã này được dùng hơn một lần (" +
                           std::string(names_of(before->second).vietnamese) + ")",
                       "this id is used more than once (before by a " +
                           std::string(names_of(before->second).id) + ")");
      }
      if (table.source[row] >= parts.sources.size()) {
        problems.error("unknown_source", table.urn[row], "nguồn không có trong danh sách nguồn",
                       "its source is not in the list of sources");
      }
      if (table.name[row].empty()) ++unnamed;
    }
    // Most junctions and side streets have no name anywhere.
    if (unnamed > 0 && kind != Kind::junction) {
      problems.note(
          "missing_names", "kind " + std::string(names_of(kind).id),
          std::to_string(unnamed) + " trên " + std::to_string(table.size()) +
              " đối tượng chưa có tên",
          std::to_string(unnamed) + " of " + std::to_string(table.size()) + " have no name");
    }
  }
  for (const Source& source : parts.sources) {
    if (source.id.empty() || source.title.empty()) {
      problems.note("untitled_source", "source '" + source.id + "'",
                    "nguồn chưa có mã hoặc tiêu đề", "the source has no id or no title");
    }
  }
}

void check_places(const WorldParts& parts, ProblemList& problems) {
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = parts.entities[index_of(kind)];
    for (std::size_t row = 0; row < table.size(); ++row) {
      const LocalPoint place = table.place[row];
      if (!std::isfinite(place.x_m) || !std::isfinite(place.y_m)) {
        problems.error("no_place", table.urn[row], "không có vị trí hợp lệ",
                       "its place is not a pair of numbers");
      } else if (!parts.extent.contains(place)) {
        problems.warning("outside_extent", table.urn[row], "nằm ngoài phạm vi của thế giới",
                         "lies outside the world's extent (x " + number_text(place.x_m, 0) +
                             " m, y " + number_text(place.y_m, 0) + " m)");
      }
    }
  }
}

void check_attributes(const WorldParts& parts, ProblemList& problems) {
  for (const Kind kind : all_kinds()) {
    check_row_reference(parts, kind, "junction_row", Kind::junction, problems);
    check_row_reference(parts, kind, "road_row", Kind::road, problems);
  }
  for (const Required& wanted : required) {
    const EntityTable& table = parts.entities[index_of(wanted.kind)];
    const std::string id(schema_of(wanted.kind).attributes[wanted.attribute].id);
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (std::isfinite(table.attribute(wanted.attribute, row))) continue;
      problems.warning("missing_attribute", table.urn[row], "chưa biết thuộc tính " + id,
                       "attribute " + id + " is not known");
    }
  }
  check_amounts(parts, problems);
  check_alarm_order(parts, problems);
}

}  // namespace kontwin
