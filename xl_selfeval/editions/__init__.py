"""The files that people open, built from the template, the macros and the ribbon: .xlsx, .xlsm and .xlam."""
