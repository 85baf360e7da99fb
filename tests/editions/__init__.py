"""The editions: macros, ribbon, sheet buttons, packages."""
