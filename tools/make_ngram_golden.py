#!/usr/bin/env python3
"""Writes tests/golden/ngram: models that KenLM estimates from train.txt, and what it says of test.txt.

    tools/make_ngram_golden.py LMPLZ QUERY

LMPLZ and QUERY are the programs of KenLM 0.3.0 (kpu/kenlm; the source package `kenlm` of PyPI holds them: its
CMakeLists.txt builds both). train.txt and test.txt are sides of `heed data sample` (ICU's locale data).
"""
import gzip
import json
import pathlib
import subprocess
import sys

folder = pathlib.Path(__file__).parent.parent / "tests/golden/ngram"
lmplz, query = sys.argv[1:]
models = []
# Order 3 has all its discounts; at order 5 there is too little text, and KenLM guesses some of them.
for order in (3, 5):
    arpa = folder / f"kenlm{order}.arpa"
    subprocess.run([lmplz, "-o", str(order), "-S", "5%", "--discount_fallback", "--text", folder / "train.txt",
                    "--arpa", arpa], check=True, stderr=subprocess.DEVNULL)
    with open(folder / "test.txt") as text:
        said = subprocess.run([query, "-v", "summary", "-v", "sentence", arpa], stdin=text, check=True,
                              capture_output=True, text=True).stdout.splitlines()
    sentences = [line.split() for line in said if line.startswith("Total:")]
    summary = dict(line.rsplit(":", 1) for line in said if not line.startswith("Total:"))
    models.append({
        "order": order,
        "log10_probabilities": [float(words[1]) for words in sentences],
        "unknown": [int(words[3]) for words in sentences],
        "perplexity": float(summary["Perplexity including OOVs"]),
        "perplexity_of_known": float(summary["Perplexity excluding OOVs"]),
        "predictions": int(summary["Tokens"]),
    })
    with open(f"{arpa}.gz", "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(arpa.read_bytes())
    arpa.unlink()
(folder / "kenlm.json").write_text(json.dumps({"kenlm": "0.3.0", "models": models}, indent=1) + "\n")
