#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace kontwin::hdf5 {

/// A file of bytes that moves from one commit to the next and is never seen in between, whenever
/// its process is killed and whenever the disk fills up. HDF5 has no such promise of its own: it
/// overwrites its indexes in place.
///
/// Writes are kept in memory, by page, until commit(). A commit first writes what lies beyond the
/// end of the last commit (nothing refers to it yet), then the pages it must overwrite into a
/// journal beside the file (`<file>.journal`), then those pages in place, then empties the journal.
/// A reader lays a whole journal over the file and ignores a torn one. Guards against the end of
/// the process, not against loss of power; sync() is for that. One thread at a time. A writer holds
/// a lock on the journal (flock), so that two never write the same file.
class CommitFile {
 public:
  /// Called before each system call that changes a file, with its name: tests kill or fail here.
  using Probe = std::function<void(const char* step)>;

  /// Makes an empty file, or empties the one that is there. Throws FileError, also when another
  /// writer is at it.
  static std::unique_ptr<CommitFile> create(const std::filesystem::path& path, Probe probe = {});
  /// Opens for reading; a whole journal that a killed writer left is laid over it. Throws
  /// FileError.
  static std::unique_ptr<CommitFile> open(const std::filesystem::path& path);
  /// Carries out the commit that a killed writer began and left whole in the journal, and removes
  /// the journal, whole or torn: then the file alone holds its last commit, for readers that know
  /// of no journal. True when the file was changed. May be killed at any moment and done again.
  /// Throws FileError when a writer is at it, and when it cannot be written.
  static bool mend(const std::filesystem::path& path, Probe probe = {});
  ~CommitFile();
  CommitFile(const CommitFile&) = delete;
  CommitFile& operator=(const CommitFile&) = delete;

  const std::string& path() const { return path_; }
  /// Bytes in the file, with what is not committed yet.
  std::uint64_t size() const { return size_; }
  /// Fills `target` from `offset` on, with zeros beyond the end. Throws FileError.
  void read(std::uint64_t offset, std::span<std::byte> target) const;
  /// Changes memory only.
  void write(std::uint64_t offset, std::span<const std::byte> data);
  void resize(std::uint64_t size) { size_ = size; }

  /// Makes everything written so far the content of the file. Throws FileError when it cannot be
  /// written (disk full): the file then stays at the last commit, and from then on writes are taken
  /// and forgotten, so that HDF5, which cannot give up, closes in peace.
  void commit();
  bool failed() const { return failed_; }
  /// Waits until the file is on the disk. Throws FileError.
  void sync();

 private:
  static constexpr std::size_t page_size = 16384;
  using Page = std::array<std::byte, page_size>;
  using Pages = std::map<std::uint64_t, std::unique_ptr<Page>>;  // by page number

  CommitFile(std::string path, int descriptor, Probe probe);
  void open_committed(int flags);
  void lock_journal(int flags);
  void drop_journal();
  Page& page_for_writing(std::uint64_t number);
  void read_file(std::uint64_t offset, std::span<std::byte> target) const;
  void write_page(std::uint64_t number, const Page& page, const char* step);
  void write_at(int descriptor, std::uint64_t offset, std::span<const std::byte> data,
                const std::string& path, const char* step);
  void write_journal(Pages::const_iterator end);
  bool overlay_journal();
  void write_in_place(Pages::const_iterator end);
  void commit_pages();
  void probe(const char* step) const;
  [[noreturn]] void fail(const std::string& path, const char* what) const;

  std::string path_;
  int descriptor_ = -1;
  int journal_ = -1;
  Probe probe_;
  std::uint64_t size_ = 0;
  std::uint64_t committed_ = 0;  // bytes of the file that the last commit refers to
  bool journal_counts_ = false;  // the journal is whole: the file must be read through it
  bool failed_ = false;
  Pages pages_;
};

/// Where the journal of a file is.
std::filesystem::path journal_of(const std::filesystem::path& path);

}  // namespace kontwin::hdf5
