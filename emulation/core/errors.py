"""What a rule says when it says no."""


class Refused(Exception):
    """A rule said no. The message is one Vietnamese sentence, safe to show: what is wrong and what to do."""


class Stale(Refused):
    """Somebody saved the same row first; nothing of this save was written."""
