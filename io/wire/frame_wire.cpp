#include <kontwin/v1/kontwin.pb.h>

#include <algorithm>
#include <cmath>

#include "io/wire/state_wire.hpp"
#include "io/wire/wire_parse.hpp"

// Frames as kontwin.v1.Frame.
namespace kontwin {

namespace {

constexpr std::size_t mover_kinds = 8;

void encode_columns(const StateTable& state, v1::Frame& message) {
  for (const Kind kind : all_kinds()) {
    if (state.rows(kind) == 0) continue;
    const auto specs = schema_of(kind).columns;
    for (std::size_t i = 0; i < specs.size(); ++i) {
      const auto values = state.column(kind, i);
      if (std::ranges::all_of(values, [](double value) { return std::isnan(value); })) continue;
      v1::Column& column = *message.add_columns();
      column.set_kind(std::string(names_of(kind).id));
      column.set_column(std::string(specs[i].id));
      column.mutable_values()->Add(values.begin(), values.end());
    }
  }
}

std::optional<DecodeError> decode_columns(const v1::Frame& message, StateTable& state) {
  for (int i = 0; i < message.columns_size(); ++i) {
    const v1::Column& column = message.columns(i);
    const std::string place = item("columns", static_cast<std::size_t>(i));
    const auto kind = parse_kind(column.kind());
    if (!kind) return DecodeError{place + ".kind", "is no kind of entity"};
    const auto index = find_column(*kind, column.column());
    if (!index) return DecodeError{place + ".column", "is no state column of its kind"};
    const auto target = state.column(*kind, *index);
    if (target.size() != static_cast<std::size_t>(column.values_size())) {
      return DecodeError{place + ".values", "are not one for each entity"};
    }
    std::ranges::copy(column.values(), target.begin());
  }
  return std::nullopt;
}

Decoded<OwnedFrame::Field> decode_field(const v1::Field& field, const std::string& place) {
  const GridShape shape{field.left_m(), field.bottom_m(), field.cell_m(), field.columns(),
                        field.rows()};
  if (!(shape.cell_m > 0) || shape.cells() != static_cast<std::size_t>(field.values_size())) {
    return DecodeError{place + ".values", "do not fit the grid"};
  }
  OwnedFrame::Field decoded{field.name(), field.grid(), {}};
  decoded.raster.shape = shape;
  decoded.raster.values.assign(field.values().begin(), field.values().end());
  return decoded;
}

std::optional<DecodeError> decode_movers(const v1::Movers& movers, std::vector<Mover>& target) {
  const auto count = static_cast<std::size_t>(movers.x_m_size());
  if (static_cast<std::size_t>(movers.y_m_size()) != count || movers.kind().size() != count ||
      movers.evacuating().size() != count) {
    return DecodeError{"movers", "have columns of unequal length"};
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto kind = static_cast<unsigned char>(movers.kind()[i]);
    if (kind >= mover_kinds) return DecodeError{item("movers.kind", i), "is no kind of mover"};
    target.push_back({movers.x_m(static_cast<int>(i)), movers.y_m(static_cast<int>(i)),
                      static_cast<Mover::Kind>(kind),
                      static_cast<std::uint8_t>(movers.evacuating()[i] != 0)});
  }
  return std::nullopt;
}

}  // namespace

std::string encode_frame(const Frame& frame, const World& world) {
  v1::Frame message;
  message.set_at_ms(frame.at.time_since_epoch().count());
  message.set_world_hash(world.content_hash());
  if (frame.state != nullptr) encode_columns(*frame.state, message);
  for (const FieldView& view : frame.fields) {
    v1::Field& field = *message.add_fields();
    field.set_name(view.name);
    field.set_grid(view.grid);
    field.set_left_m(view.shape.left_m);
    field.set_bottom_m(view.shape.bottom_m);
    field.set_cell_m(view.shape.cell_m);
    field.set_columns(static_cast<std::uint32_t>(view.shape.columns));
    field.set_rows(static_cast<std::uint32_t>(view.shape.rows));
    field.mutable_values()->Add(view.values.begin(), view.values.end());
  }
  v1::Movers& movers = *message.mutable_movers();
  for (const Mover& mover : frame.movers) {
    movers.add_x_m(mover.x_m);
    movers.add_y_m(mover.y_m);
    movers.mutable_kind()->push_back(static_cast<char>(mover.kind));
    movers.mutable_evacuating()->push_back(static_cast<char>(mover.evacuating));
  }
  return message.SerializeAsString();
}

Decoded<OwnedFrame> decode_frame(std::string_view bytes, const World& world,
                                 const DecodeLimits& limits) {
  v1::Frame message;
  if (auto problem = parse_message(bytes, limits.frame_bytes, message)) return *problem;
  if (message.world_hash() != world.content_hash()) {
    return DecodeError{"world_hash", "is not that of world " + world.name()};
  }
  if (!is_moment(message.at_ms())) return DecodeError{"at_ms", "is no moment"};
  std::array<std::size_t, kind_count> rows{};
  for (const Kind kind : all_kinds()) rows[index_of(kind)] = world.entities(kind).size();
  OwnedFrame frame{Instant{Duration{message.at_ms()}}, StateTable(rows), {}, {}};
  if (auto problem = decode_columns(message, frame.state)) return *problem;
  for (int i = 0; i < message.fields_size(); ++i) {
    auto field = decode_field(message.fields(i), item("fields", static_cast<std::size_t>(i)));
    if (!field) return field.error();
    frame.fields.push_back(std::move(*field));
  }
  if (auto problem = decode_movers(message.movers(), frame.movers)) return *problem;
  return frame;
}

}  // namespace kontwin
