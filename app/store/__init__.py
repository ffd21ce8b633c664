"""The file: one portfolio is one SQLite file, and this room is the only SQL of the program.

Tables follow from the records (``schema``), rows are made from records and back by generated
functions (``codec``), and ``connection`` is the one way to open a file. A commit is one
transaction that holds the rows, the journal entry, the control sums and the edit counter. Only
``app.workspace`` comes in here.
"""
