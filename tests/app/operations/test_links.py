"""Linking: chains, typed predecessors, and the loops and doubles that are refused by name."""

from __future__ import annotations

import pytest

from app.domain.errors import Refusal
from app.domain.values import DurationFormat, LinkId, Span
from app.domain.work import LinkType
from app.operations import arrange, links
from app.operations.links import predecessors_text
from tests.builders import after, done, plan


def test_a_chain_follows_the_order_of_selection() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, links.link((c, a, b)))
    assert {(each.predecessor, each.successor) for each in document.links} == {(c, a), (a, b)}
    for refused in (links.link((c, a)), links.link((a,))):
        with pytest.raises(Refusal):
            done(document, refused)
    document = after(document, links.unlink((a,)))
    assert not len(document.links)
    for tasks in ((a,), (a, b)):
        with pytest.raises(Refusal):
            done(document, links.unlink(tasks))


def test_two_tasks_are_linked_once_in_each_way() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, links.add(a, b), links.add(a, b, LinkType.FF))
    with pytest.raises(Refusal):
        done(document, links.add(a, b))
    with pytest.raises(Refusal):
        done(document, links.set_type(next(iter(document.links)).id, LinkType.FF))


def test_a_link_can_be_changed_and_dropped() -> None:
    document, _, (a, b, _c) = plan()
    document, made = done(document, links.add(a, b))
    document = after(document, links.set_type(made, LinkType.SS), links.set_lag(made, Span(-480)))
    assert (document.links[made].type, document.links[made].lag) == (LinkType.SS, -480)
    assert not len(after(document, links.drop(made)).links)
    with pytest.raises(Refusal):
        done(document, links.drop(LinkId("gone")))


def test_typed_predecessors_are_exactly_what_stands_there() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, links.set_predecessors(c, "1FS+2d;2SS-50%"))
    assert predecessors_text(document, c) == "1FS+2d;2SS-50%"
    kept = {each.predecessor: each.id for each in document.links}
    document = after(document, links.set_predecessors(c, "2FF; uid:1"))
    assert predecessors_text(document, c) == "1;2FF"
    assert {each.predecessor: each.id for each in document.links} == kept
    document = after(document, links.set_successors(a, "2SS"))
    assert predecessors_text(document, b) == "1SS"
    assert predecessors_text(document, c) == "2FF"
    document = after(document, links.set_predecessors(c, ""))
    assert predecessors_text(document, c) == ""


def test_typing_what_is_there_changes_nothing() -> None:
    document, _, (_a, _b, c) = plan()
    document = after(document, links.set_predecessors(c, "1SS+2ed;1FF+2w;2"))
    assert after(document, links.set_predecessors(c, predecessors_text(document, c))) == document


def test_no_lag_keeps_the_unit_it_was_said_in() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, links.add(a, b, LinkType.FS, Span(0, DurationFormat.WEEKS)))
    assert after(document, links.set_predecessors(b, "1")) == document


def test_predecessors_in_other_projects_are_written_with_their_code() -> None:
    document, _, (a, _b, _c) = plan()
    document, _, (x, _y) = plan(("1d", "1d"), "Q", document)
    document = after(document, links.set_predecessors(x, "P/1"))
    (link,) = document.links
    assert (link.predecessor, link.successor, link.project) == (a, x, document.tasks[x].project)
    assert predecessors_text(document, x) == "P/uid:1"
    assert after(document, links.set_predecessors(x, predecessors_text(document, x))) == document


@pytest.mark.parametrize("text", ["9", "3", "1;1", "X/1", "uid:99", "abc", "4.4"])
def test_predecessors_that_cannot_be_are_refused(text: str) -> None:
    document, _, (_a, _b, c) = plan()
    with pytest.raises(Refusal) as no:
        done(document, links.set_predecessors(c, text))
    assert no.value.sentence.endswith(".")


def test_a_loop_is_refused_and_named() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, links.link((a, b, c)))
    with pytest.raises(Refusal) as no:
        done(document, links.add(c, a))
    loop = (
        no.value.sentence.partition(": ")[2].removesuffix(".").replace("“", "").replace("”", "").split(" → ")
    )
    assert len(loop) == 4
    assert "".join(loop[:3]) in "ABCABC"
    with pytest.raises(Refusal):
        done(document, links.add(a, a))


def test_a_loop_through_a_summary_is_seen() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, arrange.indent((b,)), links.add(b, c))
    with pytest.raises(Refusal, match="circle"):
        done(document, links.add(c, a))
    document = after(document, links.unlink((c,)), links.add(a, c))
    with pytest.raises(Refusal, match="circle"):
        done(document, links.add(c, b))


def test_a_loop_through_another_project_is_seen() -> None:
    document, _, (a, b, _c) = plan()
    document, _, (x,) = plan(("1d",), "Q", document)
    document = after(document, links.add(a, x), links.add(x, b))
    with pytest.raises(Refusal, match="circle"):
        done(document, links.add(b, a))


def test_indenting_may_not_close_a_loop_or_link_a_task_to_its_own_summary() -> None:
    document, _, (a, b, c) = plan()
    linked = after(document, links.add(a, b))
    with pytest.raises(Refusal, match="lies inside"):
        done(linked, arrange.indent((b,)))
    looped = after(document, arrange.indent((b,)), links.add(a, c))
    with pytest.raises(Refusal):
        done(looped, arrange.indent((c,)))
    around = after(document, links.add(b, c), links.add(c, a))
    with pytest.raises(Refusal, match="circle"):
        done(around, arrange.indent((b,)))


def test_a_summary_is_not_linked_to_what_lies_deep_inside() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, arrange.indent((b,)), arrange.indent((c,)), arrange.indent((c,)))
    with pytest.raises(Refusal, match="lies inside"):
        done(document, links.add(c, a))
