"""What a plan carries beyond what we take over: told by name and count, so that nothing goes silently."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.domain.plan_import import NotUsed
from app.exchange.mspdi.intake import Intake

_BLANK = frozenset(("", "0", "-1", "0.0", "0.00", "PT0H0M0S", "false", "NA", "-65535"))

_USED: dict[str, frozenset[str]] = {
    "project": frozenset(
        """
        SaveVersion BuildNumber Name GUID Title Manager ScheduleFromStart StartDate FinishDate
        CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode CurrencySymbolPosition
        CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth
        DefaultTaskType HonorConstraints MultipleCriticalPaths NewTasksEffortDriven
        NewTasksEstimated NewTasksAreManual SplitsInProgressTasks WeekStartDay StatusDate
        ExtendedAttributes OutlineCodes Calendars Tasks Resources Assignments
        """.split()
    ),
    "calendars": frozenset("UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks".split()),
    "tasks": frozenset(
        """
        UID GUID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start
        Finish Duration DurationFormat Work Stop Resume EffortDriven Recurring Estimated Milestone
        Summary Critical ExternalTask EarlyStart EarlyFinish LateStart LateFinish FreeSlack
        TotalSlack FixedCost FixedCostAccrual PercentComplete Cost ActualStart ActualFinish
        ActualWork RemainingDuration ConstraintType ConstraintDate CalendarUID Deadline
        LevelingDelay IgnoreResourceCalendar Notes Hyperlink HyperlinkAddress HyperlinkSubAddress
        PhysicalPercentComplete Contact ManualStart ManualFinish ManualDuration PredecessorLink
        ExtendedAttribute OutlineCode Baseline TimephasedData
        """.split()
    ),
    "resources": frozenset(
        """
        UID GUID ID Name Type IsNull Initials MaterialLabel Code Group EmailAddress MaxUnits
        CanLevel AccrueAt StandardRate StandardRateFormat OvertimeRate OvertimeRateFormat CostPerUse
        CalendarUID Notes IsGeneric IsInactive IsCostResource IsBudget ExtendedAttribute OutlineCode
        Baseline AvailabilityPeriods Rates TimephasedData
        """.split()
    ),
    "assignments": frozenset(
        """
        UID GUID TaskUID ResourceUID Work ActualWork RemainingWork OvertimeWork ActualStart
        ActualFinish ActualCost Cost Delay LevelingDelay Units WorkContour CostRateTable BudgetWork
        BudgetCost Notes ExtendedAttribute OutlineCode Baseline TimephasedData
        """.split()
    ),
}
_COMPUTED: dict[str, frozenset[str]] = {
    "project": frozenset("CreationDate LastSaved Revision CurrentDate ExtendedCreationDate".split()),
    "calendars": frozenset("GUID".split()),
    "tasks": frozenset(
        """
        CreateDate StartVariance FinishVariance WorkVariance StartSlack FinishSlack OverAllocated
        PercentWorkComplete OvertimeCost OvertimeWork ActualDuration ActualCost ActualOvertimeCost
        ActualOvertimeWork RegularWork RemainingCost RemainingWork RemainingOvertimeCost
        RemainingOvertimeWork ACWP CV SV BCWS BCWP WBSLevel ResumeValid PreLeveledStart
        PreLeveledFinish LevelingDelayFormat EarnedValueMethod DisplayAsSummary ActualWorkProtected
        ActualOvertimeWorkProtected FreeformDurationFormat
        """.split()
    ),
    "resources": frozenset(
        """
        CreationDate PeakUnits OverAllocated Start Finish Work RegularWork OvertimeWork ActualWork
        RemainingWork ActualOvertimeWork RemainingOvertimeWork PercentWorkComplete Cost OvertimeCost
        ActualCost ActualOvertimeCost RemainingCost RemainingOvertimeCost WorkVariance CostVariance
        SV CV ACWP BCWS BCWP ActualWorkProtected ActualOvertimeWorkProtected AvailableFrom
        AvailableTo
        """.split()
    ),
    "assignments": frozenset(
        """
        CreationDate PercentWorkComplete Start Finish Stop Resume RegularWork StartVariance
        FinishVariance WorkVariance CostVariance RemainingCost RemainingOvertimeCost
        RemainingOvertimeWork ActualOvertimeCost ActualOvertimeWork OvertimeCost Overallocated ACWP
        CV SV VAC BCWS BCWP PeakUnits Milestone Summary ActualWorkProtected
        ActualOvertimeWorkProtected LevelingDelayFormat HasFixedRateUnits FixedMaterial
        """.split()
    ),
}
_PLACES = {
    "calendars": "Calendars/Calendar",
    "tasks": "Tasks/Task",
    "resources": "Resources/Resource",
    "assignments": "Assignments/Assignment",
}


def tally(root: Element, intake: Intake) -> tuple[NotUsed, ...]:
    """What the plan carries and we leave aside, decisions first, the most frequent first."""
    computed = dict(intake.computed)
    _count(root, "project", intake, computed)
    for where, path in _PLACES.items():
        for element in root.findall(path):
            _count(element, where, intake, computed)
    left = [NotUsed(name, count, where) for (where, name), count in intake.not_used.items()]
    left += [NotUsed(name, count, where, True) for (where, name), count in computed.items()]
    return tuple(sorted(left, key=lambda one: (one.is_computed, -one.count, one.where, one.name)))


def _count(element: Element, where: str, intake: Intake, computed: dict[tuple[str, str], int]) -> None:
    used, worked_out = _USED[where], _COMPUTED[where]
    for child in element:
        tag = child.tag
        if tag in used or (not len(child) and (child.text or "").strip() in _BLANK):
            continue
        if tag in worked_out:
            computed[(where, tag)] = computed.get((where, tag), 0) + 1
        else:
            intake.leave(tag, where, max(1, len(child)))
