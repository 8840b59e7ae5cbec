"""What both comparisons need: the programs and packages they run, interleaved runs, and tables of them.

Python's own library alone: it has to run before anything is installed."""
import contextlib
import fcntl
import json
import os
import pathlib
import platform
import resource
import shlex
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "peers"
PROGRAMS = ROOT / "build" / "release"
SCRIPTS = pathlib.Path(__file__).resolve().parent
# How long heed's program has its threads look before they sleep (cli/main.cc). Threads that always look take
# processors from workers that have some of their own.
HEED_WAITS = {"GOMP_SPINCOUNT": "2000"}


def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def python_with(name, packages):
    """The interpreter of a virtual environment under build/peers that has these packages of PyPI."""
    folder = BUILD / name
    python = folder / "bin" / "python"
    wanted = " ".join(packages)
    installed = folder / "installed.txt"
    if installed.exists() and installed.read_text() == wanted:
        return str(python)
    say(f"installing into {folder.relative_to(ROOT)}: {wanted}")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
                   check=True)
    installed.write_text(wanted)
    return str(python)


def build(*targets):
    """heed's own programs, built as ./dev bench builds them."""
    say(f"building {', '.join(targets)} in build/release")
    subprocess.run(["cmake", "--preset", "bench"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", "--preset", "bench", "--target", *targets], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)


class Disturbance:
    """How much of the machine's processors others take, the host of a virtual machine among them."""

    # Above this, a run says more of the machine's other work than of the program: it is run again.
    TOLERATED = 0.03

    def __init__(self):
        self.start = self.times()

    @staticmethod
    def times():
        own = resource.getrusage(resource.RUSAGE_CHILDREN)
        user, nice, system, _, _, interrupts, soft_interrupts, steal = [
            int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        busy = (user + nice + system + interrupts + soft_interrupts + steal) / os.sysconf("SC_CLK_TCK")
        return time.monotonic(), busy, own.ru_utime + own.ru_stime

    def share(self):
        """Of all processors' time since the start; one that stands still is not disturbed."""
        seconds, busy, own = (now - then for now, then in zip(self.times(), self.start))
        return max(0.0, busy - own) / (seconds * os.cpu_count())


@contextlib.contextmanager
def holding(lock):
    if lock is None:
        yield
        return
    with open(lock, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(command, environment=None, lock=None, tries=1):
    """The JSON object that a command prints last, and the share of the processors that others took meanwhile: where
    that was much it is run again, `tries` times at most, and the least disturbed run counts."""
    command = [str(part) for part in command]
    changed = {**os.environ, **(environment or {})}
    changed = {name: value for name, value in changed.items() if value is not None}
    best = None
    for _ in range(tries):
        with holding(lock):
            disturbance = Disturbance()
            done = subprocess.run(command, env=changed, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
            share = disturbance.share()
        if done.returncode != 0:
            sys.exit(f"{shlex.join(command)} failed:\n{done.stderr or done.stdout}")
        if best is None or share < best["others_share"]:
            best = {**json.loads(done.stdout.splitlines()[-1]), "others_share": share}
        if share <= Disturbance.TOLERATED:
            break
    return best


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine():
    revision = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True).stdout.strip()
    return {
        "processor": processor(),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "load_average_before": os.getloadavg()[0],
        "heed": revision or "unknown",
        "date": time.strftime("%Y-%m-%d"),
    }


def spread(values, digits=3):
    """Median (least to most)."""
    def short(value):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.{digits}g}"
    return f"{short(statistics.median(values))} ({short(min(values))} to {short(max(values))})"


def table(header, rows):
    """A Markdown table that reads well as plain text too."""
    rows = [list(map(str, row)) for row in rows]
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths)) + " |"
                     for line in lines) + "\n"


def write(name, results, text):
    """build/peers/NAME.json and NAME.md."""
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")
    (BUILD / f"{name}.md").write_text(text)
