#include "io/run/run_file.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <map>

#include "io/hdf5/commit_file.hpp"
#include "io/hdf5/file.hpp"
#include "io/run/branch_json.hpp"
#include "io/run/evacuation_columns.hpp"
#include "io/run/run_format.hpp"
#include "io/run/run_header.hpp"
#include "io/run/run_summary.hpp"
#include "io/run/run_tables.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

using hdf5::Dataset;
using hdf5::Extent;
using hdf5::File;
using hdf5::number_type;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
/// Entities of a kind. A list of a million equal texts packs into a kilobyte.
constexpr std::size_t most_rows = 10'000'000;

}  // namespace

struct RunFile::Impl {
  explicit Impl(const std::filesystem::path& path)
      : file(File::open(path)), header(read_run_header(file)), fields(read_field_list(file)) {
    for (const std::int64_t at_ms : file.read<std::int64_t>("/times")) {
      times.emplace_back(Duration{at_ms});
    }
    mover_ends = file.read<std::uint64_t>("/movers/end");
    if (mover_ends.size() != times.size()) file.fail("/movers/end does not fit /times");
  }

  void check(std::size_t frame) const {
    if (frame >= times.size()) {
      file.fail("has " + std::to_string(times.size()) + " frames; there is no frame " +
                std::to_string(frame));
    }
  }

  /// A dataset by name, opened once; null where the run has none.
  const Dataset* dataset(const std::string& name) const {
    auto found = datasets.find(name);
    if (found == datasets.end()) {
      found =
          datasets.try_emplace(name, file.has(name) ? file.open_dataset(name) : Dataset()).first;
    }
    return found->second ? &found->second : nullptr;
  }

  /// A row of numbers in a frame; empty where the run has none.
  std::vector<double> row(const std::string& name, std::size_t frame) const {
    const Dataset* rows = dataset(name);
    if (rows == nullptr) return {};
    const Extent extent = rows->extent();
    if (extent.size() != 2) file.fail(name + " is not a row each frame");
    if (frame >= extent[0]) return {};
    if (extent[1] > most_rows) file.fail(name + " has more rows than any world");
    rows->must_hold(extent[1] * sizeof(double));
    std::vector<double> values(extent[1]);
    rows->read(number_type<double>(), {frame, 0}, {1, extent[1]}, values.data());
    return values;
  }

  std::size_t entities_in(const Dataset& urns) const {
    const std::size_t rows = urns.list_size();
    if (rows > most_rows) file.fail(urns.name() + " names more entities than any world has");
    return rows;
  }

  std::string_view kept(std::string text) const {
    const auto found = std::ranges::find(texts, text);
    return found != texts.end() ? *found : texts.emplace_back(std::move(text));
  }

  File file;
  RunHeader header;
  std::vector<RecordedField> fields;
  std::vector<Instant> times;
  std::vector<std::uint64_t> mover_ends;
  mutable std::map<std::string, Dataset> datasets;
  mutable std::deque<std::string> texts;  // a deque: views of its items stay valid
};

RunFile::RunFile(const std::filesystem::path& path) : impl_(std::make_unique<Impl>(path)) {}
RunFile::~RunFile() = default;
RunFile::RunFile(RunFile&&) noexcept = default;

const std::string& RunFile::path() const { return impl_->file.path(); }

Instant RunFile::end() const { return times().empty() ? header().start : times().back(); }

const RunHeader& RunFile::header() const { return impl_->header; }
const std::vector<Instant>& RunFile::times() const { return impl_->times; }
const std::vector<RecordedField>& RunFile::fields() const { return impl_->fields; }

std::size_t RunFile::nearest_frame(Instant at) const {
  const auto& times = impl_->times;
  if (times.empty()) impl_->file.fail("has no frames");
  const auto next = std::ranges::lower_bound(times, at);
  if (next == times.begin()) return 0;
  const auto after = static_cast<std::size_t>(next - times.begin());
  if (next == times.end()) return after - 1;
  return at - times[after - 1] <= *next - at ? after - 1 : after;
}

std::vector<std::string> RunFile::urns(Kind kind) const {
  const std::string name = run_format::entities_path(kind) + "/urn";
  return impl_->file.has(name) ? impl_->file.read_texts(name) : std::vector<std::string>{};
}

std::vector<std::string> RunFile::entity_names(Kind kind) const {
  const std::string name = run_format::entities_path(kind) + "/name";
  return impl_->file.has(name) ? impl_->file.read_texts(name) : std::vector<std::string>{};
}

std::vector<std::string> RunFile::communes(Kind kind) const {
  const std::string name = run_format::entities_path(kind) + "/commune";
  if (impl_->file.has(name)) return impl_->file.read_texts(name);
  return std::vector<std::string>(entity_names(kind).size());
}

std::vector<LocalPoint> RunFile::places(Kind kind) const {
  const std::string name = run_format::entities_path(kind) + "/place_m";
  if (!impl_->file.has(name)) return {};
  const auto numbers = impl_->file.read<double>(name);
  std::vector<LocalPoint> places;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    places.push_back({numbers[i], numbers[i + 1]});
  }
  return places;
}

std::vector<double> RunFile::column(std::size_t frame, Kind kind, std::size_t column) const {
  impl_->check(frame);
  if (column >= schema_of(kind).columns.size()) {
    throw Error("a " + std::string(names_of(kind).id) + " has no state column " +
                std::to_string(column));
  }
  const std::string urns = run_format::entities_path(kind) + "/urn";
  const Dataset* entities = impl_->dataset(urns);
  const std::size_t rows = entities == nullptr ? 0 : impl_->entities_in(*entities);
  auto values = impl_->row(run_format::state_path(kind, column), frame);
  if (values.empty()) return std::vector<double>(rows, unknown);
  if (values.size() != rows) impl_->file.fail("a state column does not fit its entities");
  return values;
}

StateTable RunFile::state(std::size_t frame) const {
  std::array<std::size_t, kind_count> rows{};
  for (const Kind kind : all_kinds()) {
    const Dataset* urns = impl_->dataset(run_format::entities_path(kind) + "/urn");
    if (urns != nullptr) rows[index_of(kind)] = impl_->entities_in(*urns);
  }
  StateTable state(rows);
  for (const Kind kind : all_kinds()) {
    if (state.rows(kind) == 0) continue;
    for (std::size_t i = 0; i < schema_of(kind).columns.size(); ++i) {
      std::ranges::copy(column(frame, kind, i), state.column(kind, i).begin());
    }
  }
  return state;
}

std::optional<Raster<float>> RunFile::field(std::size_t frame, const std::string& name,
                                            const std::string& grid) const {
  impl_->check(frame);
  const auto found = std::ranges::find_if(impl_->fields, [&](const RecordedField& field) {
    return field.name == name && field.grid == grid;
  });
  if (found == impl_->fields.end()) return std::nullopt;
  const Dataset* dataset = impl_->dataset("/fields/" + grid + "/" + name);
  if (frame >= dataset->extent().front()) return std::nullopt;
  Raster<float> raster(found->shape);
  dataset->read(number_type<float>(), {frame, 0, 0}, {1, found->shape.rows, found->shape.columns},
                raster.values.data());
  return raster;
}

std::optional<Raster<float>> RunFile::field(std::size_t frame, const std::string& name) const {
  const auto found = std::ranges::find(impl_->fields, name, &RecordedField::name);
  if (found == impl_->fields.end()) return std::nullopt;
  return field(frame, name, found->grid);
}

std::vector<Mover> RunFile::movers(std::size_t frame) const {
  impl_->check(frame);
  const std::uint64_t begin = frame == 0 ? 0 : impl_->mover_ends[frame - 1];
  const std::uint64_t end = impl_->mover_ends[frame];
  const Dataset* list = impl_->dataset("/movers/list");
  if (list == nullptr || begin > end || end > list->list_size()) {
    impl_->file.fail("/movers/list does not hold the movers of frame " + std::to_string(frame));
  }
  std::vector<Mover> movers(end - begin);
  if (movers.empty()) return movers;
  list->read(run_format::mover_type_in_memory().get(), {begin}, {end - begin}, movers.data());
  for (const Mover& mover : movers) {
    if (static_cast<std::size_t>(mover.kind) >= run_format::mover_kind_count) {
      impl_->file.fail("/movers/list names a kind of mover that there is not");
    }
  }
  return movers;
}

std::vector<Balance> RunFile::balances(std::size_t frame) const {
  impl_->check(frame);
  std::vector<Balance> balances;
  if (!impl_->file.has("/balances")) return balances;
  for (const std::string& quantity : impl_->file.names("/balances")) {
    const std::string name = "/balances/" + quantity;
    const auto values = impl_->row(name, frame);
    if (values.empty()) continue;
    if (values.size() != run_format::balance_columns) impl_->file.fail(name + " is no balance");
    balances.push_back({impl_->kept(quantity), impl_->kept(impl_->file.text(name, "units")),
                        values[0], values[1], values[2], values[3], values[4], values[5]});
  }
  return balances;
}

std::vector<Event> RunFile::events() const {
  const Dataset* list = impl_->dataset("/events");
  if (list == nullptr) impl_->file.fail("has no /events");
  const std::size_t count = list->list_size();
  std::vector<run_format::EventRecord> records(count);
  if (count == 0) return {};
  list->read(run_format::event_type_in_memory().get(), {0}, {count}, records.data());
  std::vector<Event> events;
  events.reserve(count);
  for (const run_format::EventRecord& record : records) {
    if (record.kind >= kind_count || record.type >= run_format::event_type_count ||
        record.severity >= run_format::severity_count) {
      impl_->file.fail("/events names a kind, type or severity that there is not");
    }
    events.push_back({Instant{Duration{record.at_ms}},
                      {static_cast<Kind>(record.kind), record.row},
                      static_cast<EventType>(record.type),
                      record.value,
                      static_cast<Severity>(record.severity)});
  }
  return events;
}

KpiList RunFile::kpis() const {
  KpiList kpis;
  if (!impl_->file.has("/kpis/id")) return kpis;
  const File& file = impl_->file;
  const auto id = file.read_texts("/kpis/id");
  const auto label_vi = file.read_texts("/kpis/label_vi");
  const auto label_en = file.read_texts("/kpis/label_en");
  const auto unit = file.read_texts("/kpis/unit");
  const auto value = file.read<double>("/kpis/value");
  const auto better = file.read<std::uint8_t>("/kpis/better");
  for (const std::size_t length :
       {label_vi.size(), label_en.size(), unit.size(), value.size(), better.size()}) {
    if (length != id.size()) file.fail("/kpis has columns of unequal length");
  }
  for (std::size_t i = 0; i < id.size(); ++i) {
    kpis.push_back({id[i], label_vi[i], label_en[i], unit[i], value[i],
                    static_cast<Kpi::Better>(std::min<std::uint8_t>(better[i], 2))});
  }
  return kpis;
}

std::vector<RunFile::Ground> RunFile::ground() const {
  std::vector<Ground> grids;
  if (!impl_->file.has(run_format::ground_path())) return grids;
  std::map<std::int64_t, Ground> by_order;
  for (const std::string& name : impl_->file.names(run_format::ground_path())) {
    const std::string path = run_format::ground_path(name);
    const Extent extent = impl_->file.open_dataset(path).extent();
    if (extent.size() != 2) impl_->file.fail(path + " is not a grid");
    Ground one{name, {}};
    one.elevation_m.shape = run_format::read_shape(impl_->file, path, extent[1], extent[0]);
    one.elevation_m.values = impl_->file.read<float>(path);
    by_order.emplace(impl_->file.integer(path, "order"), std::move(one));
  }
  for (auto& [order, one] : by_order) grids.push_back(std::move(one));
  return grids;
}

std::vector<RecordedField> RunFile::maps() const { return read_map_list(impl_->file); }

std::string RunFile::unit_of(const RecordedField& map) const {
  return impl_->file.text("/maps/" + map.grid + "/" + map.name, "units");
}

RunMap RunFile::map(const std::string& name, const std::string& grid) const {
  for (const RecordedField& map : maps()) {
    if (map.name == name && map.grid == grid) return read_map(impl_->file, map);
  }
  impl_->file.fail("holds no map " + name + " of grid " + grid);
}

std::vector<std::pair<Instant, Earthquake>> RunFile::earthquakes() const {
  auto quakes = earthquakes_of_json(impl_->header.edits_json);
  if (!quakes) impl_->file.fail("/edits is not a list of edits");
  return std::move(*quakes);
}

std::vector<ImpactSpell> RunFile::impacts() const { return read_impacts(impl_->file); }
EvacuationRecord RunFile::evacuation() const { return read_evacuation(impl_->file); }
std::vector<RunTable> RunFile::tables() const { return read_tables(impl_->file); }

bool mend_run(const std::filesystem::path& path) {
  { const RunFile sound(path); }  // throws for what is no run
  return hdf5::CommitFile::mend(path);
}

void RunFile::require_world(const World& world) const {
  if (world.content_hash() == impl_->header.world_hash) return;
  impl_->file.fail("was run in world " + impl_->header.world_name + " " +
                   impl_->header.world_hash.substr(0, 12) + "..., not in " + world.name() + " " +
                   world.content_hash().substr(0, 12) + "...");
}

}  // namespace kontwin
