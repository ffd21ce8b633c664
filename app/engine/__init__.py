"""Arithmetic only: integers, arrays and small frozen dataclasses; it knows no project, file or screen."""
