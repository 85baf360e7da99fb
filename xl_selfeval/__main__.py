"""`python -m xl_selfeval` is the same as `xl-selfeval`."""

from xl_selfeval.cli import main

main()
