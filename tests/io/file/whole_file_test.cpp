#include "io/file/whole_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using testing::bytes_of;

TEST(WholeFile, TakesThePlaceOfWhatWasThere) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "page.html";
  write_whole_file(path, "old");
  write_whole_file(path, "new and longer");
  EXPECT_EQ(bytes_of(path), "new and longer");
  EXPECT_FALSE(exists(folder.path() / "page.html.part"));
}

TEST(WholeFile, LeavesWhatWasThereWhenTheDiskIsFull) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "page.html";
  write_whole_file(path, "old");
  // A limit on the size of files fails a write as a full disk does; in a child, for it stays.
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit most{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &most);
    try {
      write_whole_file(path, std::string(100'000, 'x'));
    } catch (const FileError& error) {
      ::_exit(std::string_view(error.what()).find("File too large") != std::string_view::npos ? 7
                                                                                              : 1);
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  EXPECT_EQ(bytes_of(path), "old");
  EXPECT_FALSE(exists(folder.path() / "page.html.part"));
}

TEST(WholeFile, NamesAFolderThatIsNotThere) {
  EXPECT_THAT(testing::message_of([] { write_whole_file("/nowhere/at/all.html", ""); }),
              AllOf(HasSubstr("/nowhere/at/all.html"), HasSubstr("folder does not exist")));
}

}  // namespace
}  // namespace kontwin
