#include "scenarios/evacuation/plan/max_flow.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "twin/error.hpp"

namespace kontwin::evacuation {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;

/// A direction of an arc, as the search meets it at its tail.
struct Half {
  std::uint32_t head;
  std::uint32_t way;  // twice the arc, and 1 where it is met at its head
};

template <typename Count>
class PushRelabel {
 public:
  PushRelabel(const FlowNetwork& network, Amount most);

  /// Moves what is in excess anywhere towards `target`, as far as it can get there; `other` takes
  /// part as a place to pass through, never as one that holds anything.
  void discharge_all(std::uint32_t target, std::uint32_t other);
  void fill(std::uint32_t source);

  Amount excess(std::uint32_t node) const { return excess_[node]; }
  bool reaches(std::uint32_t node) const { return label_[node] < nodes_; }
  Amount flow(std::uint32_t arc) const { return residual_[2 * std::size_t{arc} + 1]; }

 private:
  void label_all();
  void discharge(std::uint32_t node);
  void relabel(std::uint32_t node);
  void close_gap(std::uint32_t empty);
  void push(std::uint32_t node, Half half);

  void activate(std::uint32_t node) {
    const std::uint32_t label = label_[node];
    next_active_[node] = active_[label];
    active_[label] = node;
    highest_active_ = std::max(highest_active_, label);
  }
  void add_resting(std::uint32_t node) {
    const std::uint32_t label = label_[node];
    const std::uint32_t after = resting_[label];
    next_resting_[node] = after;
    previous_resting_[node] = none;
    if (after != none) previous_resting_[after] = node;
    resting_[label] = node;
    highest_label_ = std::max(highest_label_, label);
  }
  void remove_resting(std::uint32_t node) {
    const std::uint32_t after = next_resting_[node];
    const std::uint32_t before = previous_resting_[node];
    if (before == none) {
      resting_[label_[node]] = after;
    } else {
      next_resting_[before] = after;
    }
    if (after != none) previous_resting_[after] = before;
  }

  std::uint32_t nodes_;
  std::vector<Half> halves_;
  std::vector<std::uint32_t> begin_;  // [node] and an end: its halves
  std::vector<Count> residual_;       // [way] what the arc can carry more that way
  std::vector<Count> excess_;
  std::vector<std::uint32_t> label_, current_;
  // By label: nodes in excess as stacks, the others as lists that any of them can leave.
  std::vector<std::uint32_t> active_, next_active_;
  std::vector<std::uint32_t> resting_, next_resting_, previous_resting_;
  std::vector<std::uint32_t> queue_;
  std::uint32_t highest_active_ = 0, highest_label_ = 0;
  std::uint32_t target_ = 0, other_ = 0;
  std::size_t work_ = 0;
};

template <typename Count>
PushRelabel<Count>::PushRelabel(const FlowNetwork& network, Amount most)
    : nodes_(network.nodes),
      halves_(2 * network.arcs()),
      begin_(network.nodes + 1, 0),
      residual_(2 * network.arcs()),
      excess_(network.nodes, 0),
      label_(network.nodes, 0),
      current_(network.nodes),
      active_(network.nodes + 1, none),
      next_active_(network.nodes),
      resting_(network.nodes + 1, none),
      next_resting_(network.nodes),
      previous_resting_(network.nodes) {
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    ++begin_[network.from[arc] + 1];
    ++begin_[network.to[arc] + 1];
  }
  for (std::uint32_t node = 0; node < nodes_; ++node) begin_[node + 1] += begin_[node];
  std::vector<std::uint32_t> place(begin_.begin(), begin_.end() - 1);
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    const auto way = static_cast<std::uint32_t>(2 * arc);
    halves_[place[network.from[arc]]++] = {network.to[arc], way};
    halves_[place[network.to[arc]]++] = {network.from[arc], way + 1};
    // One more than anything needs, so that an arc which is full is full by its own capacity.
    residual_[way] = static_cast<Count>(std::min(network.capacity[arc], most + 1));
  }
}

template <typename Count>
void PushRelabel<Count>::fill(std::uint32_t source) {
  for (std::uint32_t at = begin_[source]; at < begin_[source + 1]; ++at) {
    const Half half = halves_[at];
    const Count amount = residual_[half.way];
    if (amount == 0 || half.head == source) continue;
    excess_[half.head] += amount;
    excess_[source] -= amount;
    residual_[half.way ^ 1U] += amount;
    residual_[half.way] = 0;
  }
}

template <typename Count>
void PushRelabel<Count>::label_all() {
  std::ranges::fill(label_, nodes_);
  std::ranges::fill(active_, none);
  std::ranges::fill(resting_, none);
  highest_active_ = highest_label_ = 0;
  queue_.clear();
  queue_.push_back(target_);
  label_[target_] = 0;
  for (std::size_t next = 0; next < queue_.size(); ++next) {
    const std::uint32_t node = queue_[next];
    current_[node] = begin_[node];
    for (std::uint32_t at = begin_[node]; at < begin_[node + 1]; ++at) {
      const std::uint32_t tail = halves_[at].head;
      if (label_[tail] != nodes_ || residual_[halves_[at].way ^ 1U] == 0) continue;
      label_[tail] = label_[node] + 1;
      queue_.push_back(tail);
      if (tail == other_) continue;
      if (excess_[tail] > 0) {
        activate(tail);
      } else {
        add_resting(tail);
      }
    }
  }
  work_ = 0;
}

template <typename Count>
void PushRelabel<Count>::push(std::uint32_t node, Half half) {
  const Count amount = std::min(excess_[node], residual_[half.way]);
  residual_[half.way] -= amount;
  residual_[half.way ^ 1U] += amount;
  excess_[node] -= amount;
  if (excess_[half.head] == 0 && half.head != target_ && half.head != other_) {
    remove_resting(half.head);
    activate(half.head);
  }
  excess_[half.head] += amount;
}

template <typename Count>
void PushRelabel<Count>::close_gap(std::uint32_t empty) {
  // Nobody has this label, so from above it nothing reaches the target any more.
  for (std::uint32_t label = empty + 1; label <= highest_label_; ++label) {
    for (std::uint32_t node = resting_[label]; node != none; node = next_resting_[node]) {
      label_[node] = nodes_;
    }
    resting_[label] = none;
  }
  highest_label_ = empty;
}

template <typename Count>
void PushRelabel<Count>::relabel(std::uint32_t node) {
  std::uint32_t least = nodes_;
  for (std::uint32_t at = begin_[node]; at < begin_[node + 1]; ++at) {
    const Half half = halves_[at];
    if (label_[half.head] + 1 >= least || residual_[half.way] == 0) continue;
    least = label_[half.head] + 1;
    current_[node] = at;
  }
  label_[node] = least;
  work_ += 12 + begin_[node + 1] - begin_[node];
}

template <typename Count>
void PushRelabel<Count>::discharge(std::uint32_t node) {
  for (;;) {
    const std::uint32_t label = label_[node];
    std::uint32_t& at = current_[node];
    for (; at < begin_[node + 1]; ++at) {
      const Half half = halves_[at];
      if (label_[half.head] + 1 != label || residual_[half.way] == 0) continue;
      push(node, half);
      if (excess_[node] == 0) {
        add_resting(node);
        return;
      }
    }
    // It leaves its label; with it, perhaps, the last that had it.
    if (resting_[label] == none && active_[label] == none) {
      close_gap(label);
      label_[node] = nodes_;
      return;
    }
    relabel(node);
    if (label_[node] >= nodes_) return;
    highest_label_ = std::max(highest_label_, label_[node]);
  }
}

template <typename Count>
void PushRelabel<Count>::discharge_all(std::uint32_t target, std::uint32_t other) {
  target_ = target;
  other_ = other;
  label_all();
  // Enough discharging pays for finding all distances anew.
  const std::size_t enough = 12 * std::size_t{nodes_} + halves_.size();
  while (true) {
    while (highest_active_ > 0 && active_[highest_active_] == none) --highest_active_;
    if (highest_active_ == 0) break;
    const std::uint32_t node = active_[highest_active_];
    active_[highest_active_] = next_active_[node];
    discharge(node);
    if (work_ > enough) label_all();
  }
  label_all();
}

/// What leaves the source at most.
Amount checked(const FlowNetwork& network, std::uint32_t source, std::uint32_t sink) {
  if (source == sink) throw ScenarioError("maximum flow: source and sink are the same node");
  if (source >= network.nodes || sink >= network.nodes) {
    throw ScenarioError("maximum flow: source or sink is not a node of the network");
  }
  Amount leaves = 0;
  for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
    if (network.from[arc] >= network.nodes || network.to[arc] >= network.nodes) {
      throw ScenarioError("maximum flow: arc " + std::to_string(arc) + " ends at no node");
    }
    if (network.capacity[arc] < 0 || network.capacity[arc] > boundless) {
      throw ScenarioError("maximum flow: arc " + std::to_string(arc) +
                          " has a capacity below 0 or without end");
    }
    if (network.from[arc] == source)
      leaves = std::min(2 * boundless, leaves + network.capacity[arc]);
  }
  if (leaves > boundless) {
    throw ScenarioError("maximum flow: more leaves the source than can be counted");
  }
  return leaves;
}

template <typename Count>
MaxFlow solve(const FlowNetwork& network, std::uint32_t source, std::uint32_t sink,
              FlowAnswer answer, Amount most) {
  PushRelabel<Count> search(network, most);
  search.fill(source);
  search.discharge_all(sink, source);
  MaxFlow found;
  found.value = search.excess(sink);
  found.source_side.resize(network.nodes);
  for (std::uint32_t node = 0; node < network.nodes; ++node) {
    found.source_side[node] = search.reaches(node) ? 0 : 1;
  }
  if (answer == FlowAnswer::cut) return found;
  // What did not get through goes back to where it came from.
  search.discharge_all(source, sink);
  found.flow.reserve(network.arcs());
  for (std::uint32_t arc = 0; arc < network.arcs(); ++arc) {
    found.flow.push_back(search.flow(arc));
  }
  return found;
}

}  // namespace

MaxFlow maximum_flow(const FlowNetwork& network, std::uint32_t source, std::uint32_t sink,
                     FlowAnswer answer) {
  const Amount most = checked(network, source, sink);
  // No arc needs to carry more than leaves the source; small numbers make it a good deal faster.
  const bool small = most <= std::numeric_limits<std::int32_t>::max() / 2 - 1;
  return small ? solve<std::int32_t>(network, source, sink, answer, most)
               : solve<std::int64_t>(network, source, sink, answer, most);
}

}  // namespace kontwin::evacuation
