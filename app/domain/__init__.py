"""What the words mean: frozen slotted records, the document that holds them, and the rules.

No Qt, no SQL, no files. Dates in records are civil: a ``Moment`` is whole minutes since
1970-01-01T00:00 on the wall clock of the plan (never a time zone), so that the arithmetic below
takes it as it is. Durations and work are whole minutes; money is whole minor units.
"""
