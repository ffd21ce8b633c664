"""What a file of schema version 1 looked like: a line a column (see ``FieldColumn``)."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "portfolio": """
        id id
        name text
        currency text
        calendar reference? calendars
        owner text
        notes text
    """,
    "projects": """
        id id
        code text
        name text
        rank text
        start moment
        finish moment?
        schedule_from_start flag
        status_date moment?
        calendar reference? calendars
        currency text
        state choice active|archived|template
        manager text
        sponsor text
        notes text
        minutes_per_day number
        minutes_per_week number
        days_per_month number
        week_start_day number
        default_start_time number
        default_finish_time number
        critical_slack_limit number
        multiple_critical_paths flag
        honor_constraints flag
        default_task_type choice fixed_units|fixed_duration|fixed_work
        new_tasks_effort_driven flag
        new_tasks_manual flag
        new_tasks_estimated flag
        split_in_progress flag
        reschedule_unfinished flag
        progress_rule choice as_entered|retained_logic|progress_override
        critical_method choice total_slack|longest_path
        lag_calendar choice successor|predecessor|project|always
        baseline_shown number
        source_name text
        source_digest text
        source_guid text
        source_application text
    """,
    "calendars": """
        id id
        project reference? projects
        uid number
        name text
        base reference? calendars
        week json
        is_base_calendar flag
    """,
    "calendar_exceptions": """
        id id
        calendar reference calendars
        project reference? projects
        name text
        from_date date
        to_date date
        shifts json
        recurrence choice once|daily|weekly|monthly_day|monthly_position|yearly_day|yearly_position
        every number
        weekdays number
        month_day number
        position number
        position_day number
        month number
        occurrences number
        source text
    """,
    "work_weeks": """
        id id
        calendar reference calendars
        project reference? projects
        name text
        from_date date
        to_date date
        week json
    """,
    "resources": """
        id id
        project reference? projects
        uid number
        name text
        type choice work|material|cost
        initials text
        code text
        group text
        email text
        max_units real
        calendar reference? calendars
        accrue_at choice start|end|prorated
        material_label text
        is_generic flag
        is_inactive flag
        is_budget flag
        can_level flag
        notes text
        guid text
    """,
    "rates": """
        id id
        project reference? projects
        resource reference resources
        table text
        rates_from moment?
        rates_to moment?
        standard_rate number
        standard_format choice m|h|d|w|mo|em|eh|ed|ew|emo|%|e%
        overtime_rate number
        overtime_format choice m|h|d|w|mo|em|eh|ed|ew|emo|%|e%
        cost_per_use number
    """,
    "availabilities": """
        id id
        project reference? projects
        resource reference resources
        available_from moment?
        available_to moment?
        units real
    """,
    "tasks": """
        id id
        project reference projects
        uid number
        parent reference? tasks
        rank text
        name text
        duration number
        duration_format choice m|h|d|w|mo|em|eh|ed|ew|emo|%|e%
        estimated flag
        milestone flag
        active flag
        manual flag
        manual_start moment?
        manual_finish moment?
        task_type choice fixed_units|fixed_duration|fixed_work
        effort_driven flag
        constraint choice asap|alap|mso|mfo|snet|snlt|fnet|fnlt
        constraint_date moment?
        deadline moment?
        calendar reference? calendars
        ignore_resource_calendar flag
        priority number
        percent_complete number
        physical_percent_complete number
        actual_start moment?
        actual_finish moment?
        remaining_duration number?
        stop moment?
        resume moment?
        splits json
        leveling_delay number
        work number?
        actual_work number
        fixed_cost number
        fixed_cost_accrual choice start|prorated|end
        wbs text
        notes text
        hyperlink text
        hyperlink_address text
        contact text
        recurring flag
        guid text
    """,
    "links": """
        id id
        project reference projects
        predecessor reference tasks
        successor reference tasks
        type choice FF|FS|SF|SS
        lag number
        lag_format choice m|h|d|w|mo|em|eh|ed|ew|emo|%|e%
    """,
    "assignments": """
        id id
        project reference projects
        task reference tasks
        resource reference? resources
        uid number
        units real
        work number
        actual_work number
        remaining_work number?
        overtime_work number
        actual_start moment?
        actual_finish moment?
        delay number
        leveling_delay number
        splits json
        contour number
        cost_rate_table text
        cost number?
        actual_cost number
        budget_work number?
        budget_cost number?
        notes text
        guid text
    """,
    "baselines": """
        id id
        project reference projects
        number number
        name text
        taken_at moment?
    """,
    "baseline_values": """
        id id
        project reference projects
        baseline reference baselines
        owner_kind choice portfolio|project|task|resource|assignment
        owner text
        start moment?
        finish moment?
        duration number?
        duration_format choice m|h|d|w|mo|em|eh|ed|ew|emo|%|e%
        work number?
        cost number?
        fixed_cost number?
    """,
    "custom_fields": """
        id id
        project reference? projects
        owner_kind choice portfolio|project|task|resource|assignment
        code text
        alias text
        kind choice text|number|date|duration|flag|cost|choice
        rank text
        choices json
        field_name text
        formula text
    """,
    "custom_values": """
        id id
        project reference? projects
        field reference custom_fields
        owner text
        value text
    """,
    "source_tasks": """
        id id
        project reference projects
        task reference tasks
        start moment?
        finish moment?
        duration number?
        early_start moment?
        early_finish moment?
        late_start moment?
        late_finish moment?
        total_slack number?
        free_slack number?
        critical flag?
        percent_complete number?
        work number?
        cost number?
    """,
    "timephased": """
        id id
        project reference projects
        owner_kind text
        owner text
        rows json
    """,
}
