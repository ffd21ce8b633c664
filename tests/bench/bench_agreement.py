"""How often the whole program gives the dates that the saving tool had: each plan with answers, imported from
its XML and scheduled, beside the agreement of an independent scheduler. Prints JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.exchange import importing
from app.operations.imports import import_plan
from app.views.fidelity import fidelity_json
from app.views.schedule_json import project_json
from app.workspace import Who, Workspace

SCHEDULES = Path(__file__).resolve().parents[3] / "shared" / "data" / "schedules"
JUDGED = {"start": "start", "finish": "finish", "critical": "critical", "total_slack": "total_slack_min"}
SIDES = ("ours", "theirs")
FIELDS = JUDGED | {name: name for name in ("early_start", "early_finish", "late_start", "late_finish")}


def main() -> None:
    """Judge every plan; says so where the plans are not there."""
    if not SCHEDULES.is_dir():
        print(json.dumps({"plans": "not there"}))
        return
    index = json.loads((SCHEDULES / "index.json").read_text(encoding="utf-8"))
    plans: dict[str, Any] = {}
    for source in sorted(SCHEDULES.glob("*.xml")):
        name = source.name.removesuffix(".mspdi.xml")
        plans[source.name] = judged(source, index.get(name, {}).get("independent_scheduler"))
    both = [plan for plan in plans.values() if "theirs" in plan]
    sums = {side: {field: sum(plan[side][field] for plan in both) for field in FIELDS} for side in SIDES}
    leaves = sum(plan["leaf_tasks"] for plan in both)
    print(json.dumps({"leaf_tasks_compared": leaves, "in_sum": sums, "plans": plans}, indent=1))


def judged(source: Path, independent: dict[str, Any] | None) -> dict[str, Any]:
    """One plan: what was found, and where answers exist how many leaves agree in each field."""
    with Workspace.in_memory(owner=Who.here("bench")) as door:
        plan = importing.read(source, door.document)
        door.run(import_plan(plan))
        report = fidelity_json(door.document, plan)
        shown = {task["uid"]: task for task in project_json(door.document, plan.project)["tasks"]}
    found: dict[str, Any] = {
        "tasks_compared": report["compared"],
        "tasks_that_differ": report["differing"],
        "unexplained": report["unexplained"],
    }
    oracle = source.with_name(source.name.replace(".mspdi.xml", ".oracle.json"))
    if oracle == source or not oracle.is_file():
        return found
    given = json.loads(oracle.read_text(encoding="utf-8"))
    leaves = [
        task["uid"] for task in given["inputs"]["tasks"] if not task["summary"] and task["uid"] in shown
    ]
    answers = {uid: given["answers"][str(uid)] for uid in leaves}
    found["leaf_tasks"] = len(leaves)
    found["ours"] = {
        field: sum(_same(field, answers[uid], shown[uid][key]) for uid in leaves)
        for field, key in FIELDS.items()
    }
    if independent and independent["agree"]:
        found["theirs"] = {field: independent["agree"][field] for field in FIELDS}
        found["at_least_theirs"] = all(found["ours"][field] >= found["theirs"][field] for field in JUDGED)
    return found


def _same(field: str, answer: dict[str, Any], ours: Any) -> bool:
    expected = answer["total_slack_min"] if field == "total_slack" else answer[field]
    if field == "total_slack" and expected is not None:
        return round(expected) == ours
    return bool(expected == ours)


if __name__ == "__main__":
    main()
