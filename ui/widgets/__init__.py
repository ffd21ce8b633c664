"""Parts of the window that know no project: rail, page frame, sheet, inspector, notices."""
