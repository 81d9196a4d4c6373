"""`python -m octopub` is the command."""

from octopub.cli import main

main()
