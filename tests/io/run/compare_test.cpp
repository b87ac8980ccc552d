#include "io/run/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/io/run/run_file_fixture.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::ElementsAre;
using testing::MadeRun;
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

TEST_F(RunFileTest, CannotBeComparedBeforeItsEnd) {
  RunWriter writer(file);
  MadeRun made;
  writer.begin(made.branch());
  made.show(writer, 0);
  const RunFile open(file);
  EXPECT_EQ(open.frames(), 1U);
  EXPECT_THROW(compare_runs({&open, 1}), Error);
}

}  // namespace
}  // namespace kontwin
