"""Reading minutes that exist already: a two-column table becomes agenda items, actions and the next meeting.

    read_text(words) or read_docx(file) → Table → understand(table, …) → Minutes

Pure functions: names of organisations, pillars and the calendar are passed in, nothing is saved.
"""

from meetings.minutes.directory import Directory
from meetings.minutes.from_docx import read_docx
from meetings.minutes.from_text import read_text
from meetings.minutes.understanding import Minutes, understand

__all__ = ["Directory", "Minutes", "read_docx", "read_text", "understand"]
