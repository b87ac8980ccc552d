#include "scenarios/evacuation/crowd/person.hpp"

namespace kontwin::crowd {

std::string_view name(Status status) {
  switch (status) {
    case Status::waiting:
      return "waiting";
    case Status::walking:
      return "walking";
    case Status::out:
      return "out";
    case Status::caught:
      return "caught";
    case Status::stuck:
      return "stuck";
  }
  return "";
}

}  // namespace kontwin::crowd
