import os
import unittest.mock

from kontwin_process import *


class CommandLine(unittest.TestCase):
    def test_every_command_explains_itself(self):
        for command in ("demo", "serve", "world", "run", "compare", "mend", "view", "picture", "evacuate"):
            with self.subTest(command=command):
                result = run(command, "--help")
                self.assertEqual(result.returncode, 0)
                self.assertIn("Usage", result.stdout)
        for command in ("build", "info", "check"):
            self.assertEqual(run("world", command, "--help").returncode, 0)
        self.assertEqual(run("traffic", "assign", "--help").returncode, 0)

    def test_a_line_that_makes_no_sense_ends_with_status_2(self):
        self.assertEqual(run().returncode, 2)
        unknown = run("fly")
        self.assertEqual(unknown.returncode, 2)
        for word in ("fly", "demo", "picture"):
            self.assertIn(word, unknown.stderr)
        self.assertIn("build", run("world", "fly").stderr)
        self.assertEqual(run("demo", "--speed-up", "fast").returncode, 2)

    def test_a_missing_scenario_is_named(self):
        result = run("run", "nowhere.toml", "--cache", cache)
        self.assertEqual(result.returncode, 1)
        self.assertIn("nowhere.toml", result.stderr)

    def test_a_folder_that_cannot_be_written_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            in_the_way = pathlib.Path(folder, "file")
            in_the_way.write_text("")
            result = run("demo", "-o", in_the_way / "runs", "--cache", cache)
            self.assertEqual(result.returncode, 1)
            self.assertIn(str(in_the_way), result.stderr)

    def test_a_run_that_reaches_the_size_limit_of_files_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "small.toml")
            path.write_text('name = "x"\ntitle_vi = "x"\ntitle_en = "x"\nlength = "5min"\n[traffic]\n')
            file = pathlib.Path(folder, "run.h5")
            result = run("run", path, "--cache", cache, "-o", file, most_bytes=100_000)
            self.assertEqual(result.returncode, 1)
            self.assertIn(str(file), result.stderr)
            self.assertIn("File too large", result.stderr)

    def test_a_window_without_a_display_is_refused(self):
        with unittest.mock.patch.dict("os.environ"):
            os.environ.pop("DISPLAY", None)
            result = run("view", "run.h5", timeout=60)
        self.assertEqual(result.returncode, 1)
        self.assertIn("DISPLAY", result.stderr)

    def test_a_misspelt_field_is_shown_with_its_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "bad.toml")
            path.write_text('name = "x"\ntitle_vi = "x"\ntitle_en = "x"\nlenght = "1h"\n[traffic]\n')
            result = run("run", path, "--cache", cache)
            self.assertEqual(result.returncode, 1)
            self.assertIn("bad.toml", result.stderr)
            self.assertIn("length", result.stderr)

    def test_a_plan_for_an_evacuation_is_printed_and_written(self):
        with tempfile.TemporaryDirectory() as folder:
            plan = pathlib.Path(folder, "plans", "plan.toml")
            scenario = source / "assets/scenarios/evacuate.toml"
            result = run("evacuate", "plan", scenario, "--cache", cache, "-o", plan)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("Evacuation plan", result.stdout)
            self.assertIn("[[assignment]]", plan.read_text())
            # Which way to drive is left to those who do, unless it is asked for.
            self.assertFalse("route = [" in plan.read_text())
            # Where preparing takes longer than driving none is prescribed even then, and that is said.
            result = run("evacuate", "plan", scenario, "--cache", cache, "-o", plan, "--routes")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("no ways and no waves", " ".join(result.stdout.split()))
            self.assertFalse("route = [" in plan.read_text())
            scenario = source / "assets/scenarios/evacuate-mang-den.toml"
            result = run("evacuate", "plan", scenario, "--cache", cache, "-o", plan, "--routes")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue("route = [" in plan.read_text())
            nobody = run("evacuate", "plan", "--communes", "no-such", "--cache", cache)
            self.assertEqual(nobody.returncode, 1)
            self.assertIn("no-such", nobody.stderr)

    def test_a_file_that_is_no_run_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "run.h5")
            path.write_bytes(b"\x89HDF\r\n\x1a\n" + b"rubbish" * 100)
            for command in (("picture", path), ("compare", path, path), ("mend", path)):
                result = run(*command)
                self.assertEqual(result.returncode, 1, result.stderr)
                self.assertIn("run.h5", result.stderr)

    def test_a_flood_case_is_drawn_from_its_run_file_by_the_time_since_its_start(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "run.h5")
            case = source / "assets/flood/valley.flood.toml"
            flood = run("flood", "run", case, "-o", folder, "--record", path)
            self.assertEqual(flood.returncode, 0, flood.stderr)
            picture = pathlib.Path(folder, "valley.png")
            drawn = run("picture", path, "--at", "4h", "-o", picture)
            self.assertEqual(drawn.returncode, 0, drawn.stderr)
            self.assertIn("+4:00:00", drawn.stdout)
            self.assertGreater(picture.stat().st_size, 50_000)

    def test_the_sample_world_describes_and_checks_itself(self):
        info = run("world", "info", "--cache", cache)
        self.assertEqual(info.returncode, 0, info.stderr)
        self.assertIn("kontum-city", info.stdout)
        check = run("world", "check", "--cache", cache)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_traffic_is_assigned_to_a_network_from_files(self):
        head = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 2\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 2\n<END OF METADATA>\n"
        with tempfile.TemporaryDirectory() as folder:
            net, trips, out = (pathlib.Path(folder, name) for name in ("net", "trips", "flows.csv"))
            net.write_text(head + "1 2 2000 1 10 0.15 4 ;\n1 2 500 1 10 0.15 4 ;\n")
            trips.write_text("<END OF METADATA>\nOrigin 1\n2 : 4000;\n")
            result = run("traffic", "assign", net, "--trips", trips, "--gap", "1e-12", "-o", out)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("Relative gap", result.stdout)
            lines = out.read_text().split()
            self.assertAlmostEqual(float(lines[1].split(",")[3]), 3200, places=6)

            net.write_text(head + "1 3 2000 1 10 0.15 4 ;\n")
            result = run("traffic", "assign", net, "--trips", trips)
            self.assertEqual(result.returncode, 1)
            self.assertIn("net:6: '3' is no node from 1 to 2", result.stderr)


main()
