"""Everything a person can do, one verb a function, one module a subject."""
