#include "io/run/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/io/run/run_file_fixture.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MadeRun;
using testing::message_of;
using testing::RunFileTest;

TEST_F(RunFileTest, ComparesKpisWithTheBaseline) {
  for (const auto& [name, exposed] : {std::pair{"a.h5", 5321.0}, {"b.h5", 1000.0}}) {
    RunWriter writer(folder.path() / name);
    MadeRun().record(writer, 1, exposed);
  }
  std::vector<RunFile> runs;
  runs.emplace_back(folder.path() / "a.h5");
  runs.emplace_back(folder.path() / "b.h5");
  const KpiTable table = compare_runs(runs);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].best, ElementsAre(1U));
  EXPECT_EQ(table.rows[0].change(1, Language::english), "−4,321");
  EXPECT_EQ(table.columns[0].title_vi, MadeRun().branch().title_vi);
  EXPECT_FALSE(table.rows[1].values[0].has_value());
}

TEST_F(RunFileTest, OfAnotherWorldIsNamedWithBothFilesWhenCompared) {
  MadeRun here;
  MadeRun elsewhere;
  elsewhere.world = testing::town(13);
  for (const auto& [name, made] : {std::pair{"a.h5", &here}, {"b.h5", &elsewhere}}) {
    RunWriter writer(folder.path() / name);
    made->record(writer, 1, 1.0);
  }
  std::vector<RunFile> runs;
  runs.emplace_back(folder.path() / "a.h5");
  runs.emplace_back(folder.path() / "b.h5");
  const std::string message = message_of<FileError>([&] { compare_runs(runs); });
  EXPECT_THAT(message, HasSubstr("b.h5: was run in world"));
  EXPECT_THAT(message, HasSubstr("a.h5 in test"));
}

TEST_F(RunFileTest, CannotBeComparedBeforeItsEnd) {
  RunWriter writer(file);
  MadeRun made;
  writer.begin(made.branch());
  made.show(writer, 0);
  const RunFile open(file);
  EXPECT_EQ(open.frames(), 1U);
  EXPECT_THAT(message_of<FileError>([&] {
                compare_runs({&open, 1});
              }),
              HasSubstr("run.h5: was stopped before its end"));
}

}  // namespace
}  // namespace kontwin
