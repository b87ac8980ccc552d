#include "actors/mirror_core.hpp"

#include <algorithm>

namespace kontwin {

MirrorCore::MirrorCore(std::shared_ptr<const World> its_world, const MirrorOptions& its_options)
    : world(std::move(its_world)),
      options(its_options),
      live(StateTable(*world)),
      neighbours(*world),
      due(std::make_unique<std::atomic<std::int64_t>[]>(world->size())),
      newest_(world->size() * max_columns, Instant::min()) {
  std::size_t first = 0;
  for (const Kind kind : all_kinds()) {
    first_[index_of(kind)] = first;
    first += world->entities(kind).size();
  }
  actors.reserve(first);
  for (std::size_t number = 0; number < first; ++number) {
    due[number].store(never, std::memory_order_relaxed);
  }
}

std::uint64_t MirrorCore::admit(std::uint64_t wanted) {
  std::uint64_t under_way = queued.load(std::memory_order_relaxed);
  std::uint64_t admitted = 0;
  do {
    const std::uint64_t room =
        options.queue_limit > under_way ? options.queue_limit - under_way : 0;
    admitted = std::min(wanted, room);
  } while (!queued.compare_exchange_weak(under_way, under_way + admitted));
  return admitted;
}

}  // namespace kontwin
