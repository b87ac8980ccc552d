#include "io/export/run_places.hpp"

#include "twin/error.hpp"

namespace kontwin {

RunPlaces::Place RunPlaces::of(EntityRef ref) {
  auto& kind = kinds_[index_of(ref.kind)];
  if (!kind) {
    kind = Kinds{run_.urns(ref.kind), run_.entity_names(ref.kind), run_.communes(ref.kind),
                 run_.places(ref.kind)};
  }
  if (ref.row >= kind->urns.size() || ref.row >= kind->names.size() ||
      ref.row >= kind->communes.size() || ref.row >= kind->places.size()) {
    throw FileError("the run", "one of its lists names a " + std::string(names_of(ref.kind).id) +
                                   " that it does not hold");
  }
  return {kind->urns[ref.row], kind->names[ref.row], kind->communes[ref.row],
          frame_.to_geo(kind->places[ref.row])};
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

}  // namespace kontwin
