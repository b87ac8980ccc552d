#include "twin/evacuation_record.hpp"

#include <array>

namespace kontwin {

const EvacuationNames& names_of(EvacuationMode mode) {
  static constexpr std::array<EvacuationNames, evacuation_mode_count> names{
      {{"on_foot", "Đi bộ", "On foot"},
       {"motorbike", "Xe máy", "Motorbike"},
       {"car", "Ô tô", "Car"},
       {"bus", "Xe buýt, xe khách", "Bus or coach"},
       {"boat", "Xuồng", "Boat"},
       {"ambulance", "Xe cứu thương", "Ambulance"}}};
  return names[static_cast<std::size_t>(mode)];
}

const EvacuationNames& names_of(EvacueeFate fate) {
  static constexpr std::array<EvacuationNames, evacuee_fate_count> names{
      {{"safe", "Đã đến nơi an toàn", "Safe"},
       {"unwarned", "Không nhận được cảnh báo", "No warning reached them"},
       {"stayed", "Không chịu rời đi", "Were warned and stayed"},
       {"preparing", "Đang chuẩn bị, chưa rời đi", "Had not set out yet"},
       {"no_way", "Không có đường ra", "Found no open way out"},
       {"no_room", "Nơi trú ẩn hết chỗ", "No shelter had room"},
       {"waiting", "Đang chờ xe, xuồng đến đón", "Waiting to be picked up"},
       {"on_the_way", "Đang trên đường", "On the way"},
       {"stranded", "Mắc kẹt giữa đường", "Stranded on the way"}}};
  return names[static_cast<std::size_t>(fate)];
}

const EvacuationNames& names_of(CareNeed need) {
  static constexpr std::array<EvacuationNames, care_need_count> names{
      {{"none", "Tự đi được", "None"},
       {"wheelchair", "Xe lăn", "Wheelchair"},
       {"stretcher", "Cáng", "Stretcher"},
       {"intensive_care", "Hồi sức", "Intensive care"}}};
  return names[static_cast<std::size_t>(need)];
}

std::string_view name_of(SquareResult result) {
  static constexpr std::array<std::string_view, square_result_count> names{"inside", "out",
                                                                           "caught", "stuck"};
  return names[static_cast<std::size_t>(result)];
}

}  // namespace kontwin
