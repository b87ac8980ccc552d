#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/toml/toml_reader.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What the entities that edits name are called, and which they are: those of a world, or the links
/// and signals of a road network without one.
class EditPlaces {
 public:
  virtual ~EditPlaces() = default;

  /// The rows that the table at `field` selects. Throws FileError where it selects none.
  virtual std::vector<std::uint32_t> rows(TomlReader& table, std::string_view field,
                                          Kind kind) const = 0;
  /// The row of a name written at `field`. Throws FileError where there is none.
  virtual std::uint32_t row(const TomlReader& table, std::string_view field, Kind kind,
                            const std::string& name) const = 0;
  /// The junction that the table says at `field`: by its name, or by a place beside it.
  virtual std::uint32_t junction(TomlReader& table, std::string_view field) const = 0;
  virtual std::string name(Kind kind, std::uint32_t row) const = 0;
  virtual int lanes(std::uint32_t road) const = 0;
  /// The road that runs the other way between the same junctions; no_row where there is none.
  virtual std::uint32_t opposite(std::uint32_t road) const = 0;
  /// Null for a network without a world.
  virtual const World* world() const { return nullptr; }
};

/// Entities of a world by `where` tables (see select_rows) and URNs.
class WorldPlaces final : public EditPlaces {
 public:
  explicit WorldPlaces(const World& world) : world_(world) {}
  std::vector<std::uint32_t> rows(TomlReader& table, std::string_view field,
                                  Kind kind) const override;
  std::uint32_t row(const TomlReader& table, std::string_view field, Kind kind,
                    const std::string& name) const override;
  std::uint32_t junction(TomlReader& table, std::string_view field) const override;
  std::string name(Kind kind, std::uint32_t row) const override;
  int lanes(std::uint32_t road) const override;
  std::uint32_t opposite(std::uint32_t road) const override;
  const World* world() const override { return &world_; }

 private:
  const World& world_;
};

/// Links, junctions and signals of a network by the ids that its file gave them:
/// `{ links = ["a", "b"] }`, `{ street = "Trần Phú" }`, `{ all = true }`, `{ signals = ["K"] }`.
class NetworkPlaces final : public EditPlaces {
 public:
  explicit NetworkPlaces(const traffic::Network& network) : network_(network) {}
  std::vector<std::uint32_t> rows(TomlReader& table, std::string_view field,
                                  Kind kind) const override;
  std::uint32_t row(const TomlReader& table, std::string_view field, Kind kind,
                    const std::string& name) const override;
  std::uint32_t junction(TomlReader& table, std::string_view field) const override;
  std::string name(Kind kind, std::uint32_t row) const override;
  int lanes(std::uint32_t road) const override;
  std::uint32_t opposite(std::uint32_t road) const override;

 private:
  const traffic::Network& network_;
};

/// The junction of a world that is nearest to a place.
std::uint32_t nearest_junction(const World& world, LocalPoint place);

}  // namespace kontwin
