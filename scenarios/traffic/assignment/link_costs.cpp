#include "scenarios/traffic/assignment/link_costs.hpp"

#include <cmath>
#include <string>

#include "scenarios/traffic/assignment/cost_kernel.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

void require(bool right, std::size_t link, const std::string& reason) {
  if (!right) throw ScenarioError("cost of link " + std::to_string(link) + ": " + reason);
}
bool proper(double number) { return std::isfinite(number) && number >= 0; }

/// The integral of sqrt(w^2 + beta^2).
double root_integral(double w, double beta) {
  return (w * std::sqrt(w * w + beta * beta) + beta * beta * std::asinh(w / beta)) / 2;
}

double conical_integral(double x, double alpha) {
  const double beta = conical_beta(alpha);
  return 2 * x - alpha * (x - x * x / 2) - beta * x +
         (root_integral(alpha, beta) - root_integral(alpha * (1 - x), beta)) / alpha;
}

double table_integral(std::span<const CostPoint> table, double flow) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < table.size(); ++i) {
    const bool last = i + 2 == table.size();
    const double to = last ? flow : std::min(flow, table[i + 1].flow);
    if (to <= table[i].flow) break;
    const double along = to - table[i].flow;
    const double slope = (table[i + 1].cost - table[i].cost) / (table[i + 1].flow - table[i].flow);
    sum += along * (table[i].cost + slope * along / 2);
  }
  return sum;
}

}  // namespace

void LinkCosts::add(CostKind which, double base_cost, double scaled, double shaped, double room) {
  kind.push_back(which);
  base.push_back(base_cost);
  scale.push_back(scaled);
  shape.push_back(shaped);
  capacity.push_back(room);
  row.push_back(static_cast<std::uint32_t>(points.size()));
  end.push_back(static_cast<std::uint32_t>(points.size()));
}

void LinkCosts::add_constant(double cost) {
  require(proper(cost), size(), "not a number of 0 or more");
  add(CostKind::constant, cost, 0, 0, 0);
}

void LinkCosts::add_linear(double fixed, double slope) {
  require(proper(fixed) && proper(slope), size(), "not numbers of 0 or more");
  add(slope > 0 ? CostKind::linear : CostKind::constant, fixed, slope, 1, 0);
}

void LinkCosts::add_bpr(double free, double b, double room, double exponent, double extra) {
  require(proper(free) && proper(b) && proper(exponent) && proper(extra), size(),
          "not numbers of 0 or more");
  if (free * b == 0 || exponent == 0) {
    add(CostKind::constant, free * (exponent == 0 ? 1 + b : 1) + extra, 0, 0, 0);
    return;
  }
  require(std::isfinite(room) && room > 0, size(), "the capacity is not above 0");
  const double scaled = free * b / std::pow(room, exponent);
  require(std::isfinite(scaled) && scaled > 0, size(), "the exponent is too large");
  const CostKind which = exponent == 4   ? CostKind::fourth_power
                         : exponent == 1 ? CostKind::linear
                                         : CostKind::power;
  add(which, free + extra, scaled, exponent, room);
}

void LinkCosts::add_conical(double free, double room, double alpha, double extra) {
  require(proper(free) && proper(extra), size(), "not numbers of 0 or more");
  require(std::isfinite(room) && room > 0, size(), "the capacity is not above 0");
  require(std::isfinite(alpha) && alpha > 1, size(), "alpha is not above 1");
  add(CostKind::conical, extra, free, alpha, room);
}

void LinkCosts::add_table(std::span<const CostPoint> table) {
  require(table.size() >= 2, size(), "a table needs two points");
  require(table.front().flow == 0, size(), "a table begins at flow 0");
  for (std::size_t i = 0; i < table.size(); ++i) {
    require(proper(table[i].flow) && proper(table[i].cost), size(), "not numbers of 0 or more");
    if (i == 0) continue;
    require(table[i].flow > table[i - 1].flow, size(), "the flows of a table must rise");
    require(table[i].cost >= table[i - 1].cost, size(), "the costs of a table must not fall");
  }
  add(CostKind::table, table.front().cost, 0, 0, 0);
  points.insert(points.end(), table.begin(), table.end());
  end.back() = static_cast<std::uint32_t>(points.size());
}

double LinkCosts::cost(std::size_t link, double flow) const {
  PricedLink priced = priced_link(*this, link);
  priced.flow = flow;
  price(priced, *this);
  return priced.cost;
}

double LinkCosts::slope(std::size_t link, double flow) const {
  PricedLink priced = priced_link(*this, link);
  priced.flow = flow;
  price(priced, *this);
  return priced.slope;
}

double LinkCosts::integral(std::size_t link, double flow) const {
  switch (kind[link]) {
    case CostKind::conical:
      return base[link] * flow +
             scale[link] * capacity[link] * conical_integral(flow / capacity[link], shape[link]);
    case CostKind::conical_marginal:
      return flow * (base[link] + scale[link] * cone_at(flow / capacity[link], shape[link]).value);
    case CostKind::table:
      return table_integral(std::span(points).subspan(row[link], end[link] - row[link]), flow);
    case CostKind::constant:
      return base[link] * flow;
    case CostKind::linear:
    case CostKind::fourth_power:
    case CostKind::power:
      break;
  }
  return flow * (base[link] + scale[link] * std::pow(flow, shape[link]) / (shape[link] + 1));
}

LinkCosts LinkCosts::marginal() const {
  LinkCosts result = *this;
  for (std::size_t link = 0; link < size(); ++link) {
    require(kind[link] != CostKind::table && kind[link] != CostKind::conical_marginal, link,
            "its marginal cost is not continuous");
    if (kind[link] == CostKind::conical) result.kind[link] = CostKind::conical_marginal;
    if (kind[link] != CostKind::conical) result.scale[link] *= shape[link] + 1;
  }
  return result;
}

}  // namespace kontwin::traffic
