import hashlib
import struct

import h5py

from kontwin_process import *


def die_inside_an_overwrite(path, pages=(0, 1)):
    """Leaves a run file as a recorder does that is killed between two pages of a commit: some pages
    are rubbish in the file and sound in its journal (docs/formats.md)."""
    page = 16384
    sound = bytearray(path.read_bytes())
    journal = b"KTWJRNL1" + struct.pack("<QQ", len(sound), len(pages))
    torn = bytearray(sound)
    for number in pages:
        journal += struct.pack("<Q", number) + sound[number * page:(number + 1) * page]
        torn[number * page:(number + 1) * page] = b"\0" * page
    journal += hashlib.sha256(journal).hexdigest().encode()
    path.write_bytes(torn)
    path.with_name(path.name + ".journal").write_bytes(journal)


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.result = run("demo", "--approve", "--speed-up", "1e6", "--cache", cache, "-o", cls.folder)

    def test_goes_from_the_gauges_to_an_acknowledged_decision(self):
        self.assertEqual(self.result.returncode, 0, self.result.stdout + self.result.stderr)
        for words in ("BÁO ĐỘNG 1", "BÁO ĐỘNG 2", "acknowledged", "đã tiếp nhận"):
            self.assertIn(words, self.result.stdout)
        for branch in ("no-action", "evacuate", "evacuate-landslide"):
            with h5py.File(self.folder / (branch + ".h5")) as run_file:
                self.assertGreater(len(list(run_file)), 0)

    def test_the_page_holds_every_picture_and_marks_what_is_synthetic(self):
        page = (self.folder / "report.html").read_text()
        pictures = list(self.folder.glob("*.png"))
        self.assertGreaterEqual(len(pictures), 5)
        for picture in pictures:
            self.assertIn(picture.name, page)
            self.assertGreater(picture.stat().st_size, 50_000)
        self.assertGreaterEqual(page.count('class="synthetic"'), 2 + len(pictures))

    def test_indicators_are_told_in_both_languages_within_100_columns(self):
        lines = self.result.stdout.splitlines()
        table = lines[next(i for i, line in enumerate(lines) if line.startswith("Chỉ số / Indicator")):]
        table = table[:table.index("")]
        self.assertIn("  People in shelters [people]", [line[:29] for line in table])
        for line in table:
            self.assertLessEqual(len(line), 100, line)

    def test_the_page_of_a_comparison_is_written(self):
        page = self.folder / "compared.html"
        result = run("compare", self.folder / "no-action.h5", self.folder / "evacuate.h5", "--html", page)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn('class="synthetic"', page.read_text())

    def test_a_run_killed_while_it_overwrites_is_mended_for_h5py(self):
        path = self.folder / "killed.h5"
        shutil.copy(self.folder / "no-action.h5", path)
        with h5py.File(path) as run_file:
            times = run_file["times"][:].tolist()
        die_inside_an_overwrite(path)
        with self.assertRaises(OSError):
            h5py.File(path)
        for said in ("mended", "nothing to mend"):
            result = run("mend", path)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(said, result.stdout)
            with h5py.File(path) as run_file:
                self.assertEqual(run_file["times"][:].tolist(), times)


main()
