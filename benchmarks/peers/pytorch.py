"""Which builds of PyTorch heed is compared with, how they are installed, and the environment that makes them fast."""
import os
import pathlib
import shutil
import subprocess
import sys

from comparison import python_with, say

# glibc hands large blocks back to the system and faults them in again at every update unless it is told to keep them.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(4 << 30), "MALLOC_TRIM_THRESHOLD_": str(8 << 30),
               "MALLOC_TOP_PAD_": str(256 << 20)}
PINNED = {"OMP_PROC_BIND": "true"}
# OpenBLAS takes new processors for old ones: it has to be told which kernels they can run.
OPENBLAS = {"LD_LIBRARY_PATH": "/usr/lib/x86_64-linux-gnu/openblas-openmp"}
# What the caller's environment says of OpenBLAS is meant for other programs.
UNSET = {"OPENBLAS_CORETYPE": None, "OPENBLAS_L2_SIZE": None}
DEBIAN_PYTHON = "/usr/bin/python3"


def add_peers(parser, choices=("debian", "pypi", "pypi-compiled")):
    parser.add_argument("--peers", nargs="+", default=["debian", "pypi"], choices=choices,
                        help="which PyTorch to install and try; the fastest one at each work is compared with")
    parser.add_argument("--as-shipped", action="store_true", help="PyTorch without the environment that tunes it")


def install_debian_torch():
    known = subprocess.run([DEBIAN_PYTHON, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode == 0
    libraries = pathlib.Path(OPENBLAS["LD_LIBRARY_PATH"], "libopenblas.so.0").exists()
    if known and libraries:
        return True
    if not shutil.which("apt-get"):
        say("not a Debian system: its PyTorch is left out")
        return False
    root = [] if os.getuid() == 0 else ["sudo"]
    say("installing Debian's python3-torch and libopenblas0-openmp")
    subprocess.run([*root, "apt-get", "update", "-qq"], check=True)
    subprocess.run([*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-torch",
                    "libopenblas0-openmp"], check=True, stdout=subprocess.DEVNULL)
    return True


def installed_peers(options, script):
    """Name, command that runs the script, and environment of each PyTorch that there is."""
    flags = pathlib.Path("/proc/cpuinfo").read_text()
    wide = {"OPENBLAS_CORETYPE": "SkylakeX", "ATEN_CPU_CAPABILITY": "avx512"} if " avx512f " in flags else {}
    tuned = UNSET if options.as_shipped else {**UNSET, **KEEP_MEMORY, **PINNED}
    found = []
    if "debian" in options.peers and install_debian_torch():
        found.append(("debian", [DEBIAN_PYTHON, script], tuned if options.as_shipped else {**tuned, **wide, **OPENBLAS}))
    if {"pypi", "pypi-compiled"} & set(options.peers):
        python = python_with("torch-venv", ["torch", "numpy"])  # gigabytes: PyPI's comes with all of CUDA
        if "pypi" in options.peers:
            found.append(("pypi", [python, script], tuned))
        if "pypi-compiled" in options.peers:
            found.append(("pypi-compiled", [python, script, "--compile"], tuned))
    if not found:
        sys.exit("no PyTorch to compare with; see --peers")
    return found
