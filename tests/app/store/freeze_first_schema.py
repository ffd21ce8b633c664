"""Write app/store/migrations/version_1.py anew from the records of today, until the first release.

    python -m tests.app.store.freeze_first_schema

Version 1 is what the records say, without what version 2 brought. Once a version is in other
people's files its columns are frozen for good: then a new field needs a new version instead.
"""

from __future__ import annotations

from pathlib import Path

from app.domain.records import KINDS
from app.store.schema import columns_of

BROUGHT_BY_2 = {("saved_views", None), ("projects", "near_critical_limit")}
PLACE = Path(__file__).resolve().parents[3] / "app" / "store" / "migrations" / "version_1.py"


def text() -> str:
    """The module as it should be."""
    lines = [
        '"""What a file of schema version 1 looked like: a line a column (see ``FieldColumn``)."""',
        "",
        "from __future__ import annotations",
        "",
        "TABLES: dict[str, str] = {",
    ]
    for kind in KINDS:
        if (kind.table, None) in BROUGHT_BY_2:
            continue
        lines.append(f'    "{kind.table}": """')
        columns = [c for c in columns_of(kind.type) if (kind.table, c.name) not in BROUGHT_BY_2]
        lines.extend(f"        {column}" for column in columns)
        lines.append('    """,')
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    PLACE.write_text(text(), encoding="utf-8")
