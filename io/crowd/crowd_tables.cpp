#include "io/crowd/crowd_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "io/hdf5/column.hpp"
#include "twin/error.hpp"

namespace kontwin::crowd {

namespace {

/// A text file that tells when it could not be written.
class Table {
 public:
  Table(const std::filesystem::path& path, const char* head) : path_(path.string()), file_(path) {
    if (!file_) throw FileError(path_, "cannot be written");
    file_ << head << '\n';
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  Table& text(const std::string& value) {
    separate();
    if (value.find_first_of(",\"\n") == std::string::npos) {
      file_ << value;
    } else {
      file_ << '"';
      for (const char letter : value) file_ << (letter == '"' ? "\"\"" : std::string(1, letter));
      file_ << '"';
    }
    return *this;
  }
  /// Empty where it is not finite.
  Table& number(double value, int decimals) {
    separate();
    if (!std::isfinite(value)) return *this;
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    file_ << buffer;
    return *this;
  }
  Table& whole(std::uint64_t value) {
    separate();
    file_ << value;
    return *this;
  }
  void end() {
    file_ << '\n';
    first_ = true;
  }
  void close() {
    file_.close();
    if (!file_) throw FileError(path_, "could not be written to its end");
  }

 private:
  void separate() {
    if (!first_) file_ << ',';
    first_ = false;
  }

  std::string path_;
  std::ofstream file_;
  bool first_ = true;
};

void write_clearance(const std::filesystem::path& path, const std::vector<CrowdOutcome>& outcomes) {
  Table table(path, "seed,time_s,out,left");
  for (const CrowdOutcome& outcome : outcomes) {
    const auto seconds = static_cast<std::size_t>(std::ceil(outcome.ended_s)) + 1;
    std::vector<std::uint64_t> out(seconds + 1);
    for (std::size_t p = 0; p < outcome.states.size(); ++p) {
      if (outcome.states[p].status != Status::out) continue;
      const auto second = static_cast<std::size_t>(std::ceil(outcome.states[p].ended_s));
      out[std::min(second, seconds)] += outcome.people[p].heads;
    }
    std::uint64_t gone = 0;
    for (std::size_t second = 0; second < seconds; ++second) {
      gone += out[second];
      table.whole(outcome.seed).whole(second).whole(gone).whole(outcome.count.all() - gone).end();
    }
  }
  table.close();
}

void write_people(const std::filesystem::path& path, const CrowdScenario& scenario,
                  const std::vector<CrowdOutcome>& outcomes) {
  Table table(path,
              "seed,id,group,heads,status,exit,set_out_s,ended_s,walked_m,free_speed_mps,surface,"
              "x_m,y_m,why");
  for (const CrowdOutcome& outcome : outcomes) {
    for (std::size_t p = 0; p < outcome.states.size(); ++p) {
      const PersonState& state = outcome.states[p];
      table.whole(outcome.seed).whole(p).text(scenario.groups[outcome.group[p]].id);
      table.whole(outcome.people[p].heads).text(std::string(name(state.status)));
      table.text(state.exit == none ? std::string() : scenario.building.exits[state.exit].id);
      table.number(state.set_out_s, 2).number(state.ended_s, 2).number(state.walked_m, 2);
      table.number(static_cast<double>(outcome.people[p].speed_mps), 3);
      table.text(scenario.building.surfaces[state.surface].id);
      table.number(state.place.x_m, 2).number(state.place.y_m, 2).text(outcome.why[p]).end();
    }
  }
  table.close();
}

void write_gaps(const std::filesystem::path& path, const std::vector<CrowdOutcome>& outcomes) {
  Table table(path,
              "seed,id,kind,width_m,passed,first_s,last_s,mean_flow_ppsm,busiest_flow_ppsm,"
              "longest_queue,longest_at_s,waited_person_s");
  for (const CrowdOutcome& outcome : outcomes) {
    for (const QueueRecord& queue : outcome.queues) {
      table.whole(outcome.seed).text(queue.id).text(queue.is_exit ? "exit" : "opening");
      table.number(queue.width_m, 2);
      if (queue.is_exit) {
        table.whole(queue.passed).number(queue.first_s, 2);
        table.number(queue.passed > 0 ? queue.last_s : never_s, 2);
        table.number(queue.mean_ppsm(), 3).number(queue.busiest_ppsm, 3);
      } else {
        for (int i = 0; i < 5; ++i) table.text("");
      }
      table.whole(queue.longest).number(queue.longest > 0 ? queue.longest_at_s : never_s, 0);
      table.number(queue.waited_person_s, 0).end();
    }
  }
  table.close();
}

void write_density(const std::filesystem::path& path, const CrowdScenario& scenario,
                   const CrowdOutcome& outcome) {
  Table table(path, "surface,x_m,y_m,most_per_m2,level_of_service,mean_per_m2");
  for (std::size_t s = 0; s < outcome.density.sheets.size(); ++s) {
    const DensityMap::Sheet& sheet = outcome.density.sheets[s];
    for (std::size_t cell = 0; cell < sheet.looks.size(); ++cell) {
      if (!(sheet.ground_m2[cell] > 0)) continue;
      const auto most = static_cast<double>(sheet.most_per_m2[cell]);
      table.text(scenario.building.surfaces[s].id);
      table.number(sheet.x0_m + static_cast<double>(cell % sheet.columns) + 0.5, 1);
      table.number(sheet.y0_m + static_cast<double>(cell / sheet.columns) + 0.5, 1);
      table.number(most, 3).text(std::string(1, level_of_service(most)));
      table.number(static_cast<double>(sheet.mean_per_m2[cell]), 3).end();
    }
  }
  table.close();
}

void write_measured(const std::filesystem::path& folder, const CrowdScenario& scenario,
                    const std::vector<CrowdOutcome>& outcomes) {
  if (!scenario.lines.empty()) {
    Table table(folder / "lines.csv", "seed,line,direction,time_s");
    for (const CrowdOutcome& outcome : outcomes) {
      for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
        const auto add = [&](const char* direction, const std::vector<double>& times) {
          for (const double time_s : times) {
            table.whole(outcome.seed).text(scenario.lines[i].id).text(direction);
            table.number(time_s, 2).end();
          }
        };
        add("forward", outcome.lines[i].forward_s);
        add("backward", outcome.lines[i].backward_s);
      }
    }
    table.close();
  }
  if (scenario.areas.empty()) return;
  Table table(folder / "measures.csv", "seed,area,time_s,people,density_per_m2,speed_mps");
  for (const CrowdOutcome& outcome : outcomes) {
    for (std::size_t i = 0; i < scenario.areas.size(); ++i) {
      for (const AreaRecord::Sample& sample : outcome.areas[i].samples) {
        table.whole(outcome.seed).text(scenario.areas[i].id).number(sample.time_s, 2);
        table.whole(sample.people).number(sample.density_per_m2, 4).number(sample.speed_mps, 4);
        table.end();
      }
    }
  }
  table.close();
}

}  // namespace

void write_crowd_tables(const std::filesystem::path& folder, const CrowdScenario& scenario,
                        const std::vector<CrowdOutcome>& outcomes) {
  write_clearance(folder / "clearance.csv", outcomes);
  write_people(folder / "people.csv", scenario, outcomes);
  write_gaps(folder / "gaps.csv", outcomes);
  if (!outcomes.empty()) write_density(folder / "density.csv", scenario, outcomes.front());
  write_measured(folder, scenario, outcomes);
}

void Trajectories::add(const CrowdSimulation& simulation) {
  for (std::size_t p = 0; p < simulation.size(); ++p) {
    const PersonState state = simulation.state(p);
    if (state.status == Status::out) continue;
    id.push_back(static_cast<std::uint32_t>(p));
    frame.push_back(frames);
    x_m.push_back(state.place.x_m);
    y_m.push_back(state.place.y_m);
    z_m.push_back(state.z_m);
  }
  ++frames;
}

void write_trajectories(const std::filesystem::path& folder, const Trajectories& rows) {
  Table table(folder / "trajectories.csv", "id,frame,x,y,z");
  for (std::size_t i = 0; i < rows.id.size(); ++i) {
    table.whole(rows.id[i]).whole(rows.frame[i]);
    table.number(rows.x_m[i], 3).number(rows.y_m[i], 3).number(rows.z_m[i], 3).end();
  }
  table.close();
  auto file = hdf5::File::create(folder / "trajectories.h5");
  file.make_group("trajectory");
  file.set("trajectory", "frames_per_s", rows.frames_per_s);
  hdf5::write_column(file, "trajectory/id", rows.id);
  hdf5::write_column(file, "trajectory/frame", rows.frame);
  hdf5::write_column(file, "trajectory/x", rows.x_m);
  hdf5::write_column(file, "trajectory/y", rows.y_m);
  hdf5::write_column(file, "trajectory/z", rows.z_m);
  file.close(false);
}

}  // namespace kontwin::crowd
