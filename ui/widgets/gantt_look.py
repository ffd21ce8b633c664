"""The pens, brushes and measures a Gantt chart is drawn with, made once per colour scheme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen

from ui.theme import Role, Tokens, font, mixed

BAR, GHOST, DIAMOND, BRACKET = 16, 4, 12, 6
LABEL_GAP = 12
TIER = 22
"""The height of one header row; the chart's header has two."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How one sort of bar is filled: the bar, its done part, and its outline."""

    body: QBrush
    done: QBrush
    edge: QPen


@dataclass(frozen=True, slots=True)
class GanttLook:
    """Everything a painter of charts needs to know about colours and type."""

    surface: QColor
    header: QColor
    selected: QColor
    hovered: QColor
    rest: QColor
    row_line: QPen
    grid_line: QPen
    month_line: QPen
    header_text: QPen
    header_strong: QPen
    label: QPen
    label_muted: QPen
    task: Fill
    critical: Fill
    manual: Fill
    manual_critical: Fill
    inactive: Fill
    summary: QBrush
    diamond: QBrush
    ghost: QBrush
    floating: QPen
    deadline: QBrush
    deadline_missed: QBrush
    link: QPen
    link_critical: QPen
    link_faded: QPen
    link_strong: QPen
    link_strong_critical: QPen
    today: QPen
    status: QPen
    focus: QPen
    drag: QPen
    body_font: QFont
    head_font: QFont
    head_strong_font: QFont
    label_metrics: QFontMetricsF


def _pen(colour: str | QColor, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    made = QPen(QColor(colour), width, style)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return made


@lru_cache(maxsize=4)
def look_of(t: Tokens) -> GanttLook:
    """The look of a scheme's tokens."""
    ink, blue, orange, teal = t.series[0], t.accent, t.series[2], t.series[3]
    body = mixed(blue, t.surface, 0.42 if not t.is_dark else 0.45)
    teal_body = mixed(teal, t.surface, 0.42)
    bad = _pen(t.bad, 1.5)
    muted = mixed(t.hint, t.surface, 0.5)
    # Names stand beside bars: tabular figures would draw their hyphens as wide as a figure.
    label_font = font(Role.CAPTION)
    return GanttLook(
        surface=QColor(t.surface),
        header=QColor(t.canvas),
        selected=QColor(t.accent_weak),
        hovered=QColor(t.canvas),
        rest=QColor(mixed(t.text, t.surface, 0.035)),
        row_line=_pen(mixed(t.border, t.surface, 0.55)),
        grid_line=_pen(mixed(t.border, t.surface, 0.45)),
        month_line=_pen(t.border),
        header_text=_pen(t.hint),
        header_strong=_pen(t.text),
        label=_pen(t.secondary),
        label_muted=_pen(t.hint),
        task=Fill(QBrush(QColor(body)), QBrush(QColor(blue)), _pen(mixed(blue, t.surface, 0.7))),
        critical=Fill(QBrush(QColor(body)), QBrush(QColor(blue)), bad),
        manual=Fill(QBrush(QColor(teal_body)), QBrush(QColor(teal)), _pen(mixed(teal, t.surface, 0.8))),
        manual_critical=Fill(QBrush(QColor(teal_body)), QBrush(QColor(teal)), bad),
        inactive=Fill(
            QBrush(QColor(t.surface)), QBrush(QColor(muted)), _pen(t.strong_border, 1, Qt.PenStyle.DashLine)
        ),
        summary=QBrush(QColor(ink)),
        diamond=QBrush(QColor(ink)),
        ghost=QBrush(QColor(mixed(t.strong_border, t.surface, 0.62))),
        floating=_pen(mixed(t.strong_border, t.surface, 0.85), 1.5),
        deadline=QBrush(QColor(t.good)),
        deadline_missed=QBrush(QColor(t.bad)),
        link=_pen(mixed(t.strong_border, t.surface, 0.75)),
        link_critical=_pen(mixed(t.bad, t.surface, 0.75)),
        link_faded=_pen(mixed(t.strong_border, t.surface, 0.3)),
        link_strong=_pen(t.accent, 1.5),
        link_strong_critical=_pen(t.bad, 1.5),
        today=_pen(t.accent, 1, Qt.PenStyle.DashLine),
        status=_pen(orange, 1.5),
        focus=_pen(t.accent, 2),
        drag=_pen(t.accent, 1.5),
        body_font=label_font,
        head_font=font(Role.CAPTION, tabular=True),
        head_strong_font=font(Role.CAPTION_STRONG, tabular=True),
        label_metrics=QFontMetricsF(label_font),
    )
