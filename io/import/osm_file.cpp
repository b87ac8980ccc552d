#include "io/import/osm_file.hpp"

#include <algorithm>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>
#include <string>

#include "io/import/osm_reading.hpp"

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

}  // namespace

OsmFile OsmFile::read(const std::filesystem::path& path,
                      const std::optional<LocalMoment>& rules_at) {
  OsmFile file;
  const auto note = [&file](const std::string& why, std::int64_t relation,
                            const std::string& text) {
    file.notes_.push_back({why, relation, text});
  };
  const auto take_way = [&](const osmium::memory::Item& item) {
    if (item.type() == osmium::item_type::relation) {
      const auto& relation = static_cast<const osmium::Relation&>(item);
      if (!relation.visible()) return;
      if (may_matter(relation.tags())) ++file.relations_;
      std::ranges::move(read_osm_restrictions(relation, rules_at, note),
                        std::back_inserter(file.restrictions_));
      return;
    }
    const auto& way = static_cast<const osmium::Way&>(item);
    if (!way.visible() || !may_matter(way.tags())) return;
    OsmWay copy{.id = way.id(), .tags = copy_of(way.tags()), .nodes = {}};
    copy.nodes.reserve(way.nodes().size());
    for (const auto& node : way.nodes()) copy.nodes.push_back(node.ref());
    file.ways_.push_back(std::move(copy));
  };
  for_each_osm_object(path, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation,
                      osmium::io::read_meta::yes, take_way);
  file.repeated_ += keep_last_of_each(file.ways_);
  std::ranges::stable_sort(file.restrictions_, {}, &OsmRestriction::id);

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
  for_each_osm_object(path, osmium::osm_entity_bits::node, osmium::io::read_meta::yes, take_node);
  file.repeated_ += keep_last_of_each(file.nodes_);
  return file;
}

std::optional<GeoPoint> OsmFile::place_of(std::int64_t node) const {
  const auto found = std::ranges::lower_bound(used_, node);
  if (found == used_.end() || *found != node) return std::nullopt;
  return used_places_[static_cast<std::size_t>(found - used_.begin())];
}

}  // namespace kontwin
