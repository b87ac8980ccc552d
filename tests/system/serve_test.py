from kontwin_process import *

GAUGE = "urn:ngsi-ld:RiverGauge:69702"


def publish(port, message, topic="kontwin/v1/observations/test"):
    subprocess.run(["mosquitto_pub", "-p", str(port), "-q", "1", "-t", topic, "-s"], input=message,
                   text=True, check=True)


def observation(value, at="2025-11-18T03:00:00+07:00", entity=GAUGE, property="stage_m"):
    return json.dumps({"entity": entity, "property": property, "value": value, "observedAt": at,
                       "source": "test"})


class FedByMqtt(unittest.TestCase):
    def test_an_observation_reaches_its_entity_and_rubbish_is_counted(self):
        with broker() as port, Served("--mqtt", f"tcp://127.0.0.1:{port}") as served:
            publish(port, observation(518.25))
            stage = wait_for(lambda: served.get(f"/v1/entities/{GAUGE}").get("stage_m"))
            self.assertAlmostEqual(stage["value"], 518.25)
            self.assertEqual(stage["observedAt"], "2025-11-18T03:00:00+07:00")

            publish(port, "{ this is not JSON")
            publish(port, observation(1, entity="urn:ngsi-ld:RiverGauge:nowhere"))
            publish(port, observation(1, property="colour"))
            publish(port, observation(99999, at="2025-11-18T04:00:00+07:00"))
            publish(port, observation(518, at="2125-11-18T03:00:00+07:00"))
            publish(port, observation(517, at="2025-11-18T02:00:00+07:00"))

            reasons = ("malformed", "unknown_entity", "unknown_property", "out_of_range", "from_the_future",
                       "too_old")

            def all_counted():
                text = served.get("/metrics")
                return all(f'kontwin_observations_refused_total{{reason="{reason}"}} 1' in text
                           for reason in reasons)

            wait_for(all_counted)
            self.assertAlmostEqual(served.get(f"/v1/entities/{GAUGE}")["stage_m"]["value"], 518.25)
            status, _ = served.stop()
            self.assertEqual(status, 0)

    def test_two_mirrors_with_names_of_their_own_hear_one_broker(self):
        with broker() as port:
            address = f"tcp://127.0.0.1:{port}"
            with Served("--mqtt", address) as first, Served("--mqtt", address, "--mqtt-client", "two") as second:
                publish(port, observation(518.25))
                for served in (first, second):
                    wait_for(lambda: served.get(f"/v1/entities/{GAUGE}").get("stage_m"))

    def test_a_broker_that_is_not_there_is_named(self):
        from kontwin_process import cache, run
        result = run("serve", "--cache", cache, "--mqtt", "tcp://127.0.0.1:1", timeout=120)
        self.assertEqual(result.returncode, 1)
        self.assertIn("tcp://127.0.0.1:1", result.stderr)
        self.assertIn("no broker answers there", result.stderr)


class Listening(unittest.TestCase):
    def test_a_port_that_is_taken_is_named(self):
        from kontwin_process import cache, run
        with Served() as first:
            result = run("serve", "--cache", cache, "--port", first.port, timeout=120)
            self.assertEqual(result.returncode, 1)
            self.assertIn(f":{first.port}", result.stderr)

    def test_a_host_may_be_named(self):
        with Served("--address", "localhost"):
            pass


class Forecasting(unittest.TestCase):
    scenario = """name = "ahead"
title_vi = "Dự báo"
title_en = "Ahead"
lead_in = "5min"
length = "5min"
[traffic]
background_trips_per_person_day = 0.1
"""

    def test_a_scenario_runs_ahead_again_and_again_and_the_last_four_runs_stay(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "ahead.toml").write_text(self.scenario)
            runs = place / "runs"
            with Served("--speed-up", "3600", "--forecast", place / "ahead.toml", "--every", "10min",
                        "--forecast-folder", runs) as served:
                seen = set()

                def six_came():
                    seen.update(runs.glob("ahead-*.h5") if runs.exists() else [])
                    return len(seen) >= 6

                wait_for(six_came, 120)
                status, output = served.stop()
            self.assertEqual(status, 0)
            self.assertIn("dự báo / forecast 2025-11-", output)
            self.assertLessEqual(len(list(runs.glob("*.h5"))), 4)

    def test_a_forecast_under_way_is_broken_off_and_removed_when_the_mirror_stops(self):
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            (place / "ahead.toml").write_text(self.scenario.replace('length = "5min"', 'length = "48h"'))
            runs = place / "runs"
            with Served("--speed-up", "3600", "--forecast", place / "ahead.toml", "--every", "10min",
                        "--forecast-folder", runs) as served:
                wait_for(lambda: runs.exists() and list(runs.glob("*.h5")), 120)
                status, _ = served.stop()
            self.assertEqual(status, 0)
            self.assertEqual(list(runs.glob("*")), [])

    def test_a_time_between_that_makes_no_sense_is_refused(self):
        from kontwin_process import cache, run
        with tempfile.TemporaryDirectory() as folder:
            scenario = pathlib.Path(folder) / "ahead.toml"
            scenario.write_text(self.scenario)
            result = run("serve", "--cache", cache, "--port", 0, "--forecast", scenario, "--every", "soon")
            self.assertEqual(result.returncode, 1)
            self.assertIn("--every: 'soon'", result.stderr)


class FedByReplay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = Served("--speed-up", "1e6")

    @classmethod
    def tearDownClass(cls):
        cls.served.__exit__()

    def test_health_and_pages_of_entities(self):
        health = self.served.get("/health")
        self.assertEqual(health["status"], "ok")
        self.assertGreaterEqual(health["actors"], 15000)
        page = self.served.get("/v1/entities?kind=river_gauge&limit=1")
        self.assertEqual(len(page["items"]), 1)
        self.assertGreaterEqual(page["total"], 2)
        self.assertEqual(page["items"][0]["provenance"], "fact")

    def test_the_replay_reaches_the_gauge(self):
        wait_for(lambda: self.served.get(f"/v1/entities/{GAUGE}").get("stage_m"))

    def test_what_is_not_there_or_makes_no_sense_is_said(self):
        self.assertEqual(self.served.status_of("/v1/entities/urn:ngsi-ld:Road:nowhere")[0], 404)
        self.assertEqual(self.served.status_of("/v1/entities?kind=castle")[0], 400)
        self.assertEqual(self.served.status_of("/v1/entities?limit=0")[0], 400)
        self.assertEqual(self.served.status_of("/v1/entities?limit=many")[0], 400)
        self.assertEqual(self.served.status_of("/nothing")[0], 404)
        self.assertEqual(self.served.status_of("/v1/observations")[0], 405)
        status, body = self.served.status_of("/v1/observations", b"[{")
        self.assertEqual(status, 400)
        self.assertIn("error", json.loads(body))
        self.assertEqual(
            self.served.status_of("/v1/observations", b"\xff\xff\xff", "application/x-protobuf")[0], 400)
        self.assertEqual(self.served.status_of("/v1/observations", b"x" * (9 << 20))[0], 413)

    def test_an_observation_is_taken_over_http(self):
        sensor = self.served.get("/v1/entities?kind=air_sensor&limit=1")["items"][0]["id"]
        at = self.served.get("/health")["now"]
        status, body = self.served.status_of(
            "/v1/observations", observation(42, at, sensor, "pm25_ugpm3").encode())
        self.assertEqual((status, json.loads(body)["received"]), (202, 1))
        wait_for(lambda: self.served.get(f"/v1/entities/{sensor}").get("pm25_ugpm3", {}).get("value") == 42)


class Alarms(unittest.TestCase):
    def test_alarms_of_a_mirror_outlive_it_in_its_store(self):
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "alarms.sqlite"
            for start in ("new", "again"):
                with Served("--speed-up", "1e6", "--store", store) as served:
                    at_gauge = lambda: [alarm for alarm in served.get("/v1/alarms?limit=1000")["items"]
                                        if alarm["entity"] == GAUGE and alarm["type"] == "alarm_level_changed"]
                    if start == "again":
                        self.assertEqual(at_gauge()[0], first)
                    first = wait_for(at_gauge)[0]
                    later = served.get(f"/v1/alarms?after={first['number']}&limit=1")
                    self.assertTrue(all(alarm["number"] > first["number"] for alarm in later["items"]))
                    status, _ = served.stop()
                    self.assertEqual(status, 0)
            self.assertEqual((first["value"], first["severity"]), (1, "warning"))

    def test_a_store_that_is_none_is_named(self):
        from kontwin_process import cache, run
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "alarms.sqlite"
            store.write_text("no database, but long enough to be looked at as one" * 40)
            result = run("serve", "--cache", cache, "--port", 0, "--store", store)
            self.assertEqual(result.returncode, 1)
            self.assertIn(str(store), result.stderr)

    def test_without_a_store_it_is_said_how_to_have_one(self):
        with Served() as served:
            status, body = served.status_of("/v1/alarms")
            self.assertEqual(status, 404)
            self.assertIn("--store", body)


main()
