#include "io/run/run_tables.hpp"

#include <cstdint>
#include <string>

namespace kontwin {

namespace {

constexpr char between_names = ',';

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!text.empty()) text += between_names;
    text += name;
  }
  return text;
}

std::vector<std::string> parted(const std::string& text) {
  std::vector<std::string> names;
  if (text.empty()) return names;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(between_names, begin);
    names.push_back(text.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return names;
}

void write_table(hdf5::File& file, const RunTable& table) {
  const std::string path = "/tables/" + table.id + "/";
  std::vector<std::uint8_t> kind;
  std::vector<std::uint32_t> row;
  std::vector<double> place_m, values;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    kind.push_back(static_cast<std::uint8_t>(table.of[i].kind));
    row.push_back(table.of[i].row);
    place_m.insert(place_m.end(), {table.at[i].x_m, table.at[i].y_m});
    for (const RunTable::Column& column : table.columns) values.push_back(column.values[i]);
  }
  std::vector<std::string> id, vi, en, unit, names;
  for (const RunTable::Column& column : table.columns) {
    id.push_back(column.id);
    vi.push_back(column.label_vi);
    en.push_back(column.label_en);
    unit.push_back(column.unit);
    names.push_back(joined(column.names));
  }
  file.write_texts(path + "title", std::vector<std::string>{table.label_vi, table.label_en});
  file.write(path + "kind", std::span<const std::uint8_t>(kind));
  file.write(path + "row", std::span<const std::uint32_t>(row));
  file.write(path + "place_m", std::span<const double>(place_m), 2);
  file.write_texts(path + "column_id", id);
  file.write_texts(path + "column_label_vi", vi);
  file.write_texts(path + "column_label_en", en);
  file.write_texts(path + "column_unit", unit);
  file.write_texts(path + "column_names", names);
  file.write(path + "values", std::span<const double>(values), table.columns.size());
}

RunTable read_table(const hdf5::File& file, const std::string& id) {
  const std::string path = "/tables/" + id + "/";
  RunTable table{.id = id, .label_vi = {}, .label_en = {}, .of = {}, .at = {}, .columns = {}};
  const auto title = file.read_texts(path + "title");
  const auto kind = file.read<std::uint8_t>(path + "kind");
  const auto row = file.read<std::uint32_t>(path + "row");
  const auto place_m = file.read<double>(path + "place_m");
  const auto column_id = file.read_texts(path + "column_id");
  const auto vi = file.read_texts(path + "column_label_vi");
  const auto en = file.read_texts(path + "column_label_en");
  const auto unit = file.read_texts(path + "column_unit");
  const auto names = file.read_texts(path + "column_names");
  const auto values = file.read<double>(path + "values");
  const std::size_t columns = column_id.size();
  if (title.size() != 2 || columns == 0 || row.size() != kind.size() ||
      place_m.size() != 2 * kind.size() || vi.size() != columns || en.size() != columns ||
      unit.size() != columns || names.size() != columns || values.size() != columns * kind.size()) {
    file.fail(path + " has columns of unequal length");
  }
  table.label_vi = title[0];
  table.label_en = title[1];
  for (std::size_t i = 0; i < columns; ++i) {
    table.columns.push_back({column_id[i], vi[i], en[i], unit[i], parted(names[i]), {}});
  }
  for (std::size_t i = 0; i < kind.size(); ++i) {
    if (kind[i] >= kind_count) file.fail(path + " names a kind that there is not");
    table.of.push_back({static_cast<Kind>(kind[i]), row[i]});
    table.at.push_back({place_m[2 * i], place_m[2 * i + 1]});
    for (std::size_t column = 0; column < columns; ++column) {
      table.columns[column].values.push_back(values[i * columns + column]);
    }
  }
  return table;
}

}  // namespace

void write_tables(hdf5::File& file, const std::vector<RunTable>& tables) {
  for (const RunTable& table : tables) {
    if (table.rows() > 0 && !table.columns.empty()) write_table(file, table);
  }
}

std::vector<RunTable> read_tables(const hdf5::File& file) {
  std::vector<RunTable> tables;
  if (!file.has("/tables")) return tables;
  for (const std::string& id : file.names("/tables")) tables.push_back(read_table(file, id));
  return tables;
}

}  // namespace kontwin
