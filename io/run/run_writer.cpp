#include "io/run/run_writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "io/hdf5/file.hpp"
#include "io/run/branch_json.hpp"
#include "io/run/frame_arrays.hpp"
#include "io/run/run_format.hpp"
#include "io/run/run_summary.hpp"
#include "twin/error.hpp"
#include "twin/number_text.hpp"

namespace kontwin {

namespace {

using hdf5::File;
using run_format::FrameGrids;
using run_format::FrameRows;
using run_format::GrowingList;

/// How much of a world is synthetic, in a sentence; empty where nothing is.
std::string synthetic_note(const World& world, Language language) {
  const auto [fact, derived, synthetic] = world.count_by_provenance();
  if (synthetic == 0) return "";
  const auto number = [language](std::size_t count) {
    return number_text(static_cast<double>(count), 0, language);
  };
  const std::string all = number(fact + derived + synthetic);
  if (language == Language::english) {
    return number(synthetic) + " of " + all +
           " entities are synthetic: they stand for data that no public source gives.";
  }
  return number(synthetic) + " trong " + all +
         " đối tượng là dữ liệu mô phỏng, thay cho số liệu chưa có nguồn công khai.";
}

/// The name of the commune each entity of a kind lies in; empty where it is not known.
std::vector<std::string> commune_names(const World& world, const EntityTable& table) {
  std::vector<std::string> names;
  names.reserve(table.size());
  std::string last_code;
  const AdminUnit* unit = nullptr;
  for (const std::string& code : table.commune_code) {
    if (code != last_code) {
      last_code = code;
      unit = code.empty() ? nullptr : world.find_admin_unit(code);
    }
    names.push_back(unit != nullptr ? unit->name : "");
  }
  return names;
}

void write_header(File& file, const Branch& branch) {
  const World& world = *branch.world;
  file.set("/", "format", run_format::format_name);
  file.set("/", "format_version", run_format::format_version);
  file.set("/", "program", "kontwin " KONTWIN_VERSION);
  file.set("/", "complete", std::int64_t{0});
  file.set("/", "world_name", world.name());
  file.set("/", "world_hash", world.content_hash());
  file.set("/", "branch", branch.name);
  file.set("/", "title_vi", branch.title_vi);
  file.set("/", "title_en", branch.title_en);
  file.set("/", "seed", static_cast<std::int64_t>(branch.seed));
  file.set("/", "start", format_instant(branch.start));
  file.set("/", "start_ms", branch.start.time_since_epoch().count());
  file.set("/", "lead_in_ms", branch.lead_in.count());
  file.set("/", "length_ms", branch.length.count());
  file.set("/", "window_ms", branch.window.count());
  file.set("/", "frame_every_ms", branch.frame_every.count());
  file.set("/", "origin_longitude_deg", world.frame().origin().longitude_deg);
  file.set("/", "origin_latitude_deg", world.frame().origin().latitude_deg);
  file.set("/", "note_vi", synthetic_note(world, Language::vietnamese));
  file.set("/", "note_en", synthetic_note(world, Language::english));
  file.write_text("/edits", edits_to_json(world, branch.edits));
  file.write_text("/forcing", forcing_to_json(world, branch.forcing));
  for (const Kind kind : all_kinds()) {
    const EntityTable& table = world.entities(kind);
    if (table.size() == 0) continue;
    const std::string group = run_format::entities_path(kind);
    file.write_texts(group + "/urn", table.urn);
    file.write_texts(group + "/name", table.name);
    file.write_texts(group + "/commune", commune_names(world, table));
    const auto* places = reinterpret_cast<const double*>(table.place.data());
    file.write(group + "/place_m", std::span(places, 2 * table.size()), 2);
    const auto* provenance = reinterpret_cast<const std::uint8_t*>(table.provenance.data());
    file.write(group + "/provenance", std::span(provenance, table.size()));
    file.set(group + "/provenance", "values", "0 fact, 1 derived, 2 synthetic");
  }
}

void write_own_ground(File& file, const OwnGround& own, const Terrain& terrain) {
  if (!own.plane.empty()) file.write_text("/plane", own.plane);
  if (own.turn.any()) {
    const std::array<double, 3> turn{own.turn.degrees, own.turn.about.x_m, own.turn.about.y_m};
    file.write<double>("/plane_turn", turn);
  }
  for (std::size_t grid = 0; grid < terrain.grids.size(); ++grid) {
    Raster<float> height_m = terrain.grids[grid].elevation_m;
    for (std::size_t cell = 0; grid < own.outside.size() && cell < height_m.values.size(); ++cell) {
      if (own.outside[grid].at(cell) != 0) height_m.values[cell] = std::nanf("");
    }
    const std::string path = run_format::ground_path(terrain.grids[grid].name);
    file.write(path, std::span<const float>(height_m.values), height_m.shape.columns);
    run_format::set_shape(file, path, "elevation_m", height_m.shape);
    file.set(path, "order", static_cast<std::int64_t>(grid));
  }
}

bool all_unknown(std::span<const double> values) {
  return std::ranges::all_of(values, [](double value) { return std::isnan(value); });
}

}  // namespace

struct RunWriter::Impl {
  explicit Impl(const std::filesystem::path& path)
      : file(File::create(path)),
        times(file, "/times", hdf5::own_number_type<std::int64_t>(),
              hdf5::own_number_type<std::int64_t>(), 512),
        mover_ends(file, "/movers/end", hdf5::own_number_type<std::uint64_t>(),
                   hdf5::own_number_type<std::uint64_t>(), 512),
        movers(file, "/movers/list", run_format::mover_type_in_file(),
               run_format::mover_type_in_memory(), 16384),
        events(file, "/events", run_format::event_type_in_file(),
               run_format::event_type_in_memory(), 1024) {
    file.set("/times", "units", "ms since 1970-01-01T00:00:00Z");
    file.set("/movers/end", "meaning", "the movers of frame f are list[end[f-1]:end[f]]");
  }

  void write_state(const StateTable& state) {
    for (const Kind kind : all_kinds()) {
      if (state.rows(kind) == 0) continue;
      const auto specs = schema_of(kind).columns;
      auto& datasets = columns[index_of(kind)];
      datasets.resize(specs.size());
      for (std::size_t i = 0; i < specs.size(); ++i) {
        const auto values = state.column(kind, i);
        if (!datasets[i] && all_unknown(values)) continue;
        if (!datasets[i]) {
          const std::string name = run_format::state_path(kind, i);
          datasets[i] = std::make_unique<FrameRows>(file, name, values.size());
          file.set(name, "units", specs[i].unit);
        }
        datasets[i]->write(frames, values);
      }
    }
  }

  void write_field(const FieldView& view) {
    const std::string name = "/fields/" + view.grid + "/" + view.name;
    auto found = fields.find(name);
    if (found == fields.end()) found = fields.try_emplace(name, file, name, view).first;
    found->second.write(frames, view);
  }

  void write_balance(const Balance& balance) {
    const std::string name = "/balances/" + std::string(balance.quantity);
    auto found = balances.find(name);
    if (found == balances.end()) {
      found = balances.try_emplace(name, file, name, run_format::balance_columns).first;
      file.set(name, "units", balance.unit);
      file.set(name, "columns", run_format::balance_names);
    }
    const std::array values{balance.initial, balance.entered, balance.left,
                            balance.lost,    balance.inside,  balance.tolerance};
    found->second.write(frames, values);
  }

  File file;
  GrowingList times;
  GrowingList mover_ends;
  GrowingList movers;
  GrowingList events;
  std::array<std::vector<std::unique_ptr<FrameRows>>, kind_count> columns;
  std::map<std::string, FrameGrids> fields;
  std::map<std::string, FrameRows> balances;
  std::size_t frames = 0;
};

RunWriter::RunWriter(std::filesystem::path path) : path_(std::move(path)) {}
RunWriter::RunWriter(std::filesystem::path path, OwnGround own)
    : path_(std::move(path)), own_(std::move(own)) {}
RunWriter::~RunWriter() = default;

void RunWriter::begin(const Branch& branch) {
  if (impl_) throw FileError(path_.string(), "a recorder records one run");
  impl_ = std::make_unique<Impl>(path_);
  write_header(impl_->file, branch);
  if (own_) write_own_ground(impl_->file, *own_, branch.world->terrain());
  impl_->file.commit();
}

void RunWriter::frame(const Frame& frame) {
  if (!impl_) throw FileError(path_.string(), "is not being recorded");
  if (frame.state != nullptr) impl_->write_state(*frame.state);
  for (const FieldView& field : frame.fields) impl_->write_field(field);
  for (const Balance& balance : frame.balances) impl_->write_balance(balance);
  impl_->movers.append(frame.movers.data(), frame.movers.size());
  const std::uint64_t mover_end = impl_->movers.size();
  impl_->mover_ends.append(&mover_end, 1);
  const std::int64_t at_ms = frame.at.time_since_epoch().count();
  impl_->times.append(&at_ms, 1);
  impl_->file.commit();
  ++impl_->frames;
}

void RunWriter::events(std::span<const Event> events) {
  if (!impl_) throw FileError(path_.string(), "is not being recorded");
  std::vector<run_format::EventRecord> records;
  records.reserve(events.size());
  for (const Event& event : events) {
    records.push_back({event.at.time_since_epoch().count(), event.value, event.entity.row,
                       static_cast<std::uint8_t>(event.entity.kind),
                       static_cast<std::uint8_t>(event.type),
                       static_cast<std::uint8_t>(event.severity)});
  }
  impl_->events.append(records.data(), records.size());
}

void RunWriter::summary(const RunSummary& summary) {
  if (!impl_) throw FileError(path_.string(), "is not being recorded");
  write_summary(impl_->file, summary);
}

void RunWriter::end(const KpiList& kpis) {
  if (!impl_) throw FileError(path_.string(), "is not being recorded");
  File& file = impl_->file;
  const auto texts = [&](const char* name, std::string Kpi::*member) {
    std::vector<std::string> column;
    for (const Kpi& kpi : kpis) column.push_back(kpi.*member);
    file.write_texts(std::string("/kpis/") + name, column);
  };
  texts("id", &Kpi::id);
  texts("label_vi", &Kpi::label_vi);
  texts("label_en", &Kpi::label_en);
  texts("unit", &Kpi::unit);
  std::vector<double> values;
  std::vector<std::uint8_t> better;
  for (const Kpi& kpi : kpis) {
    values.push_back(kpi.value);
    better.push_back(static_cast<std::uint8_t>(kpi.better));
  }
  file.write("/kpis/value", std::span<const double>(values));
  file.write("/kpis/better", std::span<const std::uint8_t>(better));
  file.set("/kpis/better", "values", "0 lower, 1 higher, 2 neither");
  file.set("/", "complete", std::int64_t{1});
  // The datasets must be closed before their file.
  File closing = std::move(file);
  impl_.reset();
  closing.close(true);
}

}  // namespace kontwin
