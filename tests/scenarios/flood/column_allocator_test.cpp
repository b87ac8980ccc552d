#include "scenarios/flood/column_allocator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#include <set>
#include <vector>

namespace kontwin::flood {
namespace {

using Column = std::vector<float, ColumnAllocator<float>>;

std::uintptr_t place_of(const Column& column) {
  return reinterpret_cast<std::uintptr_t>(column.data());
}

TEST(ColumnAllocator, ColumnsOfAnyLengthBeginAtACacheLineAndKeepWhatIsWritten) {
  for (const std::size_t length : {1U, 100U, 262'143U, 262'144U, 524'288U, 3'000'001U}) {
    Column column(length, 1.5F);
    EXPECT_EQ(place_of(column) % column_alignment, 0) << length;
    column.back() = 2;
    Column longer = column;
    longer.resize(2 * length, 0.5F);
    EXPECT_EQ(std::ranges::count(longer, 1.5F), static_cast<std::ptrdiff_t>(length) - 1);
    EXPECT_EQ(longer[length - 1], 2);
    EXPECT_EQ(longer.back(), 0.5F);
  }
}

TEST(ColumnAllocator, LongColumnsBesideEachOtherBeginAtDifferentPlacesInAPage) {
  constexpr std::size_t cells = 1'000'000;
  std::set<std::uintptr_t> places;
  std::vector<Column> columns(7);
  for (Column& column : columns) {
    column.assign(cells, 0);
    places.insert(place_of(column) % 4096);
  }
  EXPECT_EQ(places.size(), columns.size());
}

TEST(ColumnAllocator, MoreThanThereIsIsRefused) {
  EXPECT_THROW(static_cast<void>(allocate_column(std::numeric_limits<std::size_t>::max() - 1)),
               std::bad_alloc);
}

}  // namespace
}  // namespace kontwin::flood
