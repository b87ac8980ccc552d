#include "io/traffic/sumo_network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/io/traffic/fixture.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;

NetworkParts parse(const std::string& text, std::vector<Repair>* repairs = nullptr,
                   const SumoNetworkOptions& options = {}) {
  const ScratchFolder folder;
  return read_sumo_network(folder.write("a.net.xml", text), repairs, options);
}

const LinkPart& link_of(const NetworkParts& parts, const std::string& id) {
  const auto found = std::ranges::find(parts.links, id, &LinkPart::id);
  EXPECT_NE(found, parts.links.end()) << id;
  return *found;
}

TEST(SumoNetwork, EdgesBecomeLinksWithTheirNumbers) {
  std::vector<Repair> repairs;
  const NetworkParts parts = parse(small_net(), &repairs);
  EXPECT_THAT(repairs, IsEmpty());
  EXPECT_EQ(parts.name, "a");
  EXPECT_EQ(parts.links.size(), 3U);
  const LinkPart& road = link_of(parts, "AB");
  EXPECT_EQ(road.lanes, 2);
  EXPECT_EQ(road.priority, 5);
  EXPECT_DOUBLE_EQ(road.length_m, 97);
  EXPECT_DOUBLE_EQ(road.free_speed_mps, 13.9);
  EXPECT_DOUBLE_EQ(road.lane_width_m, 3.2) << "SUMO's own";
  EXPECT_EQ(road.allowed, all_vehicles);
  EXPECT_THAT(road.shape, ElementsAre(LocalPoint{0, 0}, LocalPoint{97, 0})) << "between the lanes";
  const LinkPart& side = link_of(parts, "SB");
  EXPECT_DOUBLE_EQ(side.lane_width_m, 3);
  EXPECT_EQ(side.priority, -1) << "SUMO's own";
  EXPECT_FALSE(contains(side.allowed, VehicleKind::lorry));
  EXPECT_TRUE(contains(side.allowed, VehicleKind::car));
  EXPECT_EQ(parts.junctions[side.to].id, "B");
}

TEST(SumoNetwork, TypesLendTheirPriority) {
  const NetworkParts parts =
      parse(changed(changed(small_net(), "<edge id=\"SB\"", "<edge id=\"SB\" type=\"lane\""),
                    "<edge id=\":B_0\"", "<type id=\"lane\" priority=\"3\"/><edge id=\":B_0\""));
  EXPECT_EQ(link_of(parts, "SB").priority, 3);
  EXPECT_EQ(link_of(parts, "AB").priority, 5);
}

TEST(SumoNetwork, WhoWaitsIsWhatTheResponsesSayFromTheRight) {
  const auto network = Network::seal(parse(small_net()));
  const auto side = network->find_turn(link(*network, "SB"), link(*network, "BC"));
  const auto main = network->find_turn(link(*network, "AB"), link(*network, "BC"));
  EXPECT_TRUE(gives_way(*network, side, main));
  EXPECT_FALSE(gives_way(*network, main, side));
  // The other way round, although the priorities say otherwise.
  const auto turned =
      Network::seal(parse(changed(changed(small_net(), "response=\"10\"", "response=\"00\""),
                                  "response=\"00\" foes=\"01\"", "response=\"01\" foes=\"01\"")));
  EXPECT_FALSE(gives_way(*turned, side, main));
  EXPECT_TRUE(gives_way(*turned, main, side));
}

TEST(SumoNetwork, LengthsMayGoOnOverTheJunctions) {
  const NetworkParts parts = parse(small_net(), nullptr, {.length_over_junctions = true});
  EXPECT_DOUBLE_EQ(link_of(parts, "AB").length_m, 97 + 6);
  EXPECT_DOUBLE_EQ(link_of(parts, "SB").length_m, 95 + 2 + 8) << "with the part behind the wait";
  EXPECT_DOUBLE_EQ(link_of(parts, "BC").length_m, 97);
}

TEST(SumoNetwork, TheTownHasItsLinksLanesAndNames) {
  std::vector<Repair> repairs;
  const auto network = town(&repairs);
  EXPECT_THAT(rules(repairs), ElementsAre(Pair("lanes of a turn", 1), Pair("type of junction", 1)));
  EXPECT_EQ(network->find_link("RA_RB"), std::nullopt) << "a railway";
  EXPECT_EQ(network->lanes_of(link(*network, "N_C")), 1U) << "its footway is no lane";
  const std::uint32_t beside = link(*network, "E_J1");
  ASSERT_EQ(network->lanes_of(beside), 2U) << "its bus lane is a lane";
  EXPECT_EQ(network->lane_kinds[network->lane_begin[beside]],
            bit_of(VehicleKind::bus) | bit_of(VehicleKind::bicycle));
  EXPECT_TRUE(contains(network->lane_kinds[network->lane_begin[beside] + 1], VehicleKind::car));
  EXPECT_EQ(network->link_name[link(*network, "r1_C")], "Trần Phú");
  EXPECT_EQ(network->junction_control[*network->find_junction("S")], JunctionControl::all_stop);
  EXPECT_EQ(network->junction_control[*network->find_junction("N")], JunctionControl::right_first);
  EXPECT_EQ(network->junction_control[*network->find_junction("C")], JunctionControl::signal);
  for (const char* corner : {"r1", "r2", "r3", "r4"}) {
    EXPECT_EQ(network->junction_control[*network->find_junction(corner)],
              JunctionControl::roundabout);
  }
}

TEST(SumoNetwork, ConnectionsOfOnePairOfLinksAreOneTurnWithTheirLanes) {
  const auto network = town();
  EXPECT_EQ(network->turn_lanes[turn(*network, "r1", "C", "E")], 0b11U);
  EXPECT_EQ(network->turn_lanes[turn(*network, "r1", "C", "N")], 0b10U);
  EXPECT_EQ(network->turn_lanes[turn(*network, "r1", "C", "S")], 0b01U);
  EXPECT_EQ(network->turn_lanes[turn(*network, "N", "C", "E")], 0b1U);
  EXPECT_EQ(turn(*network, "N", "C", "N"), no_row);
}

TEST(SumoNetwork, TheTownsRightOfWayIsThatOfItsJunctions) {
  const auto network = town();
  // At a T: the stem gives way to both, who turns left off the main road to the oncoming.
  const auto stem = turn(*network, "SE", "E", "C");
  EXPECT_TRUE(gives_way(*network, stem, turn(*network, "C", "E", "J1")));
  EXPECT_TRUE(gives_way(*network, stem, turn(*network, "J1", "E", "C")));
  EXPECT_TRUE(gives_way(*network, turn(*network, "J1", "E", "SE"), turn(*network, "C", "E", "J1")));
  EXPECT_FALSE(
      gives_way(*network, turn(*network, "C", "E", "J1"), turn(*network, "J1", "E", "SE")));
  // Into the roundabout.
  EXPECT_TRUE(
      gives_way(*network, turn(*network, "NW", "r2", "r3"), turn(*network, "r1", "r2", "r3")));
  EXPECT_FALSE(
      gives_way(*network, turn(*network, "r1", "r2", "r3"), turn(*network, "NW", "r2", "r3")));
  // All stop.
  EXPECT_TRUE(gives_way(*network, turn(*network, "SE", "S", "SW"), turn(*network, "C", "S", "SW")));
  EXPECT_TRUE(gives_way(*network, turn(*network, "C", "S", "SW"), turn(*network, "SE", "S", "SW")));
}

TEST(SumoNetwork, AFixedProgramGivesTheGreensOfItsLinks) {
  const auto network = town();
  const Signal& signal = network->signals.at(*network->find_signal("C"));
  EXPECT_EQ(signal.kind, SignalKind::fixed);
  EXPECT_EQ(signal.cycle, to_micros(90));
  EXPECT_EQ(signal.turns.size(), 12U);
  const auto greens = [&](std::uint32_t row) {
    std::vector<std::tuple<double, double, bool>> list;
    for (auto i = network->green_begin[row]; i < network->green_begin[row + 1]; ++i) {
      const auto& green = network->green[i];
      list.emplace_back(seconds(green.begin), seconds(green.end), green.permissive);
    }
    return list;
  };
  EXPECT_THAT(greens(turn(*network, "r1", "C", "E")), ElementsAre(std::tuple(0., 45., false)));
  EXPECT_THAT(greens(turn(*network, "r1", "C", "N")), ElementsAre(std::tuple(0., 45., true)));
  EXPECT_THAT(greens(turn(*network, "N", "C", "S")), ElementsAre(std::tuple(45., 90., false)));
  EXPECT_TRUE(gives_way(*network, turn(*network, "r1", "C", "N"), turn(*network, "E", "C", "r1")));
}

TEST(SumoNetwork, OneActuatedProgramRulesTwoJunctions) {
  const auto network = town();
  const auto row = *network->find_signal("J");
  const Signal& signal = network->signals[row];
  EXPECT_EQ(signal.kind, SignalKind::actuated);
  EXPECT_EQ(signal.stages[0].least, to_micros(5));
  EXPECT_EQ(signal.stages[0].most, to_micros(50));
  EXPECT_EQ(signal.stages[1].least, to_micros(3)) << "a phase of no stated least lasts as long";
  EXPECT_EQ(signal.stages[1].most, to_micros(3));
  EXPECT_EQ(network->turn_signal[turn(*network, "JN", "J1", "E")], row);
  EXPECT_EQ(network->turn_signal[turn(*network, "JS", "J2", "Z")], row);
}

/// The road's turn ruled by signal K, with programs after it.
std::string signalled(const std::string& programs) {
  return changed(small_net(programs), "via=\":B_0_0\"", "via=\":B_0_0\" tl=\"K\" linkIndex=\"1\"");
}

TEST(SumoNetwork, OfSeveralProgramsTheOneOfNetconvertIsTaken) {
  const auto signal = [](const std::string& programs) {
    return parse(signalled(programs)).signals.at(0);
  };
  const std::string other =
      "<tlLogic id=\"K\" type=\"static\" programID=\"night\" offset=\"0\">"
      "<phase duration=\"11\" state=\"rG\"/></tlLogic>";
  const std::string usual =
      "<tlLogic id=\"K\" type=\"static\" programID=\"0\" offset=\"5.5\">"
      "<phase duration=\"22\" state=\"rG\"/></tlLogic>";
  EXPECT_DOUBLE_EQ(signal(other + usual).stages[0].duration_s, 22);
  EXPECT_DOUBLE_EQ(signal(other + usual).offset_s, 5.5);
  EXPECT_DOUBLE_EQ(signal(other).stages[0].duration_s, 11);
}

TEST(SumoNetwork, LettersOfAPhaseAreAspects) {
  const auto aspects = [](const std::string& letter) {
    return parse(signalled("<tlLogic id=\"K\" type=\"static\" programID=\"0\" offset=\"0\">"
                           "<phase duration=\"9\" state=\"G" +
                           letter + "\"/></tlLogic>"))
        .signals.at(0)
        .stages.at(0)
        .aspects.at(0);
  };
  for (const char* letter : {"G", "O"}) EXPECT_EQ(aspects(letter), Aspect::exclusive) << letter;
  for (const char* letter : {"g", "s", "o"}) {
    EXPECT_EQ(aspects(letter), Aspect::permissive) << letter;
  }
  for (const char* letter : {"r", "y", "Y", "u"}) EXPECT_EQ(aspects(letter), Aspect::red) << letter;
}

TEST(SumoNetwork, OddThingsAreMendedAndListed) {
  std::vector<Repair> repairs;
  std::string text = signalled(
      "<tlLogic id=\"K\" type=\"sotl_phase\" programID=\"0\" offset=\"0\">"
      "<phase duration=\"9\" state=\"rGG\" next=\"1\"/><phase duration=\"9\" state=\"GrG\"/>"
      "</tlLogic>"
      // The inner lane sees another light; the side road a signal without a program.
      "<connection from=\"AB\" to=\"BC\" fromLane=\"1\" toLane=\"0\" tl=\"K\" linkIndex=\"2\"/>");
  text = changed(text, "via=\":B_1_0\"", "via=\":B_1_0\" tl=\"L\" linkIndex=\"0\"");
  text = changed(text, "index=\"1\" speed=\"13.9\"", "index=\"1\" speed=\"27.9\"");
  text = changed(text, "type=\"priority\"", "type=\"rail_crossing\"");
  const NetworkParts parts = parse(text, &repairs);
  EXPECT_THAT(rules(repairs),
              ElementsAre(Pair("lanes of several signals", 1), Pair("lanes of several speeds", 1),
                          Pair("next stage", 1), Pair("no program", 1), Pair("type of junction", 1),
                          Pair("type of signal", 1)));
  EXPECT_DOUBLE_EQ(link_of(parts, "AB").free_speed_mps, 20.9);
  EXPECT_EQ(parts.signals.at(0).stages.at(1).aspects.at(0), Aspect::exclusive)
      << "goes when one of its lanes does";
}

TEST(SumoNetwork, ATurnIsForThoseWhomItsConnectionsLetIn) {
  std::vector<Repair> repairs;
  const NetworkParts parts = parse(
      changed(small_net(), "<connection from=\"SB\"", "<connection allow=\"bicycle\" from=\"SB\""),
      &repairs);
  EXPECT_THAT(repairs, IsEmpty());
  ASSERT_EQ(parts.turns.size(), 2U);
  EXPECT_EQ(parts.turns[0].allowed, all_vehicles);
  EXPECT_EQ(parts.turns[1].allowed, bit_of(VehicleKind::bicycle));
  // Where the road itself is for buses, nothing more is said of the turn.
  const NetworkParts buses =
      parse(changed(small_net(), "disallow=\"truck tram\"", "allow=\"bus\""), &repairs);
  ASSERT_EQ(buses.turns.size(), 2U);
  EXPECT_EQ(buses.turns[1].allowed, all_vehicles);
}

TEST(SumoNetwork, KnowsWhereItLiesOnTheEarth) {
  const NetworkParts parts = parse(small_net(
      "<location netOffset=\"-10.5,-20.25\" projParameter=\"+proj=utm +zone=48 +ellps=WGS84\"/>"));
  EXPECT_EQ(parts.reference.crs, "+proj=utm +zone=48 +ellps=WGS84");
  EXPECT_EQ(parts.reference.offset, (LocalPoint{-10.5, -20.25}));
  EXPECT_EQ(parse(small_net("<location netOffset=\"0,0\" projParameter=\"!\"/>")).reference.crs,
            "");
}

TEST(SumoNetwork, OnTheLeftTheOuterLaneIsTheLeftOne) {
  const NetworkParts parts = parse(changed(small_net(), "<net ", "<net lefthand=\"1\" "));
  EXPECT_FALSE(parts.drives_on_right);
}

TEST(SumoNetwork, AFileCompressedWithGzipIsReadAsItIs) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.net.xml.gz";
  const std::string text = small_net();
  gzFile file = gzopen(path.c_str(), "wb");
  ASSERT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())),
            static_cast<int>(text.size()));
  gzclose(file);
  EXPECT_EQ(read_sumo_network(path).links.size(), 3U);
  EXPECT_EQ(read_sumo_network(path).name, "a");
  ScratchFolder::truncate(path, 0.5);
  EXPECT_THROW(read_sumo_network(path), FileError);
}

TEST(SumoNetwork, ABrokenFileIsRefusedWithItsLineAndTheReason) {
  const auto refused = [](std::string_view from, std::string_view to) {
    return message_of<FileError>([&] { parse(changed(small_net(), from, to)); });
  };
  EXPECT_THAT(refused("</net>", ""), HasSubstr("no element found"));
  EXPECT_THAT(refused("from=\"A\" to=\"B\"", "from=\"A\""),
              HasSubstr("a.net.xml:11: <edge> has no 'to'"));
  EXPECT_THAT(refused("speed=\"8\"", "speed=\"fast\""),
              HasSubstr(":16: 'fast' in 'speed' of <lane> is not a number"));
  EXPECT_THAT(refused("length=\"95\"", ""), HasSubstr(":16: <lane> has no 'length'"));
  EXPECT_THAT(refused("0,-2 97,-2", "0,-2 97"), HasSubstr("'97' in 'shape' of <lane> is no point"));
  EXPECT_THAT(refused("from=\"S\"", "from=\"X\""),
              HasSubstr(":15: edge 'SB' at junction 'X', which is not there"));
  EXPECT_THAT(refused("<connection from=\"SB\" to=\"BC\"", "<connection from=\"SB\" to=\"XX\""),
              HasSubstr("connection of edge 'XX', which is not there"));
  EXPECT_THAT(refused("fromLane=\"0\"", "fromLane=\"7\""),
              HasSubstr("connection of lane 7 of edge 'AB', which is not there"));
  EXPECT_THAT(refused("incLanes=\"SB_0", "incLanes=\"XX_0"),
              HasSubstr("junction 'B' has lane 'XX_0', which is not there"));
  EXPECT_THAT(refused("<edge id=\"SB\"", "<edge id=\"AB\""), HasSubstr("edge 'AB' is there twice"));
  EXPECT_THAT(refused("<net version", "<nets version"), HasSubstr("its root is no <net>"));
  EXPECT_THAT(message_of<FileError>([] { parse("<net/>"); }),
              HasSubstr("has no edge for vehicles"));
  EXPECT_THAT(message_of<FileError>([] { read_sumo_network("/nowhere/a.net.xml"); }),
              HasSubstr("cannot be opened"));
}

TEST(SumoNetwork, AStateTooShortForItsLinksIsRefused) {
  const std::string message = message_of<FileError>([] {
    parse(
        signalled("<tlLogic id=\"K\" type=\"static\" programID=\"0\" offset=\"0\">\n"
                  "<phase duration=\"9\" state=\"r\"/></tlLogic>"));
  });
  EXPECT_THAT(message, HasSubstr("the state of signal 'K' has 1 characters, and link 1"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
