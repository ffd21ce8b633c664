"""No file from outside can hurt: each is read or refused with one plain sentence, and soon."""

from __future__ import annotations

import hashlib
import random
import time
from pathlib import Path

import pytest

from app.derive.schedule import schedule_of
from app.domain.document import EMPTY, Document
from app.domain.errors import FileTrouble, TroubleKind
from app.exchange.mspdi import read_plan, write_plan
from app.exchange.mspdi.xml_source import MAX_DEPTH, read_xml
from tests.app.exchange.plans import HEAD, PROJECT, plan_xml, rich_document, task_xml

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
XML = '<?xml version="1.0"?>'

REFUSED = {
    "nothing": b"",
    "blanks": b" \n\t ",
    "words": b"This is no plan.",
    "cut short": plan_xml(task_xml(1))[:-40],
    "other xml": b"<html><body/></html>",
    "other namespace": b'<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"/>',
    "billion laughs": f"{XML}<!DOCTYPE Project [{ENTITIES}]><Project>&a9;</Project>".encode(),
    "external entity": f'{XML}<!DOCTYPE P [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project>&x;</Project>'.encode(),
    "bare document type": b"<!DOCTYPE Project><Project/>",
    "remote document type": b'<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/p.dtd"><Project/>',
    "too deep": (HEAD + "<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1) + "</Project>").encode(),
    "very deep": (HEAD + "<a>" * 200_000).encode(),
    "binary plan": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "workbook": b"PK\x03\x04" + bytes(64),
    "unknown encoding": b'<?xml version="1.0" encoding="x-klingon"?><Project/>',
    "noise": bytes(random.Random(1).randbytes(4096)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plan_is_refused_in_one_sentence(name: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(FileTrouble) as refused:
        read_plan(REFUSED[name], EMPTY, name="received.xml")
    assert time.perf_counter() - begun < 5
    assert refused.value.kind is TroubleKind.INPUT
    assert refused.value.sentence.startswith("received.xml")
    assert refused.value.sentence.endswith(".")
    assert "\n" not in refused.value.sentence


def test_a_binary_plan_is_told_how_to_save_it() -> None:
    with pytest.raises(FileTrouble, match="choose Save As and the type XML"):
        read_plan(REFUSED["binary plan"], EMPTY, name="plan.mpp")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble) as missing:
        read_plan(tmp_path / "none.xml", EMPTY)
    with pytest.raises(FileTrouble) as folder:
        read_plan(tmp_path, EMPTY)
    assert (missing.value.kind, folder.value.kind) == (TroubleKind.MISSING, TroubleKind.INPUT)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    with pytest.raises(FileTrouble, match="200 MB"):
        read_plan(large, EMPTY)


def test_a_file_is_known_by_all_its_bytes_and_not_held_twice_in_memory(tmp_path: Path) -> None:
    content = plan_xml("".join(task_xml(uid) for uid in range(1, 3000))) + b"\n" * 70_000
    large = tmp_path / "large.xml"
    large.write_bytes(content)
    plan = read_xml(large)
    assert plan.digest == read_xml(content, "large.xml").digest == hashlib.sha256(content).hexdigest()
    texts = [one.text for one in plan.root.iter("Duration")]
    assert len({id(text) for text in texts}) == 1
    assert all(one.tail is None for one in plan.root.iter())


def test_other_encodings_are_read() -> None:
    text = plan_xml(task_xml(1, "Überprüfung")).decode().replace("UTF-8", "{}")
    for encoding in ("utf-16", "iso-8859-1"):
        plan = read_plan(text.format(encoding).encode(encoding), EMPTY)
        assert any(getattr(record, "name", "") == "Überprüfung" for record in plan.records)


HOSTILE_VALUES = (
    task_xml(1, "x" * 5_000_000),
    task_xml(1, more="<Notes>" + "n" * 5_000_000 + "</Notes>"),
    task_xml(10**40),
    task_xml(-5),
    task_xml(1, more="<Deadline>9999-12-31T23:59:59</Deadline><Stop>0001-01-01T00:00:00</Stop>"),
    task_xml(1, more="<Work>PT999999999999999999H0M0S</Work><FixedCost>1e400</FixedCost>"),
    task_xml(1, more="<Work>PT</Work><FixedCost>NaN</FixedCost><Priority>Infinity</Priority>"),
    task_xml(1, more="<PercentComplete>-900</PercentComplete><LevelingDelay>-1</LevelingDelay>"),
    task_xml(1) * 3,
    task_xml(1, more="<PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink>"),
    task_xml(1, level=-3) + task_xml(2, level=10**9),
    "<Task/><Task><UID/></Task><Task><Name>alone</Name></Task>",
)


@pytest.mark.parametrize("number", range(len(HOSTILE_VALUES)))
def test_values_beyond_all_measure_are_left_out_and_told(number: int) -> None:
    begun = time.perf_counter()
    plan = read_plan(plan_xml(HOSTILE_VALUES[number]), EMPTY)
    schedule_of(Document.holding(plan.records), plan.project)
    assert time.perf_counter() - begun < 5
    assert all(problem.sentence for problem in plan.problems)


def _mutated(content: bytes, dice: random.Random) -> bytes:
    """The file after one to eight accidents: bytes, stretches, tags and values lost, doubled or swapped."""
    data = bytearray(content)
    breaks = dice.random() < 0.4
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(data))
        match dice.randrange(4) if breaks else 9:
            case 0:
                data[place] = dice.randrange(256)
            case 1:
                del data[place : place + dice.randrange(1, 60)]
            case 2:
                data[place:place] = data[place : place + dice.randrange(1, 200)]
            case 3:
                data[place:place] = dice.choice(
                    (b"&amp;", b"-", b"99999999999999999999", b"NA", b"\x00", b"<X/>")
                )
            case _:
                _spoil_value(data, place, dice)
    return bytes(data)


def _spoil_value(data: bytearray, place: int, dice: random.Random) -> None:
    """Another text between two tags, so that the file stays XML and its meaning goes."""
    start = data.find(b">", place) + 1
    end = data.find(b"<", start)
    if 0 < start < end:
        words = b"-1|0|1e9|x|PT-5H|2027-02-30T99:00:00|9999-01-01T00:00:00|3.5|53|true||1|7|-65535".split(
            b"|"
        )
        data[start:end] = dice.choice(words)


def test_three_hundred_damaged_plans_are_read_or_refused_and_scheduled() -> None:
    document = rich_document()
    whole = write_plan(document, PROJECT, schedule_of(document, PROJECT))
    dice = random.Random(20270104)
    kinds = set()
    read = 0
    for _ in range(300):
        begun = time.perf_counter()
        try:
            plan = read_plan(_mutated(whole, dice), EMPTY, name="damaged.xml")
        except FileTrouble as trouble:
            kinds.add(trouble.kind)
        else:
            read += 1
            taken = Document.holding(plan.records)
            write_plan(taken, plan.project, schedule_of(taken, plan.project))
        assert time.perf_counter() - begun < 5
    assert kinds == {TroubleKind.INPUT}
    assert read > 100
