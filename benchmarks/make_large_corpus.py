#!/usr/bin/env python3
"""Makes a corpus of any number of different pairs out of a small one, to measure how heed bears large corpora.

    build/release/heed data sample --count 20000 --output /tmp/small.tsv
    benchmarks/make_large_corpus.py /tmp/small.tsv 10000000 > /tmp/large.tsv

Each pair is two of the small corpus, one behind the other. No two are the same, as long as there are no more than the small
corpus has pairs, squared.
"""
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("\t") for line in file]
    wanted, size = int(sys.argv[2]), len(pairs)
    if wanted > size * size:
        sys.exit(f"{size} pairs make no more than {size * size}")
    for start in range(0, wanted, size):
        shift = start // size
        lines = []
        for first in range(min(size, wanted - start)):
            a, b = pairs[first], pairs[(first + shift) % size]
            lines.append(f"{a[0]} {b[0]}\t{a[1]} {b[1]}\n")
        sys.stdout.write("".join(lines))


main()
