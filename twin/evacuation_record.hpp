#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "twin/entity_ref.hpp"
#include "twin/time.hpp"

namespace kontwin {

/// How people travelled last, or would have.
enum class EvacuationMode : std::uint8_t { on_foot, motorbike, car, bus, boat, ambulance };
inline constexpr std::size_t evacuation_mode_count = 6;

/// What became of people who were to leave; all but `safe` say why they did not get out.
enum class EvacueeFate : std::uint8_t {
  safe,        ///< in a shelter or a hospital that takes them
  unwarned,    ///< no warning reached them
  stayed,      ///< were warned and did not leave
  preparing,   ///< had not set out yet
  no_way,      ///< found no open way out
  no_room,     ///< no shelter or hospital had room
  waiting,     ///< wait to be picked up
  on_the_way,  ///< were under way at the end
  stranded,    ///< gave up on the way, where no way was open any more, and were not fetched
};
inline constexpr std::size_t evacuee_fate_count = 9;

/// What help somebody needs to travel.
enum class CareNeed : std::uint8_t { none, wheelchair, stretcher, intensive_care };
inline constexpr std::size_t care_need_count = 4;

struct EvacuationNames {
  std::string_view id;  ///< `no_way`
  std::string_view vietnamese;
  std::string_view english;
};
const EvacuationNames& names_of(EvacuationMode mode);
const EvacuationNames& names_of(EvacueeFate fate);
const EvacuationNames& names_of(CareNeed need);

/// People who travel together: of one household, tour group or ward.
struct EvacuationParty {
  EntityRef home;                  ///< residence, lodging, tourist site or hospital
  std::uint32_t people = 0;        ///< at least 1
  std::uint32_t needing_help = 0;  ///< of them: in wheelchairs, on stretchers, in intensive care
  EvacuationMode mode = EvacuationMode::on_foot;
  EvacueeFate fate = EvacueeFate::safe;
  bool ordered = false;           ///< left by order, not of their own accord
  std::optional<Instant> told;    ///< when they were ordered to leave, or saw the water
  std::optional<Instant> warned;  ///< when they heard of it
  std::optional<Instant> left;
  std::optional<Instant> safe_at;
  EntityRef refuge;                    ///< the shelter or hospital they are in; no_row: none
  std::uint32_t junction = no_row;     ///< where they are, or were last, outside
  std::uint8_t hazard_class = 0;       ///< the highest they stood in before they were safe
  EntityRef hazard_at;                 ///< home, road or junction where that was
  std::optional<Instant> hazard_from;  ///< when they first stood in it
  CareNeed need = CareNeed::none;      ///< the most that one of them needs
  std::optional<Instant> stranded_at;  ///< when they got no further on the way
  std::uint32_t stranded_at_junction = no_row;
  std::optional<Instant> fetched_at;  ///< when a bus, ambulance or boat took them in from there

  friend bool operator==(const EvacuationParty&, const EvacuationParty&) = default;
};

/// A place that people were to leave.
struct EvacuatedZone {
  EntityRef place;
  std::uint32_t people = 0;        ///< there at the start
  std::optional<Instant> ordered;  ///< nothing: some left of their own accord
  std::optional<Instant> cut;      ///< since when no road led from it to a shelter

  friend bool operator==(const EvacuatedZone&, const EvacuatedZone&) = default;
};

/// A shelter, or a hospital that took patients in.
struct RefugeUse {
  EntityRef place;
  std::uint32_t room = 0;      ///< at the start
  std::uint32_t taken_in = 0;  ///< people since then
  double used_person_days = 0;
  double unmet_person_days = 0;         ///< after the supplies ran out
  std::optional<Instant> supplies_out;  ///< when they did

  friend bool operator==(const RefugeUse&, const RefugeUse&) = default;
};

/// What became of somebody on a square.
enum class SquareResult : std::uint8_t {
  inside,  ///< was still on it, or before its gate, at the end
  out,
  caught,  ///< by water
  stuck,   ///< no open way led off it
};
inline constexpr std::size_t square_result_count = 4;
std::string_view name_of(SquareResult result);

/// One person who left or crossed a square on foot.
struct SquarePassage {
  EntityRef square;             ///< the place it belongs to
  std::uint32_t party = 0;      ///< row of EvacuationRecord::parties
  std::uint32_t from = no_row;  ///< junction before the gate it came to; no_row: it was there
  std::uint32_t to = no_row;    ///< junction before the gate it came out by
  SquareResult result = SquareResult::inside;
  std::optional<Instant> came;   ///< to the gate; of who was there: was to set out
  std::optional<Instant> in;     ///< began to walk on it
  std::optional<Instant> ended;  ///< was out, caught or given up

  friend bool operator==(const SquarePassage&, const SquarePassage&) = default;
};

/// What a run knows of an evacuation at its end.
struct EvacuationRecord {
  std::vector<EvacuationParty> parties;  ///< everyone who was to leave
  std::vector<EvacuatedZone> zones;
  std::vector<RefugeUse> refuges;
  std::vector<SquarePassage> passages;  ///< square by square, in the order they were handed over
  double lower_bound_s = 0;             ///< of the plan that was carried out; 0: not known

  friend bool operator==(const EvacuationRecord&, const EvacuationRecord&) = default;
};

}  // namespace kontwin
