"""Several operations as one gesture: a block pasted, a column filled, many rows deleted.

Every sheet, menu and dialog that acts on more than one record runs ``together``, so that what the
hand did once is one step in the history and one undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from app.domain.changes import Label
from app.domain.draft import Draft
from app.operations.operation import Operation, Step

T = TypeVar("T")

Asked = Step[Any] | Callable[[Draft], Step[Any]]
"""A step, or how it is made once what came before it in the same gesture is there."""


def together(label: str, asked: Sequence[Asked], **arguments: object) -> Step[Any]:
    """One step that does all of ``asked`` in turn or nothing; its result is a tuple of theirs.

    A lone step stays what it is, with its own label and result. ``label`` is a message id and
    ``arguments`` what stands in its braces.
    """
    if len(asked) == 1 and isinstance(asked[0], Step):
        return asked[0]

    def run(draft: Draft) -> tuple[Any, ...]:
        done = tuple((each if isinstance(each, Step) else each(draft)).apply(draft) for each in asked)
        draft.label = Label(label, tuple((name, str(value)) for name, value in arguments.items()))
        return done

    return Step(Operation("together", label, run), ())


def then(first: Step[T], follow: Callable[[T], Sequence[Asked]]) -> Step[T]:
    """A step and what follows from its result, as one step under the first one's label."""

    def run(draft: Draft) -> T:
        made = first.apply(draft)
        label = draft.label
        for each in follow(made):
            (each if isinstance(each, Step) else each(draft)).apply(draft)
        draft.label = label
        return made

    return Step(Operation(first.operation.name, first.operation.label, run), ())
