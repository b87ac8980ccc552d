#include "io/hdf5/commit_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "twin/content_hash.hpp"
#include "twin/error.hpp"

namespace kontwin::hdf5 {

namespace {

constexpr std::string_view magic = "KTWJRNL1";

struct JournalHeader {
  std::array<char, 8> magic{};
  std::uint64_t size = 0;   // of the file after the commit
  std::uint64_t pages = 0;  // each: its number, then its bytes
};

std::string hash_of(const char* data, std::size_t bytes) {
  ContentHash hash;
  hash.add_bytes(data, bytes);
  return hash.finish();
}
constexpr std::size_t hash_length = 64;

}  // namespace

std::filesystem::path journal_of(const std::filesystem::path& path) {
  return path.string() + ".journal";
}

CommitFile::CommitFile(std::string path, int descriptor, Probe probe)
    : path_(std::move(path)), descriptor_(descriptor), probe_(std::move(probe)) {}

CommitFile::~CommitFile() {
  drop_journal();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void CommitFile::fail(const std::string& path, const char* what) const {
  throw FileError(path, std::string(what) + ": " + std::strerror(errno));
}

void CommitFile::probe(const char* step) const {
  if (probe_) probe_(step);
}

/// Opens the journal and locks it. Its last holder may remove it in between: then that lock is on a
/// file that is gone, and it is tried again.
void CommitFile::lock_journal(int flags) {
  const std::string name = journal_of(path_).string();
  while (true) {
    journal_ = ::open(name.c_str(), flags | O_CLOEXEC, 0644);
    if (journal_ < 0 && errno == ENOENT && (flags & O_CREAT) == 0) return;
    if (journal_ < 0) fail(name, "cannot be opened for writing");
    // A file system without locks leaves it to the user that no two write the same file.
    if (::flock(journal_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(std::exchange(journal_, -1));
      throw FileError(path_, "is being written at this moment");
    }
    struct stat held {};
    struct stat named {};
    if (::fstat(journal_, &held) == 0 && ::stat(name.c_str(), &named) == 0 &&
        held.st_ino == named.st_ino) {
      return;
    }
    ::close(std::exchange(journal_, -1));
  }
}

void CommitFile::drop_journal() {
  if (journal_ < 0) return;
  if (!journal_counts_) ::unlink(journal_of(path_).c_str());
  ::close(std::exchange(journal_, -1));
}

std::unique_ptr<CommitFile> CommitFile::create(const std::filesystem::path& path, Probe probe) {
  std::unique_ptr<CommitFile> file(new CommitFile(path.string(), -1, std::move(probe)));
  file->lock_journal(O_RDWR | O_CREAT);
  // The old file goes before its journal is emptied, and the journal before there is a new file: so
  // that a journal never lies beside a file it does not belong to.
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) std::filesystem::remove(path, ignored);
  if (::ftruncate(file->journal_, 0) != 0) file->fail(journal_of(path), "cannot be emptied");
  file->descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file->descriptor_ < 0) file->fail(file->path_, "cannot be created");
  return file;
}

std::unique_ptr<CommitFile> CommitFile::open(const std::filesystem::path& path) {
  std::unique_ptr<CommitFile> file(new CommitFile(path.string(), -1, {}));
  file->open_committed(O_RDONLY);
  file->overlay_journal();
  return file;
}

bool CommitFile::mend(const std::filesystem::path& path, Probe probe) {
  CommitFile file(path.string(), -1, std::move(probe));
  file.open_committed(O_RDWR);
  file.lock_journal(O_RDWR);
  if (file.journal_ < 0) return false;
  file.journal_counts_ = file.overlay_journal();
  if (!file.journal_counts_) return false;
  file.write_in_place(file.pages_.cend());
  // Only once the file is on the disk may the journal go.
  file.sync();
  file.probe("remove journal");
  file.journal_counts_ = false;
  return true;
}

void CommitFile::open_committed(int flags) {
  descriptor_ = ::open(path_.c_str(), flags | O_CLOEXEC);
  if (descriptor_ < 0) {
    fail(path_, flags == O_RDONLY ? "cannot be opened" : "cannot be opened for writing");
  }
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail(path_, "cannot be read");
  if (!S_ISREG(status.st_mode)) throw FileError(path_, "is not a file");
  size_ = static_cast<std::uint64_t>(status.st_size);
  committed_ = size_;
}

void CommitFile::read_file(std::uint64_t offset, std::span<std::byte> target) const {
  while (!target.empty()) {
    const ssize_t count =
        ::pread(descriptor_, target.data(), target.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path_, "cannot be read");
    if (count == 0) break;
    offset += static_cast<std::uint64_t>(count);
    target = target.subspan(static_cast<std::size_t>(count));
  }
  std::ranges::fill(target, std::byte{0});
}

void CommitFile::read(std::uint64_t offset, std::span<std::byte> target) const {
  if (pages_.empty()) return read_file(offset, target);
  while (!target.empty()) {
    const std::uint64_t number = offset / page_size;
    const std::size_t within = offset % page_size;
    const auto next = pages_.lower_bound(number);
    std::size_t count = 0;
    if (next != pages_.end() && next->first == number) {
      count = std::min(page_size - within, target.size());
      std::memcpy(target.data(), next->second->data() + within, count);
    } else {
      // Everything up to the next page in memory comes from the file in one go.
      count = target.size();
      if (next != pages_.end()) {
        count = std::min<std::uint64_t>(count, next->first * page_size - offset);
      }
      read_file(offset, target.first(count));
    }
    offset += count;
    target = target.subspan(count);
  }
}

CommitFile::Page& CommitFile::page_for_writing(std::uint64_t number) {
  std::unique_ptr<Page>& page = pages_[number];
  if (!page) {
    page = std::make_unique<Page>();
    if (number * page_size < committed_) read_file(number * page_size, *page);
  }
  return *page;
}

void CommitFile::write(std::uint64_t offset, std::span<const std::byte> data) {
  size_ = std::max(size_, offset + data.size());
  while (!data.empty()) {
    const std::size_t within = offset % page_size;
    const std::size_t count = std::min(page_size - within, data.size());
    std::memcpy(page_for_writing(offset / page_size).data() + within, data.data(), count);
    offset += count;
    data = data.subspan(count);
  }
}

void CommitFile::write_at(int descriptor, std::uint64_t offset, std::span<const std::byte> data,
                          const std::string& path, const char* step) {
  while (!data.empty()) {
    probe(step);
    const ssize_t count =
        ::pwrite(descriptor, data.data(), data.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, "cannot be written");
    offset += static_cast<std::uint64_t>(count);
    data = data.subspan(static_cast<std::size_t>(count));
  }
}

void CommitFile::write_page(std::uint64_t number, const Page& page, const char* step) {
  const std::uint64_t offset = number * page_size;
  if (offset >= size_) return;
  const auto bytes = std::min<std::uint64_t>(page_size, size_ - offset);
  write_at(descriptor_, offset, std::span(page).first(bytes), path_, step);
}

void CommitFile::write_journal(Pages::const_iterator end) {
  JournalHeader header;
  std::ranges::copy(magic, header.magic.begin());
  header.size = size_;
  std::string journal(sizeof header, '\0');
  for (auto page = pages_.cbegin(); page != end; ++page) {
    journal.append(reinterpret_cast<const char*>(&page->first), sizeof page->first);
    journal.append(reinterpret_cast<const char*>(page->second->data()), page_size);
    ++header.pages;
  }
  std::memcpy(journal.data(), &header, sizeof header);
  journal += hash_of(journal.data(), journal.size());
  write_at(journal_, 0, std::as_bytes(std::span(journal)), journal_of(path_), "write journal");
}

bool CommitFile::overlay_journal() {
  std::ifstream stream(journal_of(path_), std::ios::binary);
  if (!stream) return false;
  const std::string journal{std::istreambuf_iterator<char>(stream), {}};
  JournalHeader header;
  if (journal.size() < sizeof header + hash_length) return false;
  std::memcpy(&header, journal.data(), sizeof header);
  const std::size_t content = journal.size() - hash_length;
  constexpr std::size_t entry = sizeof(std::uint64_t) + page_size;
  const bool whole = std::string_view(header.magic.data(), magic.size()) == magic &&
                     (content - sizeof header) / entry == header.pages &&
                     (content - sizeof header) % entry == 0 &&
                     std::string_view(journal).substr(content) == hash_of(journal.data(), content);
  // Killed while it was written: the file itself is still the last commit.
  if (!whole) return false;
  for (std::size_t at = sizeof header; at < content; at += entry) {
    std::uint64_t number = 0;
    std::memcpy(&number, journal.data() + at, sizeof number);
    auto page = std::make_unique<Page>();
    std::memcpy(page->data(), journal.data() + at + sizeof number, page_size);
    pages_[number] = std::move(page);
  }
  size_ = header.size;
  return true;
}

void CommitFile::write_in_place(Pages::const_iterator end) {
  for (auto page = pages_.cbegin(); page != end; ++page) {
    write_page(page->first, *page->second, "write in place");
  }
  if (size_ < committed_ && ::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
    fail(path_, "cannot be shortened");
  }
}

void CommitFile::commit_pages() {
  // What lies beyond the last commit; the first page last, for without it there is no HDF5 file.
  const auto beyond = pages_.lower_bound((committed_ + page_size - 1) / page_size);
  for (auto page = pages_.end(); page != beyond;) {
    --page;
    write_page(page->first, *page->second, "write beyond");
  }
  if (size_ > committed_) {
    probe("extend");
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) fail(path_, "cannot be written");
  }
  if (pages_.begin() != beyond) {
    write_journal(beyond);
    journal_counts_ = true;
  }
  write_in_place(beyond);
  if (journal_counts_) {
    probe("empty journal");
    if (::ftruncate(journal_, 0) != 0) fail(journal_of(path_), "cannot be emptied");
    journal_counts_ = false;
  }
  committed_ = size_;
  pages_.clear();
}

void CommitFile::commit() {
  if (failed_) throw FileError(path_, "an earlier write to it failed");
  try {
    commit_pages();
  } catch (...) {
    failed_ = true;
    // Give back what the file does not refer to. A file that must be read through its journal keeps
    // all it has.
    if (!journal_counts_) {
      [[maybe_unused]] const int shrunk = ::ftruncate(descriptor_, static_cast<off_t>(committed_));
    }
    throw;
  }
}

void CommitFile::sync() {
  if (!failed_ && ::fsync(descriptor_) != 0) fail(path_, "cannot be synced");
}

}  // namespace kontwin::hdf5
