#include "io/run/evacuation_columns.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <string>

namespace kontwin {

namespace {

constexpr std::int64_t no_moment = std::numeric_limits<std::int64_t>::min();
constexpr std::uint8_t no_kind = 0xFF;

std::int64_t to_ms(const std::optional<Instant>& at) {
  return at ? std::int64_t{at->time_since_epoch().count()} : no_moment;
}
std::optional<Instant> from_ms(std::int64_t ms) {
  if (ms == no_moment) return std::nullopt;
  return Instant{Duration{ms}};
}
std::uint8_t kind_number(EntityRef ref) {
  return ref.row == no_row ? no_kind : static_cast<std::uint8_t>(ref.kind);
}

/// Writes one column of a list of records.
template <typename Records>
class Columns {
 public:
  Columns(hdf5::File& file, std::string group, const Records& records)
      : file_(file), group_(std::move(group)), records_(records) {}

  template <typename ValueOf>
  void write(const char* name, const ValueOf& value_of) const {
    std::vector<decltype(value_of(records_.front()))> column;
    column.reserve(records_.size());
    for (const auto& one : records_) column.push_back(value_of(one));
    file_.write(group_ + name, std::span<const typename decltype(column)::value_type>(column));
  }
  template <typename MomentOf>
  void write_moment(const char* name, const MomentOf& moment_of) const {
    write(name, [&](const auto& one) { return to_ms(moment_of(one)); });
    file_.set(group_ + name, "units", "ms since 1970-01-01T00:00:00Z");
    file_.set(group_ + name, "not_known", no_moment);
  }

 private:
  hdf5::File& file_;
  std::string group_;
  const Records& records_;
};

/// Reads columns that must all be of one length, and hold kinds that there are.
class Reader {
 public:
  Reader(const hdf5::File& file, std::string group) : file_(file), group_(std::move(group)) {}

  template <typename Value>
  std::vector<Value> read(const char* name) {
    auto column = file_.read<Value>(group_ + name);
    if (length_ == unknown) length_ = column.size();
    if (column.size() != length_) file_.fail(group_ + " has columns of unequal length");
    return column;
  }
  std::vector<EntityRef> read_refs(const char* kind, const char* row) {
    const auto kinds = read<std::uint8_t>(kind);
    const auto rows = read<std::uint32_t>(row);
    std::vector<EntityRef> refs(kinds.size());
    for (std::size_t i = 0; i < refs.size(); ++i) {
      if (kinds[i] == no_kind) continue;
      if (kinds[i] >= kind_count) file_.fail(group_ + kind + " names a kind that there is not");
      refs[i] = {static_cast<Kind>(kinds[i]), rows[i]};
    }
    return refs;
  }
  template <typename Enum>
  std::vector<Enum> read_enum(const char* name, std::size_t count) {
    std::vector<Enum> values;
    for (const std::uint8_t number : read<std::uint8_t>(name)) {
      if (number >= count) file_.fail(group_ + name + " holds a number that means nothing");
      values.push_back(static_cast<Enum>(number));
    }
    return values;
  }

 private:
  static constexpr std::size_t unknown = std::numeric_limits<std::size_t>::max();
  const hdf5::File& file_;
  std::string group_;
  std::size_t length_ = unknown;
};

template <typename Enum>
std::string values_of(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += (text.empty() ? "" : ", ") + std::to_string(i) + " " +
            std::string(names_of(static_cast<Enum>(i)).id);
  }
  return text;
}

using Party = EvacuationParty;

void write_parties(hdf5::File& file, const std::vector<Party>& parties) {
  const std::string group = "/evacuation/parties/";
  const Columns columns(file, group, parties);
  columns.write("home_kind", [](const Party& p) { return kind_number(p.home); });
  columns.write("home_row", [](const Party& p) { return p.home.row; });
  columns.write("people", [](const Party& p) { return p.people; });
  columns.write("needing_help", [](const Party& p) { return p.needing_help; });
  columns.write("mode", [](const Party& p) { return static_cast<std::uint8_t>(p.mode); });
  columns.write("fate", [](const Party& p) { return static_cast<std::uint8_t>(p.fate); });
  columns.write("ordered", [](const Party& p) { return std::uint8_t{p.ordered}; });
  columns.write_moment("told_ms", [](const Party& p) { return p.told; });
  columns.write_moment("warned_ms", [](const Party& p) { return p.warned; });
  columns.write_moment("left_ms", [](const Party& p) { return p.left; });
  columns.write_moment("safe_ms", [](const Party& p) { return p.safe_at; });
  columns.write("refuge_kind", [](const Party& p) { return kind_number(p.refuge); });
  columns.write("refuge_row", [](const Party& p) { return p.refuge.row; });
  columns.write("junction", [](const Party& p) { return p.junction; });
  columns.write("hazard_class", [](const Party& p) { return p.hazard_class; });
  columns.write("hazard_kind", [](const Party& p) { return kind_number(p.hazard_at); });
  columns.write("hazard_row", [](const Party& p) { return p.hazard_at.row; });
  columns.write_moment("hazard_ms", [](const Party& p) { return p.hazard_from; });
  columns.write_moment("stranded_ms", [](const Party& p) { return p.stranded_at; });
  columns.write("stranded_junction", [](const Party& p) { return p.stranded_at_junction; });
  columns.write_moment("fetched_ms", [](const Party& p) { return p.fetched_at; });
  columns.write("need", [](const Party& p) { return static_cast<std::uint8_t>(p.need); });
  file.set(group + "need", "values", values_of<CareNeed>(care_need_count));
  file.set(group + "mode", "values", values_of<EvacuationMode>(evacuation_mode_count));
  file.set(group + "fate", "values", values_of<EvacueeFate>(evacuee_fate_count));
}

std::vector<Party> read_parties(const hdf5::File& file) {
  Reader read(file, "/evacuation/parties/");
  const auto home = read.read_refs("home_kind", "home_row");
  const auto people = read.read<std::uint32_t>("people");
  const auto needing_help = read.read<std::uint32_t>("needing_help");
  const auto mode = read.read_enum<EvacuationMode>("mode", evacuation_mode_count);
  const auto fate = read.read_enum<EvacueeFate>("fate", evacuee_fate_count);
  const auto ordered = read.read<std::uint8_t>("ordered");
  const auto told = read.read<std::int64_t>("told_ms");
  const auto warned = read.read<std::int64_t>("warned_ms");
  const auto left = read.read<std::int64_t>("left_ms");
  const auto safe = read.read<std::int64_t>("safe_ms");
  const auto refuge = read.read_refs("refuge_kind", "refuge_row");
  const auto junction = read.read<std::uint32_t>("junction");
  const auto hazard = read.read<std::uint8_t>("hazard_class");
  const auto hazard_at = read.read_refs("hazard_kind", "hazard_row");
  const auto hazard_ms = read.read<std::int64_t>("hazard_ms");
  // Runs of before have none.
  const bool older = !file.has("/evacuation/parties/stranded_ms");
  const auto moments = [&](const char* name) {
    return older ? std::vector<std::int64_t>(home.size(), no_moment)
                 : read.read<std::int64_t>(name);
  };
  const auto stranded = moments("stranded_ms");
  const auto fetched = moments("fetched_ms");
  const auto stranded_junction = older ? std::vector<std::uint32_t>(home.size(), no_row)
                                       : read.read<std::uint32_t>("stranded_junction");
  const auto need = older ? std::vector<CareNeed>(home.size(), CareNeed::none)
                          : read.read_enum<CareNeed>("need", care_need_count);
  std::vector<Party> parties;
  parties.reserve(home.size());
  for (std::size_t i = 0; i < home.size(); ++i) {
    parties.push_back({.home = home[i],
                       .people = people[i],
                       .needing_help = needing_help[i],
                       .mode = mode[i],
                       .fate = fate[i],
                       .ordered = ordered[i] != 0,
                       .told = from_ms(told[i]),
                       .warned = from_ms(warned[i]),
                       .left = from_ms(left[i]),
                       .safe_at = from_ms(safe[i]),
                       .refuge = refuge[i],
                       .junction = junction[i],
                       .hazard_class = std::min<std::uint8_t>(hazard[i], 6),
                       .hazard_at = hazard_at[i],
                       .hazard_from = from_ms(hazard_ms[i]),
                       .need = need[i],
                       .stranded_at = from_ms(stranded[i]),
                       .stranded_at_junction = stranded_junction[i],
                       .fetched_at = from_ms(fetched[i])});
  }
  return parties;
}

const char* const passages_group = "/evacuation/squares/";

void write_passages(hdf5::File& file, const std::vector<SquarePassage>& passages) {
  if (passages.empty()) return;
  const Columns columns(file, passages_group, passages);
  columns.write("square_kind", [](const SquarePassage& p) { return kind_number(p.square); });
  columns.write("square_row", [](const SquarePassage& p) { return p.square.row; });
  columns.write("party", [](const SquarePassage& p) { return p.party; });
  columns.write("from", [](const SquarePassage& p) { return p.from; });
  columns.write("to", [](const SquarePassage& p) { return p.to; });
  columns.write("result", [](const SquarePassage& p) { return std::uint8_t(p.result); });
  columns.write_moment("came_ms", [](const SquarePassage& p) { return p.came; });
  columns.write_moment("in_ms", [](const SquarePassage& p) { return p.in; });
  columns.write_moment("ended_ms", [](const SquarePassage& p) { return p.ended; });
  std::string values;
  for (std::size_t i = 0; i < square_result_count; ++i) {
    values += (i > 0 ? ", " : "") + std::to_string(i) + " " +
              std::string(name_of(static_cast<SquareResult>(i)));
  }
  file.set(passages_group + std::string("result"), "values", values);
}

std::vector<SquarePassage> read_passages(const hdf5::File& file, std::size_t parties) {
  std::vector<SquarePassage> passages;
  if (!file.has(passages_group + std::string("party"))) return passages;
  Reader read(file, passages_group);
  const auto square = read.read_refs("square_kind", "square_row");
  const auto party = read.read<std::uint32_t>("party");
  const auto from = read.read<std::uint32_t>("from");
  const auto to = read.read<std::uint32_t>("to");
  const auto result = read.read_enum<SquareResult>("result", square_result_count);
  const auto came = read.read<std::int64_t>("came_ms");
  const auto in = read.read<std::int64_t>("in_ms");
  const auto ended = read.read<std::int64_t>("ended_ms");
  for (std::size_t i = 0; i < party.size(); ++i) {
    if (party[i] >= parties) file.fail("/evacuation/squares/party names a party there is not");
    passages.push_back({square[i], party[i], from[i], to[i], result[i], from_ms(came[i]),
                        from_ms(in[i]), from_ms(ended[i])});
  }
  return passages;
}

}  // namespace

void write_evacuation(hdf5::File& file, const EvacuationRecord& record) {
  if (record.parties.empty()) return;
  write_parties(file, record.parties);
  const Columns zones(file, "/evacuation/zones/", record.zones);
  zones.write("kind", [](const EvacuatedZone& z) { return kind_number(z.place); });
  zones.write("row", [](const EvacuatedZone& z) { return z.place.row; });
  zones.write("people", [](const EvacuatedZone& z) { return z.people; });
  zones.write_moment("ordered_ms", [](const EvacuatedZone& z) { return z.ordered; });
  zones.write_moment("cut_ms", [](const EvacuatedZone& z) { return z.cut; });
  const Columns refuges(file, "/evacuation/refuges/", record.refuges);
  refuges.write("kind", [](const RefugeUse& r) { return kind_number(r.place); });
  refuges.write("row", [](const RefugeUse& r) { return r.place.row; });
  refuges.write("room", [](const RefugeUse& r) { return r.room; });
  refuges.write("taken_in", [](const RefugeUse& r) { return r.taken_in; });
  refuges.write("used_person_days", [](const RefugeUse& r) { return r.used_person_days; });
  refuges.write("unmet_person_days", [](const RefugeUse& r) { return r.unmet_person_days; });
  refuges.write_moment("supplies_out_ms", [](const RefugeUse& r) { return r.supplies_out; });
  write_passages(file, record.passages);
  const std::vector<double> bound{record.lower_bound_s};
  file.write("/evacuation/lower_bound_s", std::span<const double>(bound));
  file.set("/evacuation/lower_bound_s", "units", "s");
}

EvacuationRecord read_evacuation(const hdf5::File& file) {
  EvacuationRecord record;
  if (!file.has("/evacuation/parties/people")) return record;
  record.parties = read_parties(file);
  {
    Reader read(file, "/evacuation/zones/");
    const auto place = read.read_refs("kind", "row");
    const auto people = read.read<std::uint32_t>("people");
    const auto ordered = read.read<std::int64_t>("ordered_ms");
    const auto cut = read.read<std::int64_t>("cut_ms");
    for (std::size_t i = 0; i < place.size(); ++i) {
      record.zones.push_back({place[i], people[i], from_ms(ordered[i]), from_ms(cut[i])});
    }
  }
  {
    Reader read(file, "/evacuation/refuges/");
    const auto place = read.read_refs("kind", "row");
    const auto room = read.read<std::uint32_t>("room");
    const auto taken_in = read.read<std::uint32_t>("taken_in");
    const auto used = read.read<double>("used_person_days");
    const auto unmet = read.read<double>("unmet_person_days");
    const auto out = read.read<std::int64_t>("supplies_out_ms");
    for (std::size_t i = 0; i < place.size(); ++i) {
      record.refuges.push_back(
          {place[i], room[i], taken_in[i], used[i], unmet[i], from_ms(out[i])});
    }
  }
  record.passages = read_passages(file, record.parties.size());
  const auto bound = file.read<double>("/evacuation/lower_bound_s");
  if (bound.size() != 1) file.fail("/evacuation/lower_bound_s is not one number");
  record.lower_bound_s = bound.front();
  return record;
}

}  // namespace kontwin
