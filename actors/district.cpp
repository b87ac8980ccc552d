#include "actors/district.hpp"

#include <caf/send.hpp>
#include <map>

namespace kontwin {

District::District(caf::actor_config& config, MirrorCore* core, std::vector<EntityRef> entities)
    : DistrictActor::base(config), core_(*core), entities_(std::move(entities)) {}

District::behavior_type District::make_behavior() {
  return {[this](const Readings& readings) {
            const Piece piece(core_.underway, readings.epoch);
            const auto& all = *readings.all;
            std::uint32_t begin = readings.begin;
            while (begin != readings.end) {
              std::uint32_t end = begin + 1;
              while (end != readings.end && all[end].entity == all[begin].entity) ++end;
              core_.underway.add(readings.epoch);
              send(core_.actor_of(all[begin].entity),
                   Readings{readings.all, begin, end, readings.now, readings.epoch});
              begin = end;
            }
          },
          [this](const Tick& tick) {
            const Piece piece(core_.underway, tick.epoch);
            const std::int64_t now = tick.now.time_since_epoch().count();
            for (const EntityRef entity : entities_) {
              if (core_.due[core_.number_of(entity)].load(std::memory_order_relaxed) >= now)
                continue;
              core_.underway.add(tick.epoch);
              send(core_.actor_of(entity), tick);
            }
          }};
}

std::vector<std::uint16_t> districts_of(const World& world) {
  std::map<std::string, std::uint16_t> numbers;
  std::map<std::string, std::uint16_t> by_commune;
  const auto number_of = [&](const std::string& commune) {
    const auto known = by_commune.find(commune);
    if (known != by_commune.end()) return known->second;
    std::string code = commune;
    if (const AdminUnit* unit = world.find_admin_unit(commune)) {
      const AdminUnit* parent = world.find_admin_unit(unit->parent_code);
      if (parent != nullptr && parent->level == AdminLevel::district) code = parent->code;
    }
    const auto next = static_cast<std::uint16_t>(numbers.size());
    const std::uint16_t number = numbers.try_emplace(code, next).first->second;
    by_commune.emplace(commune, number);
    return number;
  };
  std::vector<std::uint16_t> districts;
  districts.reserve(world.size());
  for (const Kind kind : all_kinds()) {
    for (const std::string& commune : world.entities(kind).commune_code) {
      districts.push_back(number_of(commune));
    }
  }
  return districts;
}

}  // namespace kontwin
