#!/usr/bin/env python3
"""Writes tests/golden/metrics/answers.json: exact match and F1 of made-up answers by SQuAD's rules.

    tools/make_answer_golden.py        needs transformers (PyPI); made with 4.36.2

transformers carries SQuAD's official evaluation (transformers.data.metrics.squad_metrics). Each case is an answer, the
references, the normalized answer, and the best of both figures over the references.
"""
import json
import pathlib
import random

import transformers
from transformers.data.metrics.squad_metrics import compute_exact, compute_f1, normalize_answer

WORDS = ["the", "The", "a", "an", "An", "THE", "theory", "cat", "Cat's", "cats", "1999", "1,999", "$5.2", "co-op", "U.S.",
         "\u201cquoted\u201d", "na\u00efve", "STRASSE", "Stra\u00dfe", "\u0130stanbul", "\u03a3\u039f\u03a6\u039f\u03a3",
         "a\u0301", "\u4e2d\u6587", "the\u2013end", "a/b", "_a_", "I\u00a0am", "\U0001f600", "...", "-", "\u00bd", "\u216b"]
SPACES = [" ", "  ", "\t", "\n", "\u00a0", "\u3000", ""]


def text(random_numbers, longest=6):
    return "".join(random_numbers.choice(WORDS) + random_numbers.choice(SPACES)
                   for _ in range(random_numbers.randrange(longest + 1)))


def cases():
    random_numbers = random.Random(20160616)
    for number in range(400):
        references = [text(random_numbers) for _ in range(1 + number % 3)]
        answer = text(random_numbers) if number % 4 else references[0].upper() + "."
        yield {"answer": answer, "references": references, "normalized": normalize_answer(answer),
               "exact": max(compute_exact(reference, answer) for reference in references),
               "f1": max(compute_f1(reference, answer) for reference in references)}


if __name__ == "__main__":
    path = pathlib.Path(__file__).parent.parent / "tests" / "golden" / "metrics" / "answers.json"
    path.write_text(json.dumps({"made_by": "tools/make_answer_golden.py", "transformers": transformers.__version__,
                                "cases": list(cases())}, indent=0) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")
