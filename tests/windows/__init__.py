"""What only Windows with Excel can show: one script, run by hand, and tests of the parts of it that need no Windows."""
