#!/usr/bin/env python3
"""Writes tests/golden/metrics/rouge.json: what rouge-score says about texts made up here, and NLTK's stems.

    python3 -m venv /tmp/rouge && /tmp/rouge/bin/pip install rouge-score==0.1.2
    /tmp/rouge/bin/python tools/make_rouge_golden.py

Texts are words drawn with a seed, in odd spellings, with punctuation and other scripts between them. Each case is a
few segments with one to three references; the answer is the mean F-measure of each measure, of the best reference,
with and without stemming. "stems" holds English words made of stems and suffixes, with what NLTK makes of each.
"""
import json
import pathlib
import random

from nltk.stem import porter
from rouge_score import rouge_scorer

STEMS = """
relat condition ration valenc hesitanc digitiz conform radical differ vil analog vietnam predic operat feud decis hope
call form electric good adjust replac depend homolog commun activ angular effect bowdler probat rate ceas control roll
agree plaster bled motor sing conflat troubl siz hopp tann fall hiss fizz fail fil happ sk ca pon tie caress cat fe geo
theo archaeolog sky die ly dy ty news inning outing canning how proceed exceed succeed y ye toy say by cry eas ow fly
""".split()
SUFFIXES = """ s es ies sses ss ed ing eed ied y al ally ational tional enci anci izer bli alli entli eli ousli ization
ation ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness ance ence er
ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ll ly ings edly""".split(" ")
ODD = ["The", "MEETING", "e-mail", "Re:", "don't", "naïve", "İstanbul", "\u212aelvin", "日本", "3.14", "1,000", "--", "...",
       "!", "x_y", "a\u00a0b", "\u2028", "ﬁnd", "Straße", "😀", "", "re-evaluated", "attached", "budgets", "Budgets."]


def text(draw):
    words = [draw.choice(ODD) if draw.random() < 0.3 else draw.choice(STEMS) + draw.choice(SUFFIXES)
             for _ in range(draw.choice([0, 1, 2, 3, 5, 8, 13]))]
    return " ".join(words)


def near(draw, original):
    words = [w for w in original.split(" ") if draw.random() < 0.8]
    if draw.random() < 0.5:
        draw.shuffle(words)
    return " ".join(words + text(draw).split(" ")[:2])


def case(draw):
    references = [[text(draw) for _ in range(4)] for _ in range(draw.choice([1, 1, 2, 3]))]
    hypotheses = [near(draw, draw.choice(references)[i]) for i in range(4)]
    answers = {}
    for stem in (False, True):
        scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=stem)
        totals = dict.fromkeys(["rouge1", "rouge2", "rougeL"], 0.0)
        for i, hypothesis in enumerate(hypotheses):
            for name in totals:
                totals[name] += max(scorer.score(r[i], hypothesis)[name].fmeasure for r in references)
        answers["stemmed" if stem else "plain"] = {n: 100 * t / len(hypotheses) for n, t in totals.items()}
    return {"hypotheses": hypotheses, "references": references, **answers}


def main():
    draw = random.Random(20040721)
    stemmer = porter.PorterStemmer()
    words = sorted({s + suffix for s in STEMS for suffix in SUFFIXES} | set("skies sky dying lying tying is".split()))
    words = [w for w in words if len(w) > 3 and w.isascii() and w.isalnum()]
    content = {"cases": [case(draw) for _ in range(150)], "stems": {w: stemmer.stem(w) for w in words}}
    path = pathlib.Path(__file__).parent.parent / "tests/golden/metrics/rouge.json"
    path.write_text(json.dumps(content, ensure_ascii=True, separators=(",", ":")) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
