#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "io/hdf5/file.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::hdf5 {
namespace {

class CommitFileTest : public ::testing::Test {
 protected:
  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "file.h5";
};

constexpr std::size_t row_length = 3000;

/// A row whose every number tells which row it is.
std::vector<double> row_of(std::size_t row) {
  std::vector<double> values(row_length);
  for (std::size_t i = 0; i < row_length; ++i) {
    values[i] = static_cast<double>(row * 1'000'000 + i * 7919 % 10007);
  }
  return values;
}

/// Appends `rows` rows, each with a dataset of its own beside the growing one, and a commit each.
void write_rows(const std::filesystem::path& path, std::size_t rows, CommitFile::Probe probe,
                std::size_t* committed = nullptr) {
  File file = File::create(path, std::move(probe));
  Dataset grown = file.create_dataset("/grown", {.type = number_type<double>(),
                                                 .extent = {0, row_length},
                                                 .chunk = {1, row_length},
                                                 .grows = true,
                                                 .compressed = true,
                                                 .fill = nullptr});
  Dataset count = file.create_dataset("/count", {.type = number_type<std::uint64_t>(),
                                                 .extent = {0},
                                                 .chunk = {16},
                                                 .grows = true,
                                                 .compressed = false,
                                                 .fill = nullptr});
  file.commit();
  for (std::size_t row = 0; row < rows; ++row) {
    const auto values = row_of(row);
    grown.resize({row + 1, row_length});
    grown.write(number_type<double>(), {row, 0}, {1, row_length}, values.data());
    file.write("/own/" + std::to_string(row), std::span<const double>(values));
    count.resize({row + 1});
    const std::uint64_t number = row;
    count.write(number_type<std::uint64_t>(), {row}, {1}, &number);
    file.commit();
    if (committed != nullptr) *committed = row + 1;
  }
  file.close(false);
}

/// How many rows a file holds, after checking every one of them.
std::size_t check_rows(const std::filesystem::path& path) {
  const File file = File::open(path);
  const std::size_t rows = file.read<std::uint64_t>("/count").size();
  const Dataset grown = file.open_dataset("/grown");
  EXPECT_EQ(grown.extent().front(), rows);
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<double> values(row_length);
    grown.read(number_type<double>(), {row, 0}, {1, row_length}, values.data());
    EXPECT_EQ(values, row_of(row));
    EXPECT_EQ(file.read<double>("/own/" + std::to_string(row)), row_of(row));
  }
  return rows;
}

TEST_F(CommitFileTest, KeepsEveryCommitWhereverTheProcessEnds) {
  constexpr std::size_t rows = 4;
  std::size_t steps = 0;
  write_rows(file, rows, [&steps](const char*) { ++steps; });
  ASSERT_EQ(check_rows(file), rows);
  ASSERT_GT(steps, 20U);
  std::size_t through_journal = 0;
  std::vector<std::size_t> seen;
  for (std::size_t last = 0; last < steps; ++last) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::size_t step = 0;
      write_rows(file, rows, [&step, last](const char*) {
        if (step++ == last) ::kill(::getpid(), SIGKILL);
      });
      ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "step " << last;
    if (std::filesystem::file_size(journal_of(file)) > 0) ++through_journal;
    std::size_t found = 0;
    try {
      found = check_rows(file) + 1;
    } catch (const FileError&) {
      // Before the first commit there is no HDF5 file yet.
      EXPECT_TRUE(seen.empty() || seen.back() == 0) << "step " << last << " lost everything";
    }
    if (!seen.empty()) {
      EXPECT_GE(found, seen.back()) << "step " << last << " lost a commit";
    }
    seen.push_back(found);
  }
  EXPECT_EQ(seen.back(), rows + 1);
  EXPECT_GT(through_journal, 0U) << "no step ended inside an overwrite";
}

/// Leaves what a process leaves that is killed before step `last`; false when it came to its end.
bool killed_at(std::size_t last, const std::function<void(CommitFile::Probe)>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::size_t step = 0;
    work([&step, last](const char*) {
      if (step++ == last) ::kill(::getpid(), SIGKILL);
    });
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

/// How many rows HDF5's own driver finds, which knows of no journal, after reading every one.
std::size_t rows_for_others(const std::filesystem::path& path) {
  const std::string command =
      "h5dump -d /grown -d /count " + path.string() + " > " + path.string() + ".txt 2>&1";
  if (std::system(command.c_str()) != 0) return 0;
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t data = H5Dopen2(file, "/grown", H5P_DEFAULT);
  const hid_t space = H5Dget_space(data);
  std::array<hsize_t, 2> extent{};
  H5Sget_simple_extent_dims(space, extent.data(), nullptr);
  std::vector<double> values(extent[0] * extent[1]);
  EXPECT_GE(H5Dread(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
  for (std::size_t row = 0; row < extent[0]; ++row) {
    const auto wanted = row_of(row);
    EXPECT_TRUE(std::equal(wanted.begin(), wanted.end(),
                           values.begin() + static_cast<std::ptrdiff_t>(row * row_length)));
  }
  H5Sclose(space);
  H5Dclose(data);
  H5Fclose(file);
  return extent[0];
}

TEST_F(CommitFileTest, IsMendedForOtherReadersWhereverItsWriterEnded) {
  constexpr std::size_t rows = 3;
  const auto write = [&](const CommitFile::Probe& probe) { write_rows(file, rows, probe); };
  std::size_t mended = 0;
  for (std::size_t last = 0; killed_at(last, write); ++last) {
    std::size_t committed = 0;
    try {
      committed = check_rows(file);
    } catch (const FileError&) {
      continue;  // before the first commit there is no HDF5 file to mend
    }
    if (CommitFile::mend(file)) ++mended;
    EXPECT_FALSE(std::filesystem::exists(journal_of(file))) << "step " << last;
    EXPECT_EQ(rows_for_others(file), committed) << "step " << last;
    EXPECT_EQ(check_rows(file), committed) << "step " << last;
    EXPECT_FALSE(CommitFile::mend(file)) << "there is nothing left to mend";
  }
  EXPECT_GT(mended, 5U);
}

TEST_F(CommitFileTest, IsMendedAllTheSameWhenTheMenderIsKilled) {
  // A writer that dies before its last page in place: there the file needs its journal most.
  std::size_t in_place = 0;
  std::size_t steps = 0;
  write_rows(file, 3, [&](const char* step) {
    if (std::string_view(step) == "empty journal") in_place = steps;
    ++steps;
  });
  const auto write = [&](const CommitFile::Probe& probe) { write_rows(file, 3, probe); };
  ASSERT_TRUE(killed_at(in_place - 1, write));
  const std::size_t committed = check_rows(file);
  const auto mend = [&](const CommitFile::Probe& probe) { CommitFile::mend(file, probe); };
  std::size_t kills = 0;
  for (; killed_at(kills, mend); ++kills) {
    EXPECT_EQ(check_rows(file), committed) << "killed at step " << kills;
  }
  EXPECT_GT(kills, 1U);
  EXPECT_EQ(rows_for_others(file), committed);
  EXPECT_FALSE(std::filesystem::exists(journal_of(file)));
}

TEST_F(CommitFileTest, IsNeitherMendedNorReplacedWhileItIsWritten) {
  const auto writer = CommitFile::create(file);
  EXPECT_THROW(CommitFile::mend(file), FileError);
  EXPECT_THROW(CommitFile::create(file), FileError);
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(CommitFileTest, IgnoresAJournalThatIsTornAnywhere) {
  constexpr std::size_t rows = 2;
  // The state of a process killed between its journal and the first page in place.
  const pid_t child = ::fork();
  if (child == 0) {
    std::size_t commits = 0;
    write_rows(file, rows, [&commits](const char* step) {
      if (std::string_view(step) == "write in place" && ++commits == 2) {
        ::kill(::getpid(), SIGKILL);
      }
    });
    ::_exit(1);
  }
  ::waitpid(child, nullptr, 0);
  const std::string journal = testing::bytes_of(journal_of(file));
  ASSERT_GT(journal.size(), 16384U);
  const std::size_t whole = check_rows(file);
  for (std::size_t length = 0; length < journal.size(); length += 1 + length / 3) {
    std::ofstream(journal_of(file), std::ios::binary) << journal.substr(0, length);
    std::string damaged = journal;
    damaged[length] = static_cast<char>(damaged[length] ^ 1);
    EXPECT_NO_THROW(CommitFile::open(file));
    std::ofstream(journal_of(file), std::ios::binary) << damaged;
    EXPECT_EQ(CommitFile::open(file)->size(), std::filesystem::file_size(file));
  }
  std::ofstream(journal_of(file), std::ios::binary) << journal;
  EXPECT_EQ(check_rows(file), whole);
}

TEST_F(CommitFileTest, StaysAtItsLastCommitWhenTheDiskIsFull) {
  // A limit on the size of files fails a write as a full disk does; in a child, for it stays.
  for (const std::size_t limit : {20'000U, 60'000U, 100'000U, 150'000U, 200'000U}) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit most{limit, limit};
      ::setrlimit(RLIMIT_FSIZE, &most);
      std::size_t committed = 0;
      try {
        write_rows(file, 40, {}, &committed);
      } catch (const FileError& error) {
        const bool clear =
            std::string_view(error.what()).find("File too large") != std::string_view::npos;
        // Reading back in the same process shows that nothing of HDF5 is left in a bad state.
        std::size_t found = 0;
        try {
          found = check_rows(file);
        } catch (const FileError&) {
        }
        std::exit(clear && found == committed ? static_cast<int>(committed) : 100);
      }
      std::exit(101);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << "it crashed with signal " << WTERMSIG(status);
    const int rows = WEXITSTATUS(status);
    ASSERT_LT(rows, 40) << limit;
    if (rows > 0) {
      EXPECT_EQ(check_rows(file), static_cast<std::size_t>(rows)) << limit;
    }
  }
}

}  // namespace
}  // namespace kontwin::hdf5
