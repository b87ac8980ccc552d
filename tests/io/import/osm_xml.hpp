#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "io/import/osm.hpp"
#include "tests/support/scratch_folder.hpp"

namespace kontwin::testing {

/// An .osm file, built up line by line: nodes on a line to the east, 0.001° apart, by their number.
class OsmXml {
 public:
  OsmXml& node(int id, const std::string& tags = "", double north = 0) {
    return node_at(id, id, north, tags);
  }
  /// A node north of where node `column` lies.
  OsmXml& node_at(int id, int column, double north, const std::string& tags) {
    return element("node",
                   "id=\"" + std::to_string(id) + "\" lat=\"" +
                       std::to_string(14.35 + north * 0.001) + "\" lon=\"" +
                       std::to_string(108 + column * 0.001) + "\"",
                   tags);
  }
  OsmXml& nodes(int first, int last) {
    for (int id = first; id <= last; ++id) node(id);
    return *this;
  }
  OsmXml& way(int id, const std::vector<int>& nodes, const std::string& tags) {
    std::string inside;
    for (const int node : nodes) inside += "<nd ref=\"" + std::to_string(node) + "\"/>";
    return element("way", "id=\"" + std::to_string(id) + "\"", tags, inside);
  }
  /// Members as `way 11 from`.
  OsmXml& relation(int id, const std::vector<std::string>& members, const std::string& tags) {
    std::string inside;
    for (const std::string& member : members) {
      const auto first = member.find(' ');
      const auto second = member.find(' ', first + 1);
      inside += "<member type=\"" + member.substr(0, first) + "\" ref=\"" +
                member.substr(first + 1, second - first - 1) + "\" role=\"" +
                member.substr(second + 1) + "\"/>";
    }
    return element("relation", "id=\"" + std::to_string(id) + "\"", tags, inside);
  }
  std::string text() const {
    return "<?xml version='1.0'?>\n<osm version=\"0.6\">\n" + text_ + "</osm>\n";
  }

 private:
  OsmXml& element(const std::string& name, const std::string& attributes, const std::string& tags,
                  std::string inside = "") {
    for (std::size_t at = 0; at < tags.size();) {
      const auto equals = tags.find('=', at);
      const auto end = std::min(tags.find('|', at), tags.size());
      inside += "<tag k=\"" + tags.substr(at, equals - at) + "\" v=\"" +
                tags.substr(equals + 1, end - equals - 1) + "\"/>";
      at = end + 1;
    }
    text_ += "<" + name + " " + attributes + " version=\"1\" visible=\"true\">" + inside + "</" +
             name + ">\n";
    return *this;
  }

  std::string text_;
};

class Osm : public ::testing::Test {
 protected:
  Osm() { parts_.frame = LocalFrame(GeoPoint{108, 14.35}); }

  void import(const OsmXml& xml, const OsmOptions& options = {}) {
    import_osm(folder_.write("town.osm", xml.text()), parts_, options, &report_);
  }
  const EntityTable& table(Kind kind) const { return parts_.entities[index_of(kind)]; }
  double road(std::size_t attribute, std::size_t row) const {
    return table(Kind::road).attribute(attribute, row);
  }
  /// `from>to` of each link, by the OSM numbers of its junctions.
  std::vector<std::string> links() const {
    std::vector<std::string> found;
    const auto number = [&](std::uint32_t row) {
      const std::string& urn = table(Kind::junction).urn[row];
      return urn.substr(urn.rfind('-') + 1);
    };
    for (std::size_t i = 0; i < parts_.roads.links(); ++i) {
      found.push_back(number(parts_.roads.from[i]) + ">" + number(parts_.roads.to[i]));
    }
    return found;
  }

  ScratchFolder folder_;
  WorldParts parts_;
  ImportReport report_;
};

}  // namespace kontwin::testing
