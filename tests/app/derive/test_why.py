"""Why a date is what it is, told for each thing that can hold a date."""

from __future__ import annotations

from datetime import date

from app.derive.schedule import Driver
from app.derive.why import chain_of_reasons, driving_links
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.domain.work import ConstraintType
from app.operations import arrange, calendars, dates, links, people, progress, projects
from app.views.why import WhyView, why
from tests.app.derive.journey import journey
from tests.builders import after, at, person, plan, shared_calendar


def told(document: Document, project: ProjectId, task: TaskId | None) -> WhyView:
    return why(document, project, task, "en_GB")


def test_the_journeys_chain_runs_back_to_the_project_start() -> None:
    document, project, task = journey()
    chain = chain_of_reasons(document, project, task["G"])
    assert [held.task for held in chain] == [task[letter] for letter in "GFDBA"]
    assert len(driving_links(chain)) == 4
    view = told(document, project, task["F"])
    assert view.start[1] == "Its finish waits for “D” to finish, plus 2d."
    assert view.chain[-1].sentence.startswith("Nothing holds it but the project's start on 4 Jan 2027")
    assert view.slack.startswith("It is critical")


def test_a_holiday_that_pushed_a_date_is_named() -> None:
    document, project, task = journey()
    assert told(document, project, task["C"]).start[-1] == "“Epiphany” on 6 Jan 2027 is not worked."
    assert told(document, project, task["A"]).finish[-1] == "“Epiphany” on 6 Jan 2027 is not worked."


def test_leave_of_the_person_who_does_it_is_named() -> None:
    document, project, (a, *_) = plan(["3d"])
    document, ann = person(document, "Ann")
    document = after(
        document,
        people.assign(a, ann),
        people.add_leave(ann, "Skiing", date(2027, 1, 5), date(2027, 1, 6)),
    )
    assert "Skiing" in told(document, project, a).finish[-1]


def test_a_constraint_says_its_date_and_how_to_be_rid_of_it() -> None:
    document, project, (a, *_) = plan(["1d"])
    held = after(document, dates.set_constraint(a, ConstraintType.SNET, at(14)))
    view = told(held, project, a)
    assert view.start[1] == "Starts no earlier than 14 Jan 2027."
    assert "As soon as possible" in view.moves[0]


def test_a_link_into_a_summary_is_told_to_the_tasks_inside() -> None:
    document, project, (a, phase, inner) = plan(["3d", "1d", "1d"])
    document = after(document, arrange.indent((inner,)), links.add(a, phase))
    held = chain_of_reasons(document, project, inner)
    assert [one.task for one in held] == [inner, a]
    assert held[0].start_reason.kind is Driver.SUMMARY
    assert told(document, project, inner).start[1] == "Its summary “B” waits for “A” to finish."


def test_a_constraint_of_a_summary_is_told_to_the_tasks_inside() -> None:
    document, project, (phase, inner) = plan(["3d", "1d"])
    document = after(
        document,
        arrange.indent((inner,)),
        dates.set_constraint(phase, ConstraintType.SNET, at(14)),
    )
    assert told(document, project, inner).start[1] == "Its summary “A” starts no earlier than 14 Jan 2027."
    assert told(document, project, phase).start[1] == "It begins with “B”, the first inside it."


def test_manual_actual_and_late_tasks_say_so() -> None:
    document, project, (a, b, c) = plan(["2d", "2d", "5d"])
    document = after(
        document,
        dates.set_manual((a,), True),
        progress.set_actual_start(b, at(5)),
    )
    assert told(document, project, a).start[1].startswith("It is scheduled by hand")
    assert told(document, project, b).start[1].startswith("It has started")
    late = after(document, dates.set_constraint(c, ConstraintType.ALAP))
    assert told(late, project, c).start[1].startswith("It is placed as late as possible")


def test_a_task_of_another_project_is_named_with_its_code() -> None:
    document, one, (a, *_) = plan(["3d"], "ONE")
    document, two, (b, *_) = plan(["1d"], "TWO", document)
    document = after(document, links.add(a, b))
    assert told(document, two, b).start[1] == "It waits for “A” in ONE to finish."
    assert [step.project for step in told(document, two, b).chain] == [two, one]


def test_without_a_task_it_says_what_to_do() -> None:
    document, project, _ = plan(["1d"])
    assert told(document, project, None).empty
    assert told(document, project, TaskId("gone")).empty


def test_many_days_off_are_counted() -> None:
    document, project, (a, *_) = plan(["2d"])
    closing = calendars.add_exception(
        shared_calendar(document), "Closing", date(2027, 1, 5), date(2027, 1, 8)
    )
    document = after(document, closing, projects.rename(project, "P"))
    assert told(document, project, a).finish[-1] == (
        "4 days off in between (“Closing”), 5 Jan 2027 to 8 Jan 2027."
    )
