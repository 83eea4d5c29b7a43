"""Demonstration data: the coalition's real project in full, and a plausible log around it.

Facts of the project (names of programmes, dates, places) are real and restated in our own words;
single events, numbers and small organisations are made up. Everything is drawn from a fixed seed.
"""

from projects.demo import log, organisations, project


def load(today):
    """Add what is missing; what people have changed since stays as they left it."""
    supported = organisations.load()
    work = project.load()
    log.load(work, supported, today)
    project.link(work)
