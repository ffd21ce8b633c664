"""Qt models over views: one for any table, one for any tree."""
