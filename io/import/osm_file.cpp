#include "io/import/osm_file.hpp"

#include <algorithm>
#include <osmium/io/any_input.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>
#include <string>

#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr std::array<const char*, 11> place_keys{
    "amenity",  "healthcare", "emergency", "social_facility", "tourism", "office",
    "waterway", "power",      "man_made",  "highway",         "building"};

bool may_matter(const osmium::TagList& tags) {
  return std::ranges::any_of(place_keys, [&tags](const char* key) { return tags.has_key(key); });
}

OsmTags copy_of(const osmium::TagList& list) {
  OsmTags tags;
  for (const osmium::Tag& tag : list) tags.add(tag.key(), tag.value());
  return tags;
}

/// Of elements with the same id the last in the file counts, as the newer version; how many went.
template <typename Element>
std::size_t keep_last_of_each(std::vector<Element>& elements) {
  std::ranges::stable_sort(elements, {}, &Element::id);
  const auto same = [](const Element& a, const Element& b) { return a.id == b.id; };
  const auto kept = std::unique(elements.rbegin(), elements.rend(), same).base();
  const auto gone = static_cast<std::size_t>(kept - elements.begin());
  elements.erase(elements.begin(), kept);
  return gone;
}

/// Calls `visit` with every object of the wanted kinds. Whatever goes wrong becomes a FileError
/// that names the place as well as the library knows it.
template <typename Visit>
void for_each_object(const std::filesystem::path& path, osmium::osm_entity_bits::type kinds,
                     const Visit& visit) {
  std::optional<osmium::io::Reader> reader;
  const auto where = [&] {
    return reader ? " (after " + std::to_string(reader->offset()) + " of " +
                        std::to_string(reader->file_size()) + " bytes)"
                  : std::string();
  };
  try {
    const osmium::io::File file(path.string());
    reader.emplace(file, kinds);
    while (const osmium::memory::Buffer buffer = reader->read()) {
      for (const auto& item : buffer) visit(item);
    }
    reader->close();
  } catch (const osmium::xml_error& error) {
    if (error.line == 0) {
      throw FileError(path.string(), "is not valid OSM XML (" + error.error_string + ")");
    }
    throw FileError(path.string(), static_cast<long>(error.line),
                    "column " + std::to_string(error.column) + ": is not valid OSM XML (" +
                        error.error_string + ")");
  } catch (const std::exception& error) {
    throw FileError(path.string(),
                    "cannot be read to its end: " + std::string(error.what()) + where());
  }
}

}  // namespace

OsmFile OsmFile::read(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    throw FileError(path.string(), "there is no such file");
  }
  OsmFile file;
  const auto take_way = [&file](const osmium::memory::Item& item) {
    if (item.type() == osmium::item_type::relation) {
      const auto& relation = static_cast<const osmium::Relation&>(item);
      if (may_matter(relation.tags())) ++file.relations_;
      return;
    }
    const auto& way = static_cast<const osmium::Way&>(item);
    if (!way.visible() || !may_matter(way.tags())) return;
    OsmWay copy{.id = way.id(), .tags = copy_of(way.tags()), .nodes = {}};
    copy.nodes.reserve(way.nodes().size());
    for (const auto& node : way.nodes()) copy.nodes.push_back(node.ref());
    file.ways_.push_back(std::move(copy));
  };
  for_each_object(path, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation, take_way);
  file.repeated_ += keep_last_of_each(file.ways_);

  for (const OsmWay& way : file.ways_) {
    file.used_.insert(file.used_.end(), way.nodes.begin(), way.nodes.end());
  }
  std::ranges::sort(file.used_);
  file.used_.erase(std::unique(file.used_.begin(), file.used_.end()), file.used_.end());
  file.used_places_.resize(file.used_.size());

  const auto take_node = [&file](const osmium::memory::Item& item) {
    const auto& node = static_cast<const osmium::Node&>(item);
    if (!node.visible() || !node.location().valid()) return;
    const GeoPoint place{node.location().lon(), node.location().lat()};
    const auto found = std::ranges::lower_bound(file.used_, node.id());
    if (found != file.used_.end() && *found == node.id()) {
      file.used_places_[static_cast<std::size_t>(found - file.used_.begin())] = place;
    }
    if (may_matter(node.tags())) {
      file.nodes_.push_back({.id = node.id(), .tags = copy_of(node.tags()), .place = place});
    }
  };
  for_each_object(path, osmium::osm_entity_bits::node, take_node);
  file.repeated_ += keep_last_of_each(file.nodes_);
  return file;
}

std::optional<GeoPoint> OsmFile::place_of(std::int64_t node) const {
  const auto found = std::ranges::lower_bound(used_, node);
  if (found == used_.end() || *found != node) return std::nullopt;
  return used_places_[static_cast<std::size_t>(found - used_.begin())];
}

}  // namespace kontwin
