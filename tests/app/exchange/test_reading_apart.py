"""A plan read in a limited process of its own: the same answer, and only what is needed goes there."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.document import Document
from app.domain.errors import FileTrouble, TroubleKind
from app.domain.plan_import import PlanImport
from app.exchange import exporting, importing
from app.jobs import Cancelled, in_process
from app.operations.imports import import_plan
from app.operations.samples import create_sample
from app.workspace import Who, Workspace

PLAN = next((Path(__file__).resolve().parents[3] / "resources" / "samples").glob("*.xml"))


def counting() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012}"


@pytest.fixture
def document() -> Document:
    with Workspace.in_memory(owner=Who("a", "b")) as door:
        door.run(create_sample())
        door.run(import_plan(importing.read(PLAN, door.document, project_code="OLD")))
        return door.document


@pytest.mark.parametrize("code", [None, "old", "NEW"])
def test_what_is_needed_of_a_document_gives_the_same_proposal_as_all_of_it(
    document: Document, code: str | None
) -> None:
    whole = importing.read(PLAN, document, project_code=code, new_id=counting())
    part = importing.needed(document, code)
    assert importing.read(PLAN, part, project_code=code, new_id=counting()) == whole
    assert code == "old" or len(part.tasks) == 0


def test_a_document_travels_to_another_process_as_an_equal_one(document: Document) -> None:
    assert pickle.loads(pickle.dumps(document)) == document


def test_a_process_within_the_limits_reads_what_this_one_would(document: Document) -> None:
    job = in_process(
        "Read", importing.read_patiently, PLAN, importing.needed(document), limits=importing.LIMITS
    )
    found: PlanImport = job.start().result()
    here = importing.read(PLAN, document)
    assert (found.project_code, found.source, len(found.records)) == (
        here.project_code,
        here.source,
        len(here.records),
    )


def test_a_file_that_is_no_plan_is_told_from_the_process_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "note.xml"
    file.write_text("<note/>", encoding="utf-8")
    document = Document.holding(())
    with pytest.raises(FileTrouble) as trouble:
        in_process("Read", importing.read_patiently, file, document, limits=importing.LIMITS).start().result()
    assert trouble.value.kind is TroubleKind.INPUT
    assert "note.xml" in trouble.value.sentence


def test_a_cancelled_export_leaves_the_file_that_was_there(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "plan.xml"
    target.write_text("before", encoding="utf-8")

    def stop() -> None:
        raise Cancelled

    project = next(iter(document.projects)).id
    with pytest.raises(Cancelled):
        exporting.write(document, project, target, before_replacing=stop)
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xml"]
    assert target.read_text(encoding="utf-8") == "before"
