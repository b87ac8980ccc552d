#include "scenarios/traffic/micro/vehicle_rows.hpp"

namespace kontwin::traffic::micro {

namespace {

template <typename T>
void gather(std::vector<T>& column, std::vector<T>& spare, std::span<const std::uint32_t> order) {
  spare.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) spare[i] = column[order[i]];
  column.swap(spare);
}

}  // namespace

template <typename Visit>
void VehicleRows::for_each_kept(Visit visit) {
  for (auto* column : {&slot, &lane, &type}) visit(*column, spare_rows_);
  for (auto* column : {&position_m, &speed_mps, &acceleration_mps2, &lateral_m, &aim_m, &wished_mps,
                       &odometer_m}) {
    visit(*column, spare_numbers_);
  }
  for (auto* column : {&committed, &going}) visit(*column, spare_flags_);
}

void VehicleRows::append_row() {
  for_each_kept([](auto& column, auto&) { column.emplace_back(); });
  for (auto* column : {&gap_m, &leader_mps, &room_m, &ceiling_mps, &random}) {
    column->resize(size());
  }
}

void VehicleRows::reorder(std::span<const std::uint32_t> order) {
  for_each_kept([order](auto& column, auto& spare) { gather(column, spare, order); });
  for (auto* column : {&gap_m, &leader_mps, &room_m, &ceiling_mps, &random}) {
    column->resize(order.size());
  }
}

}  // namespace kontwin::traffic::micro
