"""The one style sheet: controls, menus, headers and scroll bars in the tokens of a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.theme import Metrics, Tokens

_TEXT = """
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {strong_border};
    padding: 4px 8px; font-size: 12px; }}

QPushButton {{ background: {surface}; color: {text}; border: 1px solid {border}; border-radius: 6px;
    padding: 0 12px; min-height: {inner}px; }}
QPushButton:hover {{ background: {sunken}; border-color: {strong_border}; }}
QPushButton:pressed {{ background: {border}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: {inner_focus}px; }}
QPushButton:disabled {{ color: {hint}; background: {canvas}; }}
QPushButton[primary="true"] {{ background: {accent}; color: {on_accent}; border-color: {accent};
    font-weight: 600; }}
QPushButton[primary="true"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {text}; }}
QPushButton[primary="true"]:disabled {{ background: {sunken}; color: {hint}; border-color: {border}; }}
QPushButton[quiet="true"] {{ background: transparent; border-color: transparent; color: {accent};
    font-weight: 500; padding: 0 8px; }}
QPushButton[quiet="true"]:hover {{ background: {accent_weak}; }}
QPushButton[quiet="true"]:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QPushButton[small="true"] {{ min-height: 22px; padding: 0 8px; }}
QPushButton[small="true"]:focus {{ min-height: 20px; padding: 0 7px; }}
QPushButton[tall="true"] {{ min-height: 48px; }}
QPushButton[tall="true"]:focus {{ min-height: 46px; }}
QPushButton::menu-indicator {{ width: 0; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px;
    color: {secondary}; }}
QToolButton:hover {{ background: {sunken}; }}
QToolButton:pressed, QToolButton:checked {{ background: {accent_weak}; color: {accent}; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 3px; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {{
    background: {surface}; color: {text}; border: 1px solid {strong_border}; border-radius: 6px;
    padding: 0 8px; min-height: {inner}px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QTextEdit, QPlainTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QDateEdit:focus, QComboBox:focus {{ border: 2px solid {accent}; padding: 0 7px;
    min-height: {inner_focus}px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ color: {hint}; background: {canvas};
    border-color: {border}; }}
QLineEdit[wrong="true"] {{ border: 2px solid {bad}; padding: 0 7px; min-height: {inner_focus}px; }}
QLineEdit[cell="true"] {{ border: 2px solid {accent}; border-radius: 0; padding: 0 6px; min-height: 0; }}
QLineEdit[cell="true"][wrong="true"] {{ border-color: {bad}; }}
QLineEdit[inspector="true"], QComboBox[inspector="true"] {{ border-color: {border}; min-height: 26px; }}
QPlainTextEdit[inspector="true"] {{ border-color: {border}; }}
QPlainTextEdit[inspector="true"]:focus {{ border-color: {accent}; }}
QLineEdit[inspector="true"]:hover, QComboBox[inspector="true"]:hover {{ border-color: {strong_border}; }}
QLineEdit[inspector="true"]:focus, QComboBox[inspector="true"]:focus {{ border-color: {accent};
    min-height: 24px; }}
QLineEdit[inspector="true"][wrong="true"] {{ border-color: {bad}; min-height: 24px; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0 8px; min-height: 0;
    background: transparent; }}
QSpinBox {{ padding: 0; max-height: {inner}px; }}
QSpinBox:focus {{ padding: 0; max-height: {inner_focus}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QCheckBox {{ spacing: 8px; color: {text}; }}
QCheckBox:disabled {{ color: {hint}; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {strong_border}; border-radius: 3px;
    background: {surface}; }}
QCheckBox::indicator:hover {{ border-color: {accent}; }}
QCheckBox::indicator:focus {{ border: 2px solid {accent}; width: 12px; height: 12px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QCheckBox::indicator:checked:focus {{ border-color: {text}; }}
QCheckBox::indicator:disabled {{ background: {canvas}; border-color: {border}; }}
QCheckBox::indicator:checked:disabled {{ background: {strong_border}; border-color: {strong_border}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 14px; height: 14px; }}
QTableCornerButton::section {{ background: {canvas}; border: none; border-bottom: 1px solid {border}; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {border}; padding: 4px;
    selection-background-color: {accent_weak}; selection-color: {text}; }}

QMenu {{ background: {surface}; color: {text}; border: 1px solid {border}; border-radius: 8px;
    padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {accent_weak}; color: {text}; }}
QMenu::item:disabled {{ color: {hint}; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QMenuBar {{ background: {surface}; color: {text}; border-bottom: 1px solid {border}; }}
QMenuBar::item {{ padding: 6px 10px; background: transparent; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {sunken}; }}

QTabBar::tab {{ background: transparent; color: {secondary}; padding: 6px 12px; border: none;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {border}; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {strong_border}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: {surface}; border: none; }}

QProgressBar {{ background: {sunken}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSplitter::handle {{ background: {border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QSplitter::handle:hover {{ background: {accent}; }}
QTableView, QListView, QTreeView {{ border: none; background: {surface}; color: {text}; outline: none;
    selection-background-color: {accent_weak}; selection-color: {text}; }}
QListWidget::item, QTreeWidget::item {{ padding: 6px 8px; }}
QListWidget::item:hover, QTreeWidget::item:hover {{ background: {sunken}; }}
QListWidget::item:selected, QTreeWidget::item:selected {{ background: {accent_weak}; color: {text}; }}
QTreeWidget QHeaderView::section {{ background: {canvas}; color: {secondary}; border: none;
    border-bottom: 1px solid {border}; padding: 0 8px; min-height: 28px; font-size: 12px; font-weight: 600; }}
QListWidget[topics="true"] {{ background: {canvas}; border-right: 1px solid {border}; padding: 12px 8px; }}
QListWidget[topics="true"]::item {{ padding: 8px; border-radius: 6px; }}
QTextBrowser {{ border: none; border-radius: 0; }}
QTextBrowser:focus {{ border: none; padding: 4px 6px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QScrollArea {{ border: none; background: transparent; }}
QGroupBox {{ border: 1px solid {border}; border-radius: 8px; margin-top: 12px; padding: 12px; }}
QLabel[tone="hint"] {{ color: {hint}; }}
QLabel[tone="secondary"] {{ color: {secondary}; }}
QLabel[tone="good"] {{ color: {good}; }}
QLabel[tone="watch"] {{ color: {watch}; }}
QLabel[tone="bad"] {{ color: {bad}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
"""


def sheet_text(tokens: Tokens, metrics: Metrics, arrow: str = "", tick: str = "") -> str:
    """Give the style sheet for a scheme and a density; `arrow` is the picture that opens lists, `tick`
    the one in a checked box."""
    from ui.theme import mixed

    colours = {name: getattr(tokens, name) for name in tokens.__slots__ if name not in ("is_dark", "series")}
    return _TEXT.format(
        **colours,
        arrow=arrow,
        tick=tick,
        accent_hover=mixed("#FFFFFF" if tokens.is_dark else "#000000", tokens.accent, 0.12),
        handle=mixed(tokens.strong_border, tokens.surface, 0.45),
        inner=metrics.control - 2,
        inner_focus=metrics.control - 4,
    )
