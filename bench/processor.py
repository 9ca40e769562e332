"""Processor time of processes, in seconds, exact where the system keeps it exactly."""

import sys
import time

import psutil


def cpu_of(pid: int) -> float:
    """All processor time a process used so far; 0 when it is gone."""
    if sys.platform == "linux":
        # The kernel's clock of a process, MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED), in nanoseconds.
        try:
            return time.clock_gettime((~pid << 3) | 2)
        except OSError:
            return 0.0
    try:
        used = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return used.user + used.system


def tree_of(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return []


def memory_of_largest(pid: int) -> float:
    """Resident MiB of the largest process of a tree: a web server's worker."""
    sizes = [psutil.Process(member).memory_info().rss for member in tree_of(pid)]
    return max(sizes) / 1024 / 1024
