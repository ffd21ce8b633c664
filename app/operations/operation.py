"""What an operation is: a plain function on a draft, with a label, that can be run, logged or called.

``rename(task, "New")`` makes a *step*, a value that the workspace runs; ``rename.within(draft,
task, "New")`` does it as part of another operation, on the same draft and so in the same step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from app.domain.changes import Label
from app.domain.draft import Draft
from app.operations.subjects import with_subject

P = ParamSpec("P")
T = TypeVar("T")

REGISTER: dict[str, Operation[Any, Any]] = {}
"""Every operation of the program by its name, such as ``tasks.set_duration``."""


@dataclass(frozen=True)
class Step(Generic[T]):
    """An operation with its arguments: what a gesture asks for, before anything happened."""

    operation: Operation[..., T]
    arguments: tuple[Any, ...]
    named: tuple[tuple[str, Any], ...] = ()

    def apply(self, draft: Draft) -> T:
        """Do it on a draft, which takes the operation's label with the record it is about.

        A function may name the step more closely itself; a name with figures in it stands as it is.

        Raises:
            Refusal: the rules of the operation forbid it; the draft is then to be thrown away.
        """
        draft.label = Label(self.operation.label)
        result = self.operation.function(draft, *self.arguments, **dict(self.named))
        given = (*self.arguments, *(value for _, value in self.named))
        draft.label = with_subject(draft, draft.label, given, result)
        return result


@dataclass(frozen=True)
class Operation(Generic[P, T]):
    """A verb a person would say, with the label its steps carry in menus and history.

    ``sealed`` operations are not taken back by undo; ``counter`` then says what takes them back.
    ``merges`` allows quick repeats on the same record and field to be one step (typing).
    """

    name: str
    label: str
    function: Callable[Concatenate[Draft, P], T]
    sealed: bool = False
    counter: str = ""
    merges: bool = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Step[T]:
        return Step(self, args, tuple(kwargs.items()))

    @property
    def promise(self) -> str:
        """What the operation promises: the first line of its docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    def within(self, draft: Draft, *args: P.args, **kwargs: P.kwargs) -> T:
        """Do this as part of a larger gesture: same draft, same step, the caller's label."""
        label = draft.label
        result = self.function(draft, *args, **kwargs)
        draft.label = label
        return result


def operation(
    label: str, *, sealed: bool = False, counter: str = "", merges: bool = False
) -> Callable[[Callable[Concatenate[Draft, P], T]], Operation[P, T]]:
    """Make a function on a draft an operation of that label, registered under ``module.name``."""

    def made(function: Callable[Concatenate[Draft, P], T]) -> Operation[P, T]:
        name = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
        verb: Operation[P, T] = Operation(name, label, function, sealed, counter, merges)
        REGISTER[name] = verb
        return verb

    return made
