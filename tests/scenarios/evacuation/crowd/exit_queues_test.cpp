#include "scenarios/evacuation/crowd/exit_queues.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/evacuation/crowd/crowd_run_case.hpp"

namespace kontwin::crowd::test {

namespace {

/// People who make for the end of a corridor 2 m wide, one behind the other from 1 m on.
struct Column {
  explicit Column(std::size_t count, float speed_mps) : state(at_places(count)) {
    rows.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      rows.person[i] = i;
      rows.vx_mps[i] = speed_mps;
      state.now[i].status = Status::walking;
      state.now[i].exit = 0;
      state.now[i].speed_mps = 1.3F;
      state.now[i].to_go_m = 1.0F + 0.4F * static_cast<float>(i);
    }
  }
  static std::vector<Person> at_places(std::size_t count) {
    std::vector<Person> people;
    for (std::size_t i = 0; i < count; ++i) {
      people.push_back(person_at(0, {29 - 0.4 * static_cast<double>(i), 1}));
    }
    return people;
  }

  CrowdState state;
  Pedestrians rows;
};

void watch(ExitQueues& queues, const Column& people, double seconds, double passes_hps) {
  double due = 0;
  for (double t = 0; t < seconds; t += 0.5) {
    due += passes_hps / 2;
    const auto heads = static_cast<std::uint32_t>(due);
    queues.pass(0, heads);
    due -= heads;
    queues.look(people.rows, people.state, 0.5);
  }
}

}  // namespace

TEST(ExitQueues, CountThoseWhoAreNearer) {
  ExitQueues queues(corridor(30, 2), 1.4);
  queues.look(Column(20, 0).rows, Column(20, 0).state, 0.5);
  EXPECT_EQ(queues.ahead(0, 1), 0);
  EXPECT_EQ(queues.ahead(0, 3), 5);
  EXPECT_EQ(queues.ahead(0, 100), 20);
  EXPECT_DOUBLE_EQ(queues.flow_hps(0), 2.8);
  EXPECT_DOUBLE_EQ(queues.wait_s(0, 100), 20 / 2.8);
}

TEST(ExitQueues, LearnTheFlowOfAStandingQueueAndForgetItAfterwards) {
  ExitQueues queues(corridor(30, 2), 1.4);
  const Column stands(20, 0.1F), walks(20, 1.2F);
  watch(queues, stands, 90, 1);
  EXPECT_NEAR(queues.flow_hps(0), 1, 0.1);
  watch(queues, stands, 90, 4);
  EXPECT_NEAR(queues.flow_hps(0), 4, 0.2);
  watch(queues, walks, 90, 1);
  EXPECT_NEAR(queues.flow_hps(0), 2.8, 0.05);
}

TEST(ExitQueues, KeepALeastFlowOfWhatLetsNobodyOut) {
  ExitQueues queues(corridor(30, 2), 1.4);
  watch(queues, Column(20, 0), 300, 0);
  EXPECT_DOUBLE_EQ(queues.flow_hps(0), 0.2);
}

TEST(ExitQueues, LearnNothingFromAFewOrBeforeTheFirstCouldHaveArrived) {
  ExitQueues few(corridor(30, 2), 1.4), far(corridor(30, 2), 1.4);
  watch(few, Column(4, 0), 60, 0);
  EXPECT_DOUBLE_EQ(few.flow_hps(0), 2.8);
  Column away(20, 0);
  for (PersonNow& now : away.state.now) now.to_go_m += 50;
  watch(far, away, 45, 0);
  EXPECT_DOUBLE_EQ(far.flow_hps(0), 2.8);
}

}  // namespace kontwin::crowd::test
