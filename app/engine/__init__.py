"""Arithmetic only: integers, arrays and small frozen dataclasses of those; it knows no project, file or screen."""
