"""Reads or marks a workbook in a process of its own, with little time and memory. Knows no Django.

    python -I child.py read  < workbook.xlsx              prints {"sheets": {name: [[cell, …], …]}}
    python -I child.py mark FILE < mistakes.json          prints the workbook with red cells and comments

The last line on stderr says what it took: {"kilobytes": 41000, "seconds": 0.4, "failure": ""}.
A cell is null, text, number, true/false, {"date": "2015-02-12"}, {"formula": "=1+1"} or {"error": "#REF!"}.
"""

import contextlib
import datetime as dt
import io
import json
import math
import resource
import signal
import sys

SECONDS = {"read": 4, "mark": 20}  # marking writes up to 5,000 lines that were read before
MEMORY = 1024 * 1024 * 1024  # bounds addresses, not use: Python maps more than it touches
DATA = 260 * 1024 * 1024
ROWS, COLUMNS, SHEETS, LONGEST = 5_002, 30, 12, 40_000


def bounded(seconds, file_size):
    """Give this process its limits; what goes beyond dies here and not in the web process."""
    signal.signal(signal.SIGXCPU, _out_of_time)  # a second later the system ends it for good
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (DATA, DATA))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    sys.setrecursionlimit(500)


def _out_of_time(_signal, _frame):
    raise TimeoutError


def cost(failure):
    """Return what this process took so far: the most memory it held at once, and time of the processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    kilobytes = used.ru_maxrss  # counts the process that began this one as well; Linux tells them apart
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return {"kilobytes": kilobytes, "seconds": used.ru_utime + used.ru_stime, "failure": failure}


def plain(cell):
    """Return a cell's value as something JSON can say."""
    value = cell.value
    if value is None or isinstance(value, bool):
        found = value
    elif cell.data_type in ("f", "e"):
        found = {"formula" if cell.data_type == "f" else "error": str(value)[:200]}
    elif isinstance(value, dt.datetime | dt.date):
        found = {"date": value.isoformat()[:10]}
    elif isinstance(value, int | float):
        found = value if math.isfinite(value) and abs(value) < 10**15 else {"error": "number"}
    else:
        found = str(value)[:LONGEST]
    return found


def read(content):
    """Return {sheet name: rows}, trailing empty cells and rows left out."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    sheets = {}
    for sheet in book.worksheets[:SHEETS]:
        rows = []
        for row in sheet.iter_rows(min_row=1, max_row=ROWS, max_col=COLUMNS):
            found = [plain(cell) for cell in row]
            while found and found[-1] is None:
                found.pop()
            rows.append(found)
        while rows and not rows[-1]:
            rows.pop()
        sheets[sheet.title] = rows
    return {"sheets": sheets}


def mark(content, mistakes):
    """Return the same workbook with each wrong cell in red and a comment that says why."""
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = load_workbook(io.BytesIO(content), keep_links=False)
    red = PatternFill("solid", fgColor="FFF4B8B0")
    for mistake in mistakes:
        if mistake["sheet"] in book.sheetnames and mistake["cell"]:
            cell = book[mistake["sheet"]][mistake["cell"]]
            cell.fill = red
            cell.comment = Comment(mistake["words"][:1000], "CRWG", width=320, height=110)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main():
    task = sys.argv[1]
    bounded(SECONDS[task], 0 if task == "read" else 64 * 1024 * 1024)  # marking writes temporary files
    failure = ""
    try:
        work(task)
    except BaseException as error:  # whatever a stranger's file brings about ends here, and says what it took
        failure = type(error).__name__
    sys.stderr.write(f"\n{json.dumps(cost(failure))}")
    sys.exit(bool(failure))


def work(task):
    if task == "read":
        sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
    else:
        with open(sys.argv[2], "rb") as file:
            content = file.read()
        sys.stdout.buffer.write(mark(content, json.load(sys.stdin)))


if __name__ == "__main__":
    main()
