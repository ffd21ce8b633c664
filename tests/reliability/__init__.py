"""The real workspace as the reliability testers drive it: an edit is several records that belong together."""
