#!/usr/bin/env python3
"""Writes tests/golden/tokenizers: models of SentencePiece's own trainer and what SentencePiece makes of texts
with them, and text that subword-nmt cut.

    pip install sentencepiece==0.2.0 subword-nmt==0.3.8
    tools/make_tokenizer_golden.py

They learn from tests/golden/ngram/train.txt and cut test.txt beside it, which are made up.
"""
import gzip
import io
import json
import pathlib

import sentencepiece
from subword_nmt.apply_bpe import BPE
from subword_nmt.learn_bpe import learn_bpe

golden = pathlib.Path(__file__).parent.parent / "tests/golden"
folder = golden / "tokenizers"
folder.mkdir(exist_ok=True)
train, test = golden / "ngram/train.txt", golden / "ngram/test.txt"
texts = test.read_text().splitlines() + [
    "", " ", "  two  spaces ", "tab\tand no-break\u00a0space", "Ｈｅｌｌｏ　２", "ﬁve ½ Å", "漢字", "October 漢 26", "e\u0301", "a\u200bb",
    "😀 ten", "<s> and </s>", "▁", "one\ntwo"]
# Special ids as T5 has them, and as SentencePiece has them unless told otherwise.
models = {
    "unigram_t5_ids": {"model_type": "unigram", "normalization_rule_name": "nmt_nfkc",
                       "pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1},
    "bpe_own_ids": {"model_type": "bpe", "normalization_rule_name": "identity"},
    "bpe_of_bytes": {"model_type": "bpe", "normalization_rule_name": "identity", "byte_fallback": True,
                     "vocab_size": 500, "remove_extra_whitespaces": False},
}
expected = {}
for name, options in models.items():
    model = io.BytesIO()
    with open(train) as lines:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=lines, model_writer=model, minloglevel=2, num_threads=1,
            **({"vocab_size": 200, "character_coverage": 1.0} | options))
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    with open(folder / f"{name}.model.gz", "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(model.getvalue())
    expected[name] = [{"text": text, "ids": processor.encode(text), "pieces": processor.encode(text, out_type=str),
                       "decoded": processor.decode(processor.encode(text)),
                       "unknown": processor.unk_id() in processor.encode(text)} for text in texts]
(folder / "sentencepiece.json").write_text(json.dumps(expected, ensure_ascii=False, indent=0) + "\n")

merges = io.StringIO()
with open(train) as lines:
    learn_bpe(lines, merges, 200)
merges.seek(0)
bpe = BPE(merges)
(folder / "subword_nmt.txt").write_text("".join(bpe.process_line(line) for line in open(test)))
