"""Measure several things in turns, so that a slow moment of the machine hits all of them alike."""

import gc
import statistics
import time
from dataclasses import dataclass, field


@dataclass
class Measured:
    """What one member took: seconds by the wall and of the processor, the median of each round."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def ms(self):
        return statistics.median(self.wall) * 1000


def in_turns(members, *, rounds=7, block=12, warm=3):
    """Call each member `block` times a round, the order turning, and return name → Measured.

    The first member is what the others are compared with. Each is called `warm` times unmeasured before.
    """
    for member in members.values():
        for _ in range(warm):
            member()
    names = list(members)
    measured = {name: Measured() for name in names}
    gc.collect()
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            wall, cpu = [], []
            for _ in range(block):
                cpu_begun, begun = time.process_time(), time.perf_counter()
                members[name]()
                wall.append(time.perf_counter() - begun)
                cpu.append(time.process_time() - cpu_begun)
            measured[name].wall.append(statistics.median(wall))
            measured[name].cpu.append(statistics.fmean(cpu))
    return measured


def ratio(measured, reference, what):
    """Return the median of the rounds' ratios and their range as text: 1.31 (1.24–1.40)."""
    pairs = zip(getattr(measured, what), getattr(reference, what), strict=True)
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f})"


def growth(sizes, seconds):
    """Return the exponent of seconds over size: 0 is flat, 1 is linear."""
    from math import log

    points = [(log(size), log(second)) for size, second in zip(sizes, seconds, strict=True)]
    mean_x, mean_y = (statistics.fmean(axis) for axis in zip(*points, strict=True))
    below = sum((x - mean_x) ** 2 for x, _y in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / below if below else 0.0
