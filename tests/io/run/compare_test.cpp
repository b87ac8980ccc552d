#include "io/run/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "tests/io/run/run_file_fixture.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::MadeRun;
using testing::RunFileTest;

TEST_F(RunFileTest, ComparesKpisWithTheBaseline) {
  for (const auto& [name, exposed] : {std::pair{"a.h5", 5321.0}, {"b.h5", 1000.0}}) {
    RunWriter writer(folder.path() / name);
    MadeRun().record(writer, 1, exposed);
  }
  const RunFile a(folder.path() / "a.h5");
  const RunFile b(folder.path() / "b.h5");
  const std::array<const RunFile*, 2> runs{&a, &b};
  const Comparison comparison = compare_runs(runs);
  ASSERT_EQ(comparison.rows.size(), 2U);
  EXPECT_THAT(comparison.rows[0].best, ElementsAre(1U));
  EXPECT_FALSE(comparison.rows[1].values[0].has_value());
  const std::string vietnamese = text_table(comparison, Language::vietnamese);
  EXPECT_THAT(vietnamese, AllOf(HasSubstr("Người bị ảnh hưởng [person]"), HasSubstr("5.321"),
                                HasSubstr("1.000 (−4.321) *")));
  EXPECT_THAT(text_table(comparison, Language::english),
              AllOf(HasSubstr("People exposed"), HasSubstr("1,000 (−4,321) *")));
}

TEST_F(RunFileTest, CannotBeComparedBeforeItsEnd) {
  RunWriter writer(file);
  MadeRun made;
  writer.begin(made.branch());
  made.show(writer, 0);
  const RunFile open(file);
  EXPECT_EQ(open.frames(), 1U);
  const std::array<const RunFile*, 1> runs{&open};
  EXPECT_THROW(compare_runs(runs), Error);
}

}  // namespace
}  // namespace kontwin
