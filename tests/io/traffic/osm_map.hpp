#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace kontwin::traffic::testing {

/// An OpenStreetMap file in XML, built up in metres around 108° E, 14.35° N. Tags are written
/// `highway=primary|lanes=2`.
class OsmMap {
 public:
  OsmMap& node(int id, double x_m, double y_m, const std::string& tags = {}) {
    char place[64];
    std::snprintf(place, sizeof place, "lat=\"%.8f\" lon=\"%.8f\"", 14.35 + y_m / 110'632,
                  108 + x_m / 107'866);
    return element("node", id, place, tags);
  }
  OsmMap& way(int id, const std::vector<int>& nodes, const std::string& tags) {
    std::string inside;
    for (const int node : nodes) inside += "<nd ref=\"" + std::to_string(node) + "\"/>";
    return element("way", id, {}, tags, inside);
  }
  /// Members as `way 12 from`, `node 3 via`.
  OsmMap& relation(int id, const std::vector<std::string>& members, const std::string& tags) {
    std::string inside;
    for (const std::string& member : members) {
      const std::size_t first = member.find(' ');
      const std::size_t second = member.find(' ', first + 1);
      inside += "<member type=\"" + member.substr(0, first) + "\" ref=\"" +
                member.substr(first + 1, second - first - 1) + "\" role=\"" +
                member.substr(second + 1) + "\"/>";
    }
    return element("relation", id, {}, tags, inside);
  }
  std::string text() const { return "<osm version=\"0.6\">\n" + text_ + "</osm>\n"; }

 private:
  OsmMap& element(const std::string& name, int id, const std::string& attributes,
                  const std::string& tags, std::string inside = {}) {
    for (std::size_t at = 0; at < tags.size();) {
      const std::size_t equals = tags.find('=', at);
      // A value may hold bars of its own: a pair ends at a bar before a key.
      std::size_t end = tags.find('|', equals);
      while (end != std::string::npos) {
        const std::size_t next = tags.find_first_of("=|", end + 1);
        if (next != std::string::npos && tags[next] == '=') break;
        end = next;
      }
      end = std::min(end, tags.size());
      inside += "<tag k=\"" + tags.substr(at, equals - at) + "\" v=\"" +
                tags.substr(equals + 1, end - equals - 1) + "\"/>";
      at = end + 1;
    }
    text_ += "<" + name + " id=\"" + std::to_string(id) + "\" " + attributes + ">" + inside + "</" +
             name + ">\n";
    return *this;
  }

  std::string text_;
};

}  // namespace kontwin::traffic::testing
