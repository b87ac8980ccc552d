#include "scenarios/flood/column_allocator.hpp"

#include <sys/mman.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace kontwin::flood {

namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;
/// From here on the rest of the last huge page is less than what the column itself takes.
constexpr std::size_t long_column_bytes = huge_page_bytes / 2;

/// By how much the next long column begins behind the beginning of its page: eight columns in a
/// row spread over all lines of a page.
std::size_t next_shift_bytes() {
  constexpr std::size_t shift_bytes = 576;
  constexpr unsigned shifts = 64;
  static_assert(shift_bytes % column_alignment == 0);
  static std::atomic<unsigned> columns = 0;
  return columns.fetch_add(1, std::memory_order_relaxed) % shifts * shift_bytes;
}

}  // namespace

void* allocate_column(std::size_t bytes) {
  if (bytes < long_column_bytes) return ::operator new (bytes, std::align_val_t{column_alignment});
  const std::size_t shift = next_shift_bytes();
  const std::size_t whole =
      (bytes + shift + huge_page_bytes - 1) / huge_page_bytes * huge_page_bytes;
  if (whole < bytes) throw std::bad_alloc();
  void* const pages = std::aligned_alloc(huge_page_bytes, whole);
  if (pages == nullptr) throw std::bad_alloc();
  // A wish: where the system has no huge pages the column is as good, only slower.
  static_cast<void>(madvise(pages, whole, MADV_HUGEPAGE));
  return static_cast<std::byte*>(pages) + shift;
}

void free_column(void* column, std::size_t bytes) noexcept {
  if (bytes < long_column_bytes) {
    ::operator delete (column, std::align_val_t{column_alignment});
    return;
  }
  // A shift is less than a page.
  std::free(static_cast<std::byte*>(column) -
            reinterpret_cast<std::uintptr_t>(column) % huge_page_bytes);
}

}  // namespace kontwin::flood
