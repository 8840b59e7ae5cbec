"""How long CTranslate2 takes for a text, from tokens to tokens: loading and tokenizing do not count.
Prints one JSON object of the same form as benchmarks/translate_corpus does."""
import argparse
import gzip
import json
import resource
import time

import ctranslate2
import sentencepiece


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", help="CTranslate2 model")
    parser.add_argument("tokenizer", help="SentencePiece model")
    parser.add_argument("text")
    parser.add_argument("--output")
    parser.add_argument("--type", default="float32")
    parser.add_argument("--sentences", type=int, default=0)
    parser.add_argument("--beam", type=int, default=5)
    parser.add_argument("--length-penalty", type=float, default=0)
    parser.add_argument("--batch", type=int, default=32, help="sentences in a batch at most")
    parser.add_argument("--one-at-a-time", action="store_true")
    parser.add_argument("--fixed-length", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1, help="inter_threads")
    parser.add_argument("--threads", type=int, default=1, help="intra_threads, of each worker")
    parser.add_argument("--rounds", type=int, default=1)
    return parser.parse_args()


def read_sources(options, tokenizer):
    """The same sentences as translate_corpus picks, with their end mark."""
    open_text = gzip.open if options.text.endswith(".gz") else open
    with open_text(options.text, "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()
    count = min(options.sentences or len(lines), len(lines))
    sources = [tokenizer.encode(lines[i * len(lines) // count], out_type=str) for i in range(count)]
    if options.fixed_length:
        tokens = options.fixed_length - 1
        sources = [(source * tokens)[:tokens] for source in sources]
    return [source + ["</s>"] for source in sources]


def main():
    options = arguments()
    start = time.perf_counter()
    translator = ctranslate2.Translator(options.model, device="cpu", compute_type=options.type,
                                        inter_threads=options.workers, intra_threads=options.threads)
    load_seconds = time.perf_counter() - start
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=options.tokenizer)
    sources = read_sources(options, tokenizer)
    settings = dict(beam_size=options.beam, length_penalty=options.length_penalty, return_scores=True,
                    min_decoding_length=0)
    if options.fixed_length:
        settings.update(min_decoding_length=options.fixed_length + 1, max_decoding_length=options.fixed_length + 1)
    else:
        # heed stops each sentence at 50 tokens more than its source has; here a whole batch has one limit.
        settings.update(max_decoding_length=50 + round(sum(map(len, sources)) / len(sources)))

    def translate(sentences):
        if options.one_at_a_time and options.workers == 1:
            return [translator.translate_batch([sentence], **settings)[0] for sentence in sentences]
        # Sorted by length and cut into batches by CTranslate2 itself; they go to the workers in turn.
        batch = 1 if options.one_at_a_time else options.batch
        return translator.translate_batch(sentences, max_batch_size=batch, **settings)

    translate(sources[:20] if options.one_at_a_time else sources)
    seconds, processor_seconds = [], []
    for _ in range(options.rounds):
        start, processor_start = time.perf_counter(), time.process_time()
        found = translate(sources)
        seconds.append(time.perf_counter() - start)
        processor_seconds.append(time.process_time() - processor_start)
    if options.output:
        with open(options.output, "w", encoding="utf-8") as file:
            for result in found:
                tokens = result.hypotheses[0]
                file.write(f"{result.scores[0]:.9g}\t{' '.join(tokens)}\t{tokenizer.decode(tokens)}\n")
    print(json.dumps({
        "seconds": seconds,
        "processor_seconds": processor_seconds,
        "load_seconds": load_seconds,
        "sentences": len(sources),
        "source_tokens": sum(map(len, sources)),
        "target_tokens": sum(len(result.hypotheses[0]) for result in found),
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "version": ctranslate2.__version__,
    }))


main()
