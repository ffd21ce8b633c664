"""The engine against worked examples of textbooks and the product's own schedule journey."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from app.engine.cpm import solve
from app.engine.network import LinkType, Network, changed, network
from app.engine.schedule import Driver, Schedule
from app.engine.worktime import DAY, Worktime, always, compile_worktime

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "textbook"
KINDS = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
SCALE = 10_000
"""Minutes to a textbook's unit, so that its thirds survive."""


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["cpm-prototype-7", "pdm-start-to-start-14", "pert-encyclopedia-7", "pert-milwaukee-8"]
)
def test_textbook_networks_come_out_as_printed(name: str) -> None:
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        pytest.skip("the textbook cases are not there")
    case = json.loads(path.read_text(encoding="utf-8"))
    rows = case["activities"]
    number = {row["id"]: index for index, row in enumerate(rows)}
    links = [(number[link["id"]], number[row["id"]], link) for row in rows for link in row["predecessors"]]
    schedule = solve(
        network(
            [always((0, 2000))],
            [round(row["duration"] * SCALE) for row in rows],
            project_start=DAY,
            link_pred=[pred for pred, _, _ in links],
            link_succ=[succ for _, succ, _ in links],
            link_type=[KINDS[link["type"]] for _, _, link in links],
            link_lag=[round(link["lag"] * SCALE) for _, _, link in links],
        )
    )
    close = pytest.approx
    for label, answer in case["computed"]["activities"].items():
        node = number[label]
        got = {
            "ES": schedule.early_start[node] - DAY,
            "EF": schedule.early_finish[node] - DAY,
            "LS": schedule.late_start[node] - DAY,
            "LF": schedule.late_finish[node] - DAY,
            "TF": schedule.total_slack[node],
            "FF": schedule.free_slack[node],
        }
        for field, value in got.items():
            assert value / SCALE == close(answer[field], abs=2e-4), (label, field)
        assert bool(schedule.critical[node]) == answer["critical"]


WEEK = (((480, 720), (780, 1020)),) * 5 + ((), ())
NAMES = "ABCDEFGHI"


def _moment(text: str) -> int:
    return round((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds() / 60)


def _office() -> Worktime:
    holiday = _moment("2027-01-06") // DAY
    start = _moment("2027-01-04") // DAY
    return compile_worktime(WEEK, {holiday: ()}, (start - 60, start + 400))


def _journey() -> Network:
    days = {"A": 5, "B": 4, "C": 6, "D": 10, "E": 3, "F": 5, "G": 2, "H": 0, "I": 3}
    links = [
        ("A", "B", LinkType.FS, 0),
        ("A", "C", LinkType.SS, 2),
        ("B", "D", LinkType.FS, 0),
        ("C", "E", LinkType.FS, 0),
        ("D", "F", LinkType.SS, 6),
        ("D", "F", LinkType.FF, 2),
        ("F", "G", LinkType.FS, -1),
        ("E", "H", LinkType.FS, 0),
        ("F", "H", LinkType.FS, 0),
        ("G", "H", LinkType.FS, 0),
        ("H", "I", LinkType.SF, 0),
    ]
    return network(
        [_office()],
        [days[name] * 480 for name in NAMES],
        project_start=_moment("2027-01-04T08:00"),
        link_pred=[NAMES.index(pred) for pred, _, _, _ in links],
        link_succ=[NAMES.index(succ) for _, succ, _, _ in links],
        link_type=[kind for _, _, kind, _ in links],
        link_lag=[lag * 480 for _, _, _, lag in links],
    )


def _days(schedule: Schedule) -> dict[str, tuple[float, float]]:
    return {
        name: (schedule.total_slack[node] / 480, schedule.free_slack[node] / 480)
        for node, name in enumerate(NAMES)
    }


DATES = {
    "A": ("2027-01-04T08:00", "2027-01-11T17:00"),
    "B": ("2027-01-12T08:00", "2027-01-15T17:00"),
    "C": ("2027-01-07T08:00", "2027-01-14T17:00"),
    "D": ("2027-01-18T08:00", "2027-01-29T17:00"),
    "E": ("2027-01-15T08:00", "2027-01-19T17:00"),
    "F": ("2027-01-27T08:00", "2027-02-02T17:00"),
    "G": ("2027-02-02T08:00", "2027-02-03T17:00"),
    "H": ("2027-02-03T17:00", "2027-02-03T17:00"),
    "I": ("2027-02-01T08:00", "2027-02-03T17:00"),
}


def _assert_dates(schedule: Schedule) -> None:
    for node, name in enumerate(NAMES):
        start, finish = DATES[name]
        assert (name, schedule.start[node], schedule.finish[node]) == (name, _moment(start), _moment(finish))


@pytest.mark.parametrize("method", ["plain", "arrays"])
def test_the_journey_gives_the_printed_dates_slack_and_critical_path(method: str) -> None:
    schedule = solve(_journey(), method=method)
    _assert_dates(schedule)
    assert _days(schedule) == {**dict.fromkeys("ABDFGHI", (0, 0)), "C": (11, 0), "E": (11, 11)}
    assert {name for node, name in enumerate(NAMES) if schedule.critical[node]} == set("ABDFGHI")


def test_the_finish_to_finish_link_drives_f() -> None:
    schedule = solve(_journey())
    f = NAMES.index("F")
    assert (schedule.start_driver[f], schedule.start_driver_index[f]) == (Driver.LINK, 5)
    assert schedule.link_driving[5]
    assert not schedule.link_driving[4]
    assert schedule.link_slack[4] == 480


@pytest.mark.parametrize("method", ["plain", "arrays"])
def test_a_deadline_takes_slack_and_moves_nothing(method: str) -> None:
    plan = _journey()
    deadline = plan.deadline.copy()
    deadline[NAMES.index("H")] = _moment("2027-02-02T17:00")
    schedule = solve(changed(plan, deadline=deadline), method=method)
    _assert_dates(schedule)
    slack = {name: total for name, (total, _) in _days(schedule).items()}
    assert slack == {**dict.fromkeys("ABDFGH", -1), "C": 10, "E": 10, "I": 0}


@pytest.mark.parametrize("method", ["plain", "arrays"])
def test_longer_work_moves_the_finish(method: str) -> None:
    plan = _journey()
    duration = plan.duration.copy()
    duration[NAMES.index("D")] = 12 * 480
    schedule = solve(changed(plan, duration=duration, remaining=duration), method=method)
    assert schedule.project_finish == _moment("2027-02-05T17:00")
    duration[NAMES.index("D")] = 18 * 480
    schedule = solve(changed(plan, duration=duration, remaining=duration), method=method)
    assert schedule.project_finish == _moment("2027-02-15T17:00")
    assert _days(schedule)["C"][0] == _days(schedule)["E"][0] == 19


@pytest.mark.parametrize("method", ["plain", "arrays"])
def test_half_a_day_ends_at_noon(method: str) -> None:
    plan = _journey()
    duration = plan.duration.copy()
    e = NAMES.index("E")
    duration[e] = 240
    schedule = solve(changed(plan, duration=duration, remaining=duration), method=method)
    assert schedule.finish[e] == _moment("2027-01-15T12:00")
    assert schedule.total_slack[e] == 13.5 * 480
