"""What a Microsoft Project file says becomes the records it means."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest

from app.domain.calendars import Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.document import EMPTY, Document
from app.domain.errors import Refusal, Severity
from app.domain.people import Rate
from app.domain.plan_import import PlanImport, refuse_second_time
from app.domain.portfolio import CustomField, CustomValue, FieldKind, Project
from app.domain.values import EIGHT_HOURS, DurationFormat, Shift, moment
from app.domain.work import ConstraintType, Link, LinkType, SourceTask, Task
from app.exchange.mspdi import read_plan
from tests.app.exchange.plans import counting_ids, plan_xml, task_xml

R = TypeVar("R")


def read(content: bytes, document: Document = EMPTY, code: str | None = None) -> PlanImport:
    return read_plan(content, document, project_code=code, new_id=counting_ids(), name="plan.xml")


def of(plan: PlanImport, kind: type[R]) -> list[R]:
    return [record for record in plan.records if isinstance(record, kind)]


def one_task(more: str, frame: str = "") -> Task:
    return of(read(plan_xml(task_xml(1, more=more), frame=frame)), Task)[0]


def test_the_outline_follows_the_levels_even_where_one_is_skipped() -> None:
    plan = read(plan_xml(task_xml(1) + task_xml(2, level=3) + task_xml(3, level=2) + task_xml(4)))
    parents = {task.uid: task.parent for task in of(plan, Task)}
    first = of(plan, Task)[0].id
    assert parents == {1: None, 2: first, 3: first, 4: None}
    ranks = [task.rank for task in of(plan, Task) if task.parent is None]
    assert ranks == sorted(set(ranks))


def test_lags_are_tenths_of_minutes_percent_or_elapsed() -> None:
    links = "".join(
        f"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>{kind}</Type><LinkLag>{lag}</LinkLag>"
        f"<LagFormat>{unit}</LagFormat></PredecessorLink>"
        for kind, lag, unit in ((1, 4800, 7), (3, -50, 19), (0, 28800, 8), (2, 25, 20))
    )
    plan = read(plan_xml(task_xml(1) + task_xml(2, more=links)))
    assert [(link.type, link.lag, link.lag_format) for link in of(plan, Link)] == [
        (LinkType.FS, 480, DurationFormat.DAYS),
        (LinkType.SS, -50, DurationFormat.PERCENT),
        (LinkType.FF, 2880, DurationFormat.ELAPSED_DAYS),
        (LinkType.SF, 25, DurationFormat.ELAPSED_PERCENT),
    ]


@pytest.mark.parametrize(
    ("text", "number", "minutes", "unit", "estimated"),
    [
        ("PT40H0M0S", 9, 2400, DurationFormat.WEEKS, False),
        ("PT24H0M0S", 40, 1440, DurationFormat.ELAPSED_DAYS, True),
        ("PT0H90M30S", 5, 91, DurationFormat.HOURS, False),
        ("P1DT1H", 8, 1500, DurationFormat.ELAPSED_DAYS, False),
        ("PT8H0M0S", 21, 480, DurationFormat.DAYS, False),
        ("PT8H0M0S", 53, 480, DurationFormat.DAYS, True),
    ],
)
def test_durations_keep_their_unit_and_question_mark(
    text: str, number: int, minutes: int, unit: DurationFormat, estimated: bool
) -> None:
    content = plan_xml(
        f"<Task><UID>1</UID><Duration>{text}</Duration><DurationFormat>{number}</DurationFormat></Task>"
    )
    task = of(read(content), Task)[0]
    assert (task.duration, task.duration_format, task.estimated) == (minutes, unit, estimated)


def test_dates_that_are_not_there_are_none() -> None:
    task = one_task("<Deadline>NA</Deadline><ActualStart></ActualStart><Stop>NA</Stop>")
    assert (task.deadline, task.actual_start, task.stop) == (None, None, None)


def test_the_stand_in_for_no_date_of_some_tools_is_none() -> None:
    assert one_task("<Deadline>2000-01-01T00:00:00</Deadline>").deadline is None


def test_a_manual_task_without_manual_dates_keeps_the_dates_shown() -> None:
    task = one_task(
        "<Manual>1</Manual><Start>2027-02-01T08:00:00</Start><Finish>2027-02-02T17:00:00</Finish>"
    )
    assert (task.manual_start, task.manual_finish) == (moment(2027, 2, 1, 8), moment(2027, 2, 2, 17))


def test_a_constraint_without_a_date_is_left_out_and_told() -> None:
    plan = read(plan_xml(task_xml(1, more="<ConstraintType>2</ConstraintType>")))
    assert of(plan, Task)[0].constraint is ConstraintType.ASAP
    assert [problem.severity for problem in plan.problems] == [Severity.WARNING]


def test_a_summary_keeps_no_figures_that_follow_from_its_tasks() -> None:
    progress = "<PercentComplete>50</PercentComplete><ActualStart>2027-01-04T08:00:00</ActualStart>"
    plan = read(plan_xml(task_xml(1, more=progress) + task_xml(2, level=2, more=progress)))
    summary, leaf = of(plan, Task)
    assert (summary.percent_complete, summary.actual_start) == (0, None)
    assert (leaf.percent_complete, leaf.actual_start) == (50, moment(2027, 1, 4, 8))
    assert [source.percent_complete for source in of(plan, SourceTask)] == [50, 50]


def test_remaining_duration_is_kept_only_where_it_says_more_than_the_percentage() -> None:
    half = "<PercentComplete>50</PercentComplete><RemainingDuration>PT{}H0M0S</RemainingDuration>"
    assert one_task(half.format(8)).remaining_duration is None
    assert one_task(half.format(5)).remaining_duration == 300


def test_a_task_with_dates_and_no_duration_is_as_long_as_its_dates_and_told() -> None:
    dates = "<Start>2027-01-04T08:00:00</Start><Finish>2027-01-05T12:00:00</Finish>"
    none = "<Duration>PT0H0M0S</Duration>"
    plan = read(plan_xml(task_xml(1, more=dates + none)))
    assert of(plan, Task)[0].duration == 720
    assert any("taken from its dates" in problem.sentence for problem in plan.problems)
    for other in ("<Milestone>1</Milestone>", "<ActualStart>2027-01-04T08:00:00</ActualStart>"):
        assert one_task(dates + none + other).duration == 0


def test_blank_rows_are_counted_and_the_summary_row_becomes_the_project() -> None:
    rows = (
        "<Task><UID>0</UID><ID>0</ID><Name>All</Name><OutlineLevel>0</OutlineLevel><Notes>Why</Notes></Task>"
        "<Task><UID>7</UID><ID>1</ID><IsNull>1</IsNull></Task>"
    )
    plan = read(plan_xml(rows + task_xml(1)))
    assert plan.blank_rows == 1
    assert [task.uid for task in of(plan, Task)] == [1]
    assert of(plan, Project)[0].notes == "Why"


CALENDAR = """<Calendars><Calendar><UID>1</UID><Name>Site</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>
<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime>
<ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>
<WeekDay><DayType>3</DayType><DayWorking>1</DayWorking></WeekDay>
<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2027-05-01T00:00:00</FromDate>
<ToDate>2027-05-02T23:59:00</ToDate></TimePeriod></WeekDay></WeekDays>{more}</Calendar></Calendars>"""


def test_a_week_reaches_to_midnight_and_unnamed_hours_are_the_usual_ones() -> None:
    plan = read(plan_xml(frame="<CalendarUID>1</CalendarUID>", rest=CALENDAR.format(more="")))
    week = of(plan, Calendar)[0].week
    assert week[0] == (Shift(1320, 1440),)
    assert week[1] == EIGHT_HOURS
    assert week[2:] == ((),) * 5


def test_old_style_exceptions_count_where_no_new_one_says_the_same() -> None:
    new = """<Exceptions><Exception><TimePeriod><FromDate>2027-05-01T00:00:00</FromDate>
    <ToDate>2027-05-02T23:59:00</ToDate></TimePeriod><Name>Bridge</Name><Type>1</Type>
    <DayWorking>0</DayWorking></Exception></Exceptions>"""
    old_only = of(read(plan_xml(rest=CALENDAR.format(more=""))), CalendarException)
    both = of(read(plan_xml(rest=CALENDAR.format(more=new))), CalendarException)
    assert [(one.from_date, one.to_date, one.name) for one in old_only] == [
        (date(2027, 5, 1), date(2027, 5, 2), "")
    ]
    assert [one.name for one in both] == ["Bridge"]


def test_a_recurring_exception_becomes_its_rule() -> None:
    new = """<Exceptions><Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod>
    <FromDate>2027-01-01T00:00:00</FromDate><ToDate>2030-12-31T23:59:00</ToDate></TimePeriod>
    <Occurrences>4</Occurrences><Type>3</Type><Period>1</Period><MonthItem>5</MonthItem>
    <MonthPosition>4</MonthPosition><Month>10</Month><DayWorking>0</DayWorking></Exception></Exceptions>"""
    found = of(read(plan_xml(rest=CALENDAR.format(more=new))), CalendarException)[0]
    assert found.recurrence is Recurrence.YEARLY_POSITION
    assert (found.month, found.position, found.position_day, found.occurrences) == (11, 5, 1, 4)


@pytest.mark.parametrize("wrap", ["<WeekDays>{}</WeekDays>", "{}"])
def test_work_weeks_are_read_in_the_written_and_in_the_published_form(wrap: str) -> None:
    day = "<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
    more = f"""<WorkWeeks><WorkWeek><TimePeriod><FromDate>2027-07-01T00:00:00</FromDate>
    <ToDate>2027-08-31T23:59:00</ToDate></TimePeriod><Name>Summer</Name>{wrap.format(day)}</WorkWeek></WorkWeeks>"""
    found = of(read(plan_xml(rest=CALENDAR.format(more=more))), WorkWeek)
    assert [(one.name, one.week) for one in found] == [("Summer", (None,) * 4 + ((), None, None))]


def test_calendars_that_lead_back_to_themselves_are_parted() -> None:
    both = "".join(
        f"<Calendar><UID>{uid}</UID><BaseCalendarUID>{base}</BaseCalendarUID></Calendar>"
        for uid, base in ((1, 2), (2, 1))
    )
    plan = read(plan_xml(rest=f"<Calendars>{both}</Calendars>"))
    assert [calendar.base is None for calendar in of(plan, Calendar)] == [True, False]
    assert plan.problems


def test_rates_are_told_for_the_unit_they_are_shown_in() -> None:
    rates = "".join(
        f"<Rate><RateTable>{table}</RateTable><StandardRate>10</StandardRate>"
        f"<StandardRateFormat>{unit}</StandardRateFormat><CostPerUse>2550</CostPerUse></Rate>"
        for table, unit in ((0, 2), (1, 3), (4, 5))
    )
    rest = (
        "<Resources><Resource><UID>3</UID><Name>Ann</Name><Type>1</Type>"
        f"<Rates>{rates}</Rates></Resource></Resources>"
    )
    found = of(read(plan_xml(rest=rest)), Rate)
    assert [(rate.table, rate.standard_rate, rate.standard_format) for rate in found] == [
        ("A", 1000, DurationFormat.HOURS),
        ("B", 8000, DurationFormat.DAYS),
        ("E", 160_000, DurationFormat.MONTHS),
    ]
    assert {rate.cost_per_use for rate in found} == {2550}


def test_custom_columns_come_with_their_lists_and_unused_ones_are_counted() -> None:
    frame = """<ExtendedAttributes>
    <ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName><Alias>Floor</Alias>
    <ValueList><Value><ID>1</ID><Value>Ground</Value></Value><Value><ID>2</ID><Value>Upper</Value></Value>
    </ValueList></ExtendedAttribute>
    <ExtendedAttribute><FieldID>188743767</FieldID><FieldName>Number1</FieldName></ExtendedAttribute>
    </ExtendedAttributes>"""
    value = "<ExtendedAttribute><FieldID>188743731</FieldID><Value>Upper</Value></ExtendedAttribute>"
    plan = read(plan_xml(task_xml(1, more=value), frame=frame))
    assert [(field.alias, field.kind, field.choices) for field in of(plan, CustomField)] == [
        ("Floor", FieldKind.CHOICE, ("Ground", "Upper"))
    ]
    assert [cell.value for cell in of(plan, CustomValue)] == ["Upper"]
    assert ("ExtendedAttribute without name and value", 1) in [(one.name, one.count) for one in plan.not_used]


def test_outline_codes_become_choices_by_their_whole_path() -> None:
    frame = """<OutlineCodes><OutlineCode><Guid>X</Guid><FieldID>188744096</FieldID>
    <FieldName>Outline Code1</FieldName><Alias>Area</Alias><Values>
    <Value><ValueID>5</ValueID><Value>West</Value></Value>
    <Value><ValueID>6</ValueID><ParentValueID>5</ParentValueID><Value>Hall</Value></Value>
    </Values></OutlineCode></OutlineCodes>"""
    value = "<OutlineCode><FieldID>188744096</FieldID><ValueID>6</ValueID></OutlineCode>"
    plan = read(plan_xml(task_xml(1, more=value), frame=frame))
    assert of(plan, CustomField)[0].choices == ("West", "West.Hall")
    assert of(plan, CustomValue)[0].value == "West.Hall"


def test_what_is_not_used_is_listed_by_name_and_count_and_decisions_stand_first() -> None:
    plan = read(
        plan_xml(
            task_xml(1, more="<HideBar>1</HideBar><ACWP>5</ACWP>") + task_xml(2, more="<HideBar>1</HideBar>")
        )
    )
    assert [(one.name, one.count, one.is_computed) for one in plan.not_used] == [
        ("HideBar", 2, False),
        ("ACWP", 1, True),
    ]


def test_the_code_is_made_from_the_title_and_never_taken_twice() -> None:
    plan = read(plan_xml(title="Büro &amp; Umzug 2027"))
    assert plan.project_code == "BU2027"
    other = read(plan_xml(task_xml(1), title="Büro &amp; Umzug 2027"), Document.holding(plan.records))
    assert other.project_code == "BU2027-2"


def test_the_same_file_a_second_time_is_refused_with_both_ways_out() -> None:
    content = plan_xml(task_xml(1))
    document = Document.holding(read(content).records)
    again = read(content, document)
    with pytest.raises(Refusal, match="OFFICE"):
        refuse_second_time(again)
    refuse_second_time(read(content, document, "OFFICE-MOVE"))
    refuse_second_time(read(content, document, "SECOND"))


def test_a_new_state_of_a_plan_is_told_as_new_changed_and_vanished() -> None:
    first = read(plan_xml(task_xml(1) + task_xml(2) + task_xml(3)), code="M")
    document = Document.holding(first.records)
    later = read(plan_xml(task_xml(1) + task_xml(3, "Renamed") + task_xml(9)), document, "m")
    assert later.is_update
    assert later.project == first.project
    assert [task.uid for task in later.new if isinstance(task, Task)] == [9]
    assert [task.name for task in later.changed if isinstance(task, Task)] == ["Renamed"]
    assert [task.uid for task in later.vanished if isinstance(task, Task)] == [2]
    assert not isinstance(later.vanished[0], Task), "what hangs on a task goes before it"


def test_a_task_is_known_again_by_its_guid_before_its_number() -> None:
    first = read(
        plan_xml(task_xml(1, "A", more="<GUID>AA</GUID>") + task_xml(2, "B", more="<GUID>BB</GUID>"))
    )
    document = Document.holding(first.records)
    swapped = plan_xml(task_xml(2, "A", more="<GUID>AA</GUID>") + task_xml(1, "B", more="<GUID>BB</GUID>"))
    before = {task.guid: task.id for task in of(first, Task)}
    after = {task.guid: task.id for task in of(read(swapped, document, "OFFICE-MOVE"), Task)}
    assert after == before


def test_a_task_that_was_added_here_is_renumbered_rather_than_overwritten() -> None:
    first = read(plan_xml(task_xml(1)), code="M")
    mine = Task(of(first, Task)[0].id.__class__("mine"), first.project, 2, None, "z", "Ours")
    document = Document.holding((*first.records, mine))
    later = read(plan_xml(task_xml(1) + task_xml(2, "Theirs")), document, "M")
    assert sorted((task.uid, task.name) for task in of(later, Task)) == [
        (1, "Task 1"),
        (2, "Theirs"),
        (3, "Ours"),
    ]
    assert later.problems


def test_reading_the_same_state_again_changes_nothing() -> None:
    content = plan_xml(task_xml(1) + task_xml(2, level=2) + task_xml(3))
    first = read(content, code="M")
    again = read(content, Document.holding(first.records), "M")
    assert (again.new, again.changed, again.vanished) == ((), (), ())
    assert again.same == len(first.records)


def test_a_baseline_that_cannot_be_read_is_told_with_its_task() -> None:
    baseline = "<Baseline><Number>0</Number><Start>9000-01-04T08:00:00</Start></Baseline>"
    plan = read(plan_xml(task_xml(7, more=baseline)))
    (problem,) = [one for one in plan.problems if "9000" in one.sentence]
    assert problem.place.startswith("Task 7 ")
