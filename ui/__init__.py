"""What people see and touch: the window of pm-portfolio, and the only place with Qt."""
