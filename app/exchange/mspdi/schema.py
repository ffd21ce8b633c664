"""The order and the required elements of Microsoft Project XML, as far as we write it.

Source: the Microsoft Office Project 2007 XML Data Interchange Schema (mspdi_pj12.xsd, revision of
2007-11-28), with what Project 2010 to 2019 add (GUID, Active, Manual, ManualStart …) at the places
where those programs write it. Project refuses a file whose elements stand in another order.
"""

from __future__ import annotations

NAMESPACE = "http://schemas.microsoft.com/project"
SAVE_VERSION = "14"

_PROJECT = """
SaveVersion UID Name Title Subject Category Company Manager Author GUID CreationDate Revision LastSaved
ScheduleFromStart StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol
CurrencyCode CurrencySymbolPosition CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay
MinutesPerWeek DaysPerMonth DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate
DefaultOvertimeRate DurationFormat WorkFormat EditableActualCosts HonorConstraints EarnedValueMethod
InsertedProjectsLikeSummary MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated
SplitsInProgressTasks SpreadActualCost SpreadPercentComplete TaskUpdatesResource FiscalYearStart
WeekStartDay MoveCompletedEndsBack MoveRemainingStartsBack MoveRemainingStartsForward
MoveCompletedEndsForward BaselineForEarnedValue AutoAddNewResourcesAndTasks StatusDate CurrentDate
MicrosoftProjectServerURL Autolink NewTaskStartDate NewTasksAreManual DefaultTaskEVMethod
ProjectExternallyEdited ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject OutlineCodes
WBSMasks ExtendedAttributes Calendars Tasks Resources Assignments
"""
_TASK = """
UID GUID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel
Priority Start Finish Duration ManualStart ManualFinish ManualDuration DurationFormat Work Stop Resume
ResumeValid EffortDriven Recurring OverAllocated Estimated Milestone Summary Critical IsSubproject
IsSubprojectReadOnly SubprojectName ExternalTask ExternalTaskProject EarlyStart EarlyFinish LateStart
LateFinish StartVariance FinishVariance WorkVariance FreeSlack TotalSlack StartSlack FinishSlack
FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost OvertimeCost OvertimeWork ActualStart
ActualFinish ActualDuration ActualCost ActualOvertimeCost ActualWork ActualOvertimeWork RegularWork
RemainingDuration RemainingCost RemainingWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV
ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay
LevelingDelayFormat PreLeveledStart PreLeveledFinish Hyperlink HyperlinkAddress HyperlinkSubAddress
IgnoreResourceCalendar Notes HideBar Rollup BCWS BCWP PhysicalPercentComplete EarnedValueMethod
PredecessorLink ActualWorkProtected ActualOvertimeWorkProtected ExtendedAttribute Baseline OutlineCode
IsPublished StatusManager CommitmentStart CommitmentFinish CommitmentType TimephasedData
"""
_RESOURCE = """
UID GUID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress
Hyperlink HyperlinkAddress HyperlinkSubAddress MaxUnits PeakUnits OverAllocated AvailableFrom AvailableTo
Start Finish CanLevel AccrueAt Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork
RemainingOvertimeWork PercentWorkComplete StandardRate StandardRateFormat Cost OvertimeRate
OvertimeRateFormat OvertimeCost CostPerUse ActualCost ActualOvertimeCost RemainingCost
RemainingOvertimeCost WorkVariance CostVariance SV CV ACWP CalendarUID Notes BCWS BCWP IsGeneric
IsInactive IsEnterprise BookingType ActualWorkProtected ActualOvertimeWorkProtected ActiveDirectoryGUID
CreationDate ExtendedAttribute Baseline OutlineCode IsCostResource AssnOwner AssnOwnerGuid IsBudget
AvailabilityPeriods Rates TimephasedData
"""
_ASSIGNMENT = """
UID GUID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualOvertimeCost
ActualOvertimeWork ActualStart ActualWork ACWP Confirmed Cost CostRateTable CostVariance CV Delay Finish
FinishVariance Hyperlink HyperlinkAddress HyperlinkSubAddress WorkVariance HasFixedRateUnits
FixedMaterial LevelingDelay LevelingDelayFormat LinkedFields Milestone Notes Overallocated OvertimeCost
OvertimeWork PeakUnits RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork
RemainingWork ResponsePending Start Stop Resume StartVariance Summary SV Units UpdateNeeded VAC Work
WorkContour BCWS BCWP BookingType ActualWorkProtected ActualOvertimeWorkProtected CreationDate AssnOwner
AssnOwnerGuid BudgetCost BudgetWork ExtendedAttribute Baseline TimephasedData
"""
_DAY = "DayType DayWorking TimePeriod WorkingTimes"
_CUSTOM_VALUE = "FieldID Value ValueGUID DurationFormat"

ORDER: dict[str, tuple[str, ...]] = {
    "Project": tuple(_PROJECT.split()),
    "OutlineCodes/OutlineCode": tuple(
        """Guid FieldID FieldName Alias PhoneticAlias Values Enterprise EnterpriseOutlineCodeAlias
        ResourceSubstitutionEnabled LeafOnly AllLevelsRequired OnlyTableValuesAllowed Masks""".split()
    ),
    "Values/Value": ("ValueID", "FieldGUID", "Type", "ParentValueID", "Value", "Description"),
    "ExtendedAttributes/ExtendedAttribute": tuple(
        """FieldID FieldName CFType Guid ElemType MaxMultiValues UserDef Alias SecondaryPID AutoRollDown
        DefaultGuid Ltuid PhoneticAlias RollupType CalculationType Formula RestrictValues ValuelistSortOrder
        AppendNewValues Default ValueList""".split()
    ),
    "ValueList/Value": ("ID", "Value", "Description", "Phonetic"),
    "Calendars/Calendar": tuple(
        """UID GUID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID WeekDays Exceptions
        WorkWeeks""".split()
    ),
    "WeekDays/WeekDay": tuple(_DAY.split()),
    "Exceptions/Exception": tuple(
        """EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition
        Month MonthDay DayWorking WorkingTimes""".split()
    ),
    "WorkWeeks/WorkWeek": ("TimePeriod", "Name", "WeekDays"),
    "TimePeriod": ("FromDate", "ToDate"),
    "WorkingTimes/WorkingTime": ("FromTime", "ToTime"),
    "Tasks/Task": tuple(_TASK.split()),
    "Task/PredecessorLink": tuple(
        "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat".split()
    ),
    "Task/ExtendedAttribute": tuple(_CUSTOM_VALUE.split()),
    "Task/OutlineCode": ("FieldID", "ValueID", "ValueGUID"),
    "Task/Baseline": tuple(
        """TimephasedData Number Interim Start Finish Duration DurationFormat EstimatedDuration Work Cost BCWS
        BCWP FixedCost""".split()
    ),
    "Resources/Resource": tuple(_RESOURCE.split()),
    "Resource/ExtendedAttribute": tuple(_CUSTOM_VALUE.split()),
    "Resource/OutlineCode": ("FieldID", "ValueID", "ValueGUID"),
    "Resource/Baseline": ("Number", "Work", "Cost", "BCWS", "BCWP"),
    "AvailabilityPeriods/AvailabilityPeriod": ("AvailableFrom", "AvailableTo", "AvailableUnits"),
    "Rates/Rate": tuple(
        """RatesFrom RatesTo RateTable StandardRate StandardRateFormat OvertimeRate OvertimeRateFormat
        CostPerUse""".split()
    ),
    "Assignments/Assignment": tuple(_ASSIGNMENT.split()),
    "Assignment/ExtendedAttribute": tuple(_CUSTOM_VALUE.split()),
    "Assignment/Baseline": ("TimephasedData", "Number", "Start", "Finish", "Work", "Cost", "BCWS", "BCWP"),
    "TimephasedData": ("Type", "UID", "Start", "Finish", "Unit", "Value"),
}
"""The children of each element in the order in which they must stand, by parent and tag."""

REQUIRED: dict[str, frozenset[str]] = {
    "Project": frozenset(("SaveVersion", "CurrencyCode")),
    "OutlineCodes/OutlineCode": frozenset(("Guid",)),
    "Values/Value": frozenset(("FieldGUID", "Type")),
    "ValueList/Value": frozenset(("ID",)),
    "Calendars/Calendar": frozenset(("UID",)),
    "WeekDays/WeekDay": frozenset(("DayType",)),
    "Tasks/Task": frozenset(("UID",)),
    "Task/OutlineCode": frozenset(("FieldID",)),
    "Resources/Resource": frozenset(("UID",)),
    "Resource/OutlineCode": frozenset(("FieldID",)),
    "Resource/Baseline": frozenset(("Number",)),
    "Assignments/Assignment": frozenset(("UID",)),
    "Assignment/Baseline": frozenset(("Number",)),
    "TimephasedData": frozenset(("Type", "UID")),
}
"""The children that the schema requires (minOccurs is not 0)."""


def order_of(parent: str, tag: str) -> tuple[str, ...]:
    """The order that holds for the children of an element; empty where it has only rows of one kind."""
    return ORDER.get(f"{parent}/{tag}") or ORDER.get(tag, ())
