"""What we write stands in the order and with the elements that the published schema asks for."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest

from app.derive.schedule import schedule_of
from app.exchange.mspdi import write_plan
from app.exchange.mspdi.schema import NAMESPACE, REQUIRED, order_of
from app.exchange.mspdi.xml_out import element
from tests.app.exchange.plans import PLANS, PROJECT, rich_document


def pairs(parent: Element) -> Iterator[tuple[str, Element]]:
    """Every element under its place: ``Task/Baseline``, ``Tasks/Task``, or its tag alone."""
    for child in parent:
        yield f"{parent.tag}/{child.tag}", child
        yield from pairs(child)


def plain(content: bytes) -> Element:
    root = fromstring(content)
    for one in root.iter():
        assert one.tag.startswith(f"{{{NAMESPACE}}}")
        one.tag = one.tag.partition("}")[2]
    return root


def written() -> Element:
    document = rich_document()
    return plain(write_plan(document, PROJECT, schedule_of(document, PROJECT)))


def misplaced(root: Element) -> list[str]:
    found = []
    for place, one in [("Project", root), *pairs(root)]:
        parent, _, tag = place.rpartition("/")
        order = order_of(parent, tag)
        tags = [child.tag for child in one]
        if order:
            missing = (REQUIRED.get(place) or REQUIRED.get(tag) or frozenset()) - set(tags)
            places = [order.index(name) for name in tags]
            if places != sorted(places) or missing:
                found.append(f"{place}: {tags} without {sorted(missing)}")
        elif tags and len(set(tags)) > 1:
            found.append(f"{place} has no order but {tags}")
    return found


def test_every_element_stands_where_the_schema_puts_it() -> None:
    assert misplaced(written()) == []


def test_a_start_of_the_project_a_calendar_and_a_task_are_always_there() -> None:
    root = written()
    assert root.findtext("StartDate") == "2027-01-04T08:00:00"
    uids = {calendar.findtext("UID") for calendar in root.findall("Calendars/Calendar")}
    assert root.findtext("CalendarUID") in uids
    assert len(uids) == len(root.findall("Calendars/Calendar"))


@pytest.mark.parametrize(
    "path", ["Calendars/Calendar", "Tasks/Task", "Resources/Resource", "Assignments/Assignment"]
)
def test_numbers_are_unique_and_references_lead_somewhere(path: str) -> None:
    root = written()
    uids = [one.findtext("UID") for one in root.findall(path)]
    assert len(uids) == len(set(uids))
    for one in root.findall("Assignments/Assignment"):
        assert root.find(f"Tasks/Task[UID='{one.findtext('TaskUID')}']") is not None
        resource = one.findtext("ResourceUID")
        assert resource == "-65535" or root.find(f"Resources/Resource[UID='{resource}']") is not None


def test_dates_booleans_and_figures_have_the_forms_of_the_schema() -> None:
    root = written()
    task = root.find("Tasks/Task[UID='12']")
    assert task is not None
    assert task.findtext("Duration") == "PT37H30M0S"
    assert task.findtext("Active") == "1"
    assert task.findtext("FixedCost") == "199.9"
    assert task.findtext("PredecessorLink/LinkLag") == "50"
    assert task.findtext("PredecessorLink/LagFormat") == "19"
    assert root.findtext("CurrencyDigits") == "3"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    made = element("Task", "Tasks/Task", {"UID": 1, "Name": "a\x00b\x1fc\ud800d\n<&>"})
    assert made.findtext("Name") == "abcd\n<&>"


def test_a_field_the_schema_does_not_know_there_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="Colour"):
        element("Task", "Tasks/Task", {"Colour": "red"})


@pytest.mark.skipif(not PLANS.is_dir(), reason="the plans beside the repository are not there")
def test_files_saved_by_project_itself_agree_with_our_order() -> None:
    for path in sorted(PLANS.glob("msp-*.xml")):
        root = fromstring(path.read_bytes())
        for one in root.iter():
            one.tag = one.tag.partition("}")[2]
        for name in ("Tasks/Task", "Resources/Resource"):
            order = order_of(*name.split("/"))
            for one in root.findall(name):
                # Project 2007 writes Baseline after what the schema lets follow it, and reads both orders.
                known = [child.tag for child in one if child.tag in order and child.tag != "Baseline"]
                places = [order.index(tag) for tag in known]
                assert places == sorted(places), (path.name, known)
