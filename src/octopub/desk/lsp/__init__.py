"""What an editor asks about a manuscript while it is written."""
