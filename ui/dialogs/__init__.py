"""The few questions that need an answer before anything goes on; none is larger than 1366 x 768."""
