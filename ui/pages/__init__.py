"""The screens, one a module; they do not know each other."""
