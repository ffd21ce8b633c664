"""Foreign files in and out: Microsoft Project plans as XML, task sheets as CSV, Excel and JSON.

Reading never changes a document: it returns a proposal of the domain, findings included.
"""
