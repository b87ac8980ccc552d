import re

from kontwin_process import *

# Nobody but those who are told to leave is on the road, and all of them wait for a bus.
by_bus = """name = "by-bus"
title_vi = "x"
title_en = "x"
length = "2h"
window = "60s"
frame_every = "10min"
[traffic]
background_trips_per_person_day = 0.0
[evacuation]
departure_median_min = 5
no_vehicle_share = 1.0
car_share = 0.0
walk_limit_km = 0.0
compliance = 1.0
buses = 40
[[edit]]
at = "{at}"
do = "order_evacuation"
where = {{ near = [108.2895, 14.6050], within_m = 500 }}
"""


def safe_without_a_plan(text):
    """Of the row of the judgement that has no plan: H3+, H4+, stranded, safe and what follows."""
    row = re.search(r"/ no plan +(.*)", text).group(1)
    return int(re.split(r" {2,}", row.strip())[3].replace(" ", "").replace("\u00a0", "").replace("\u202f", ""))


class Evacuate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def scenario(self, at):
        path = self.folder / "by-bus.toml"
        path.write_text(by_bus.format(at=at))
        return path

    def plan(self, *arguments):
        return run("evacuate", "plan", *arguments, "--cache", cache, "-o", self.folder / "plan.toml")

    def test_a_run_that_does_not_cover_the_order_is_refused(self):
        short = self.folder / "short.toml"
        short.write_text('name = "short"\ntitle_vi = "x"\ntitle_en = "x"\nlength = "10min"\n'
                         'start = "2025-11-18T03:00:00+07:00"\n[traffic]\nbackground_trips_per_person_day = 0.0\n')
        seen = self.folder / "short.h5"
        made = run("run", short, "--cache", cache, "-o", seen)
        self.assertEqual(made.returncode, 0, made.stderr)
        covered = self.plan(self.scenario("10min"), "--run", seen)
        self.assertEqual(covered.returncode, 0, covered.stderr)
        # What was not tried is not proposed without a word.
        self.assertIn("Not tried", covered.stdout)
        refused = self.plan(self.scenario("11min"), "--run", seen)
        self.assertEqual(refused.returncode, 1)
        for word in ("short.h5", "does not cover the order", "03:11"):
            self.assertIn(word, refused.stderr)

    def test_moments_that_count_from_no_start_are_refused(self):
        refused = self.plan(self.scenario("2025-11-18T03:30:00+07:00"))
        self.assertEqual(refused.returncode, 1)
        for word in ("by-bus.toml", "'start'", "--run"):
            self.assertIn(word, refused.stderr)

    def test_an_order_before_the_start_of_the_run_is_refused_by_its_line(self):
        # The trials of a scenario without a start begin when the recording ends.
        scenario = self.scenario("2020-01-01T00:00:00+07:00")
        refused = self.plan(scenario, "--judge", 1)
        self.assertEqual(refused.returncode, 1)
        line = 1 + scenario.read_text().split("\n").index("[[edit]]")
        for word in (f"by-bus.toml:{line}", "before the start"):
            self.assertIn(word, refused.stderr)

    def test_the_buses_that_are_asked_for_drive_in_the_trials_too(self):
        scenario = self.scenario("0min")
        few = self.plan(scenario, "--judge", 1, "--buses", 1)
        self.assertEqual(few.returncode, 0, few.stderr)
        many = self.plan(scenario, "--judge", 1)
        self.assertEqual(many.returncode, 0, many.stderr)
        self.assertGreater(safe_without_a_plan(many.stdout), 3 * safe_without_a_plan(few.stdout))


main()
