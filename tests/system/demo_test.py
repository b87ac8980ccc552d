import h5py

from kontwin_process import *


class Demo(unittest.TestCase):
    def test_goes_from_the_gauges_to_an_acknowledged_decision(self):
        with tempfile.TemporaryDirectory() as folder:
            result = run("demo", "--approve", "--speed-up", "1e6", "--cache", cache, "-o", folder)
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            self.assertIn("BÁO ĐỘNG 1", result.stdout)
            self.assertIn("BÁO ĐỘNG 2", result.stdout)
            self.assertIn("acknowledged", result.stdout)
            page = pathlib.Path(folder, "report.html").read_text()
            for branch in ("no-action", "evacuate", "evacuate-landslide"):
                with h5py.File(pathlib.Path(folder, branch + ".h5")) as run_file:
                    self.assertGreater(len(list(run_file)), 0)
            for picture in pathlib.Path(folder).glob("*.png"):
                self.assertIn(picture.name, page)
                self.assertGreater(picture.stat().st_size, 50_000)


main()
