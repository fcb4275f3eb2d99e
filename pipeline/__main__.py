"""`python -m pipeline` is the command `qingji`."""

from pipeline.cli import main

main()
