#pragma once

#include <cstddef>

namespace kontwin::flood {

/// Where columns begin: at a cache line, which is what the longest vectors ask for.
inline constexpr std::size_t column_alignment = 64;

/// Memory for a column of `bytes`, at `column_alignment`. Long columns are asked for in huge pages,
/// since a block of cells touches a page of its own for every row of every column, and begin at
/// different places within a page, since columns that all begin at the same place want the same
/// lines of the cache. Throws std::bad_alloc.
void* allocate_column(std::size_t bytes);
/// Gives back what `allocate_column` gave for as many bytes.
void free_column(void* column, std::size_t bytes) noexcept;

/// The allocator of the columns of a grid that its kernels run over.
template <typename Value>
struct ColumnAllocator {
  using value_type = Value;

  ColumnAllocator() = default;
  template <typename Other>
  explicit(false) ColumnAllocator(const ColumnAllocator<Other>& /*other*/) {}

  Value* allocate(std::size_t count) {
    return static_cast<Value*>(allocate_column(count * sizeof(Value)));
  }
  void deallocate(Value* column, std::size_t count) noexcept {
    free_column(column, count * sizeof(Value));
  }
  friend bool operator==(const ColumnAllocator&, const ColumnAllocator&) { return true; }
};

}  // namespace kontwin::flood
