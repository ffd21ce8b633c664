"""Everything a person can see, as plain frozen tuples: pure functions of a document and an ask."""
