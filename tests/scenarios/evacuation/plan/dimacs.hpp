#pragma once

#include <cstdio>
#include <istream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/evacuation/plan/flow_network.hpp"
#include "twin/error.hpp"

namespace kontwin::testing {

/// A network in the formats of the first DIMACS implementation challenge (1991): `p max` with a
/// source and a sink, or `p min` with supplies.
struct DimacsNetwork {
  evacuation::FlowNetwork network;
  std::uint32_t source = 0, sink = 0;
  std::vector<evacuation::Amount> supply;  ///< [node] of `p min`
};

/// Throws FileError with the line for whatever does not follow the format. Lower bounds other than
/// 0 are refused: no reference here has any.
inline DimacsNetwork read_dimacs(std::istream& stream, const std::string& name) {
  DimacsNetwork read;
  std::string text, kind;
  std::size_t arcs = 0;
  for (long line = 1; std::getline(stream, text); ++line) {
    const auto check = [&](bool fine, const char* reason) {
      if (!fine) throw FileError(name, line, reason);
    };
    std::istringstream fields(text);
    char what = 'c';
    if (!(fields >> what) || what == 'c') continue;
    const auto node = [&] {
      std::uint32_t number = 0;
      check(bool(fields >> number) && number >= 1 && number <= read.network.nodes, "no such node");
      return number - 1;
    };
    check(what == 'p' || !kind.empty(), "comes before the line with p");
    if (what == 'p') {
      check(kind.empty(), "a second line with p");
      check(fields >> kind >> read.network.nodes >> arcs && (kind == "max" || kind == "min"),
            "has to be: p max|min NODES ARCS");
      read.supply.assign(read.network.nodes, 0);
    } else if (what == 'n' && kind == "max") {
      const std::uint32_t which = node();
      std::string role;
      check(fields >> role && (role == "s" || role == "t"), "has to be: n NODE s|t");
      (role == "s" ? read.source : read.sink) = which;
    } else if (what == 'n') {
      const std::uint32_t which = node();
      check(bool(fields >> read.supply[which]), "has to be: n NODE SUPPLY");
    } else if (what == 'a') {
      const std::uint32_t from = node();
      const std::uint32_t to = node();
      evacuation::Amount least = 0, most = 0;
      std::int64_t cost = 0;
      if (kind == "min") {
        check(fields >> least >> most >> cost && least == 0, "has to be: a FROM TO 0 MOST COST");
      } else {
        check(bool(fields >> most), "has to be: a FROM TO CAPACITY");
      }
      check(most >= 0, "a capacity below 0");
      read.network.add(from, to, most, cost);
    } else {
      check(false, "begins with none of c, p, n, a");
    }
  }
  if (kind.empty()) throw FileError(name, "holds no line with p");
  if (read.network.arcs() != arcs) throw FileError(name, "has not as many arcs as it says");
  return read;
}

/// One of NetworkX's own test networks, as tests/support/networkx_as_dimacs prints it; nothing
/// where NetworkX is not installed. Its name is one of ours, so no shell ever sees what others
/// wrote.
inline std::optional<DimacsNetwork> networkx_network(const std::string& name) {
  const std::string command = KONTWIN_SOURCE_DIR "/tests/support/networkx_as_dimacs " + name;
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  char buffer[1 << 16];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
    text.append(buffer, count);
  }
  if (pclose(pipe) != 0) return std::nullopt;
  std::istringstream stream(text);
  return read_dimacs(stream, name);
}

}  // namespace kontwin::testing
