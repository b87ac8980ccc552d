#include "io/export/evacuation_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "io/export/run_places.hpp"
#include "io/report/evacuation_page.hpp"
#include "io/report/evacuation_text.hpp"
#include "io/run/run_writer.hpp"
#include "tests/io/run/recorded_run.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::MadeRun;
using testing::message_of;
using ::testing::Not;

/// A run in which three parties of residence 2 were to leave: one did, one stayed in the water, one
/// found no way.
class EvacuationExportTest : public ::testing::Test {
 protected:
  EvacuationExportTest() {
    const Instant start = made.branch().start;
    EvacuationRecord& record = summary.evacuation;
    EvacuationParty party;
    party.home = {Kind::residence, 2};
    party.people = 3;
    party.mode = EvacuationMode::motorbike;
    party.ordered = true;
    party.told = start + minutes{10};
    party.warned = start + minutes{12};
    party.left = start + minutes{20};
    party.safe_at = start + minutes{50};
    party.refuge = {Kind::shelter, 1};
    party.junction = 3;
    record.parties.push_back(party);
    party.left = party.safe_at = {};
    party.refuge = {};
    party.fate = EvacueeFate::stayed;
    party.needing_help = 1;
    party.hazard_class = 5;
    party.hazard_at = party.home;
    party.hazard_from = start + minutes{30};
    record.parties.push_back(party);
    party.fate = EvacueeFate::no_way;
    party.people = 2;
    party.needing_help = 0;
    party.hazard_class = 0;
    party.hazard_at = {};
    party.hazard_from = {};
    party.need = CareNeed::stretcher;
    party.stranded_at = start + minutes{40};
    party.stranded_at_junction = 6;
    party.fetched_at = start + minutes{55};
    record.parties.push_back(party);
    record.zones = {{{Kind::residence, 2}, 8, start + minutes{10}, start + minutes{45}}};
    record.refuges = {{{Kind::shelter, 1}, 2000, 3, 0.5, 0.25, start + minutes{70}}};
    SquarePassage passage;
    passage.square = {Kind::residence, 1};
    passage.party = 2;
    passage.from = 4;
    passage.to = 5;
    passage.result = SquareResult::out;
    passage.came = start + minutes{21};
    passage.in = start + minutes{22};
    passage.ended = start + minutes{23};
    record.passages = {passage};
    record.lower_bound_s = 1200;
    write(file);
  }
  void write(const std::filesystem::path& path) {
    RunWriter writer(path);
    writer.begin(made.branch());
    for (std::size_t n = 0; n < 3; ++n) made.show(writer, n);
    writer.summary(summary);
    writer.end(made.kpis(1));
  }
  std::string text_of(const std::string& name) const {
    std::ifstream in(folder.path() / "csv" / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  MadeRun made;
  RunSummary summary;
  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "run.h5";
};

TEST_F(EvacuationExportTest, ARunFileGivesBackWhoWasToLeave) {
  const RunFile run(file);
  EXPECT_EQ(run.evacuation(), summary.evacuation);
  summary.evacuation = {};
  write(folder.path() / "none.h5");
  EXPECT_EQ(RunFile(folder.path() / "none.h5").evacuation(), EvacuationRecord{});
}

TEST_F(EvacuationExportTest, ADamagedListIsRefusedWithItsPlace) {
  summary.evacuation.parties[1].mode = static_cast<EvacuationMode>(99);
  write(folder.path() / "bad.h5");
  const RunFile run(folder.path() / "bad.h5");
  EXPECT_THAT(message_of<FileError>([&] { run.evacuation(); }),
              AllOf(HasSubstr("bad.h5"), HasSubstr("/evacuation/parties/mode")));
  summary.evacuation.parties[1].mode = EvacuationMode::car;
  summary.evacuation.passages[0].party = 3;
  write(folder.path() / "worse.h5");
  const RunFile worse(folder.path() / "worse.h5");
  EXPECT_THAT(message_of<FileError>([&] { worse.evacuation(); }),
              HasSubstr("/evacuation/squares/party"));
}

TEST_F(EvacuationExportTest, FilesListWhoDidNotGetOutAndWhy) {
  const RunFile run(file);
  const auto paths = write_evacuation_files(run, folder.path() / "csv");
  ASSERT_EQ(paths.size(), 9U);
  for (const auto& path : paths) EXPECT_TRUE(std::filesystem::exists(path)) << path;
  const std::string home = "urn:ngsi-ld:Residence:test-2,";
  EXPECT_THAT(text_of("not-out.csv"),
              AllOf(HasSubstr(home), HasSubstr(",3,1,stayed,motorbike,2025-11-18T03:10"),
                    HasSubstr(",2,0,no_way,"), Not(HasSubstr("safe"))));
  EXPECT_THAT(text_of("clearance.csv"), AllOf(HasSubstr("2025-11-18T03:10:00+07:00,0,0,0\r\n"),
                                              HasSubstr("2025-11-18T03:50:00+07:00,40,3,3\r\n")));
  // Eight were told, five of them would leave, three are safe: not 90 %.
  EXPECT_THAT(
      text_of("zones.csv"),
      HasSubstr(",8,2025-11-18T03:10:00+07:00,8,5,3,40.0,,,,2025-11-18T03:45:00+07:00,25.0"));
  EXPECT_THAT(text_of("arrivals.csv"), AllOf(HasSubstr("urn:ngsi-ld:Shelter:test-1,"),
                                             HasSubstr(",2025-11-18T03:00:00+07:00,3\r\n")));
  EXPECT_THAT(text_of("shelters.csv"), HasSubstr(",2000,3,0.50,0.25,2025-11-18T04:10:00+07:00"));
  EXPECT_THAT(text_of("squares.csv"),
              AllOf(HasSubstr("urn:ngsi-ld:Residence:test-1,"),
                    HasSubstr(",2," + home +
                              "urn:ngsi-ld:Junction:test-4,urn:ngsi-ld:Junction:test-5,out,"
                              "2025-11-18T03:21")));
  EXPECT_THAT(text_of("stranded.csv"),
              HasSubstr(",2,0,urn:ngsi-ld:Junction:test-6,2025-11-18T03:40:00+07:00,"
                        "2025-11-18T03:55:00+07:00,motorbike,no_way\r\n"));
  EXPECT_THAT(text_of("not-out.csv"), HasSubstr(",stretcher\r\n"));
  EXPECT_THAT(text_of("water.csv"), AllOf(HasSubstr(home), HasSubstr(",5,3,2025-11-18T03:30")));
}

TEST_F(EvacuationExportTest, ThePageListsWhatAManagerAsksForInBothLanguages) {
  HtmlReport page;
  const std::vector<RoadQueue> queues{{.road = {Kind::road, 1},
                                       .longest = 12,
                                       .longest_at = made.branch().start,
                                       .from = made.branch().start,
                                       .until = made.branch().start + minutes{30},
                                       .vehicle_hours = 3}};
  const auto named = [](EntityRef ref) {
    return EvacuationPlace{"place " + std::to_string(ref.row), "Xã Thử"};
  };
  add_evacuation(page, summary.evacuation, queues, named);
  EXPECT_THAT(page.summary_en, AllOf(HasSubstr("8 people were told"), HasSubstr("3 are safe"),
                                     HasSubstr("2 who would leave; 1 who need help")));
  EXPECT_THAT(page.summary_en, HasSubstr("(H3 or above): 3; stranded on the way: 2."));
  EXPECT_THAT(page.summary_vi, HasSubstr("8 người được lệnh"));
  EXPECT_THAT(page.summary_vi, HasSubstr("(từ H3): 3 người; mắc kẹt trên đường: 2 người."));
  const auto text_under = [&page](const std::string& title_en) {
    for (const ReportTable& table : page.tables) {
      if (table.title_en != title_en) continue;
      std::string text;
      for (const auto& row : table.rows) {
        EXPECT_EQ(row.size(), table.head.size());
        for (const auto& cell : row) text += cell.vietnamese + "|" + cell.english + "|";
      }
      return text;
    }
    return std::string("no such table");
  };
  EXPECT_THAT(text_under("Not out, and why"),
              AllOf(HasSubstr("place 2|"), HasSubstr("Were warned and stayed"), HasSubstr("H5"),
                    HasSubstr("Found no open way out")));
  EXPECT_THAT(text_under("People who need help and are not safe"), HasSubstr("place 2"));
  EXPECT_THAT(text_under("Clearance of each place (minutes from its order)"),
              AllOf(HasSubstr("40"), HasSubstr("–")));
  EXPECT_THAT(text_under("Roads that were cut: the margin since the last vehicle left"),
              HasSubstr("25"));
  EXPECT_THAT(text_under("Who met water before being safe, by the worst class they stood in"),
              HasSubstr("buildings may be damaged|3||"));
  EXPECT_THAT(text_under("Where they met it"), HasSubstr("place 2"));
  EXPECT_THAT(text_under("Shelters, and arrivals each hour"),
              AllOf(HasSubstr("place 1"), HasSubstr("03:00: 3")));
  EXPECT_THAT(text_under("Bottlenecks: roads where vehicles stood in line"), HasSubstr("12"));
  ASSERT_EQ(page.charts.size(), 2U);
  for (const Chart& chart : page.charts) EXPECT_TRUE(has_points(chart));
}

TEST_F(EvacuationExportTest, TheReportSaysItInBothLanguages) {
  const RunFile run(file);
  RunPlaces places(run);
  const std::string text = evacuation_report(run.evacuation(), [&places](EntityRef ref) {
    return EvacuationPlace{places.of(ref).name, "Xã Thử"};
  });
  EXPECT_THAT(text,
              AllOf(HasSubstr("Xã Thử"), HasSubstr("Không chịu rời đi / Were warned and stayed"),
                    HasSubstr("Không có đường ra / Found no open way out"), HasSubstr("H5"),
                    HasSubstr("Nơi trú ẩn / Shelters"), HasSubstr("20 min")));
  EXPECT_THAT(text, HasSubstr("Stranded on the way, and who was fetched"));
  EXPECT_THAT(evacuation_report({}, {}), HasSubstr("Nobody was told to leave"));
  // What a list leaves out is counted.
  EXPECT_THAT(evacuation_report(
                  run.evacuation(),
                  [](EntityRef) {
                    return EvacuationPlace{"x", ""};
                  },
                  1),
              HasSubstr("and 1 more lines"));
}

}  // namespace
}  // namespace kontwin
