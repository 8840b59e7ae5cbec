"""Writes batches of token ids that both sides learn from: training_batches.py TOKENIZER SOURCE TARGET TOKENS COUNT OUTPUT

A line a pair: source ids, tab, target ids, without begin and end marks; an empty line after each batch. A batch has
at most TOKENS tokens on either side, end marks counted and padding not. Sentences of like length go together, over
the whole corpus: a peer that pads has next to nothing to pad.
"""
import gzip
import random
import sys

import sentencepiece


def ids(tokenizer, file):
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return tokenizer.encode(lines.read().splitlines())


def main():
    tokenizer_file, source_file, target_file, tokens, count, output = sys.argv[1:]
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=tokenizer_file)
    pairs = [(s, t) for s, t in zip(ids(tokenizer, source_file), ids(tokenizer, target_file))
             if 0 < len(s) < 256 and 0 < len(t) < 256]
    pairs.sort(key=lambda pair: (len(pair[1]), len(pair[0])))
    batches, room = [], (0, 0)
    for source, target in pairs:
        room = (room[0] - len(source) - 1, room[1] - len(target) - 1)
        if min(room) < 0:
            batches.append([])
            room = (int(tokens) - len(source) - 1, int(tokens) - len(target) - 1)
        batches[-1].append((source, target))
    batches.pop()  # what is left over is no whole batch
    random.Random(1).shuffle(batches)
    with open(output, "w") as file:
        for batch in batches[:int(count)]:
            for source, target in batch:
                file.write(" ".join(map(str, source)) + "\t" + " ".join(map(str, target)) + "\n")
            file.write("\n")


main()
