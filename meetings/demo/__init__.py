"""Demonstration data of meetings: the working group's year 2015 and this season."""

from meetings.demo.loading import load

__all__ = ["load"]
