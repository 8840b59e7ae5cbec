"""Runs heed's program for the comparisons of language models and prints one JSON object of the same form as PyTorch's side.

All that the comparisons know of heed's command line, its log and its folders is here and in torch_generation.py's
heed_model()."""
import argparse
import json
import os
import pathlib
import resource
import shlex
import shutil
import subprocess
import sys
import time

from language_model_sizes import add_generation, add_sizes, add_training

CONTEXT_ENDS = 1 << 20  # tokens: the model's context ends before
PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "build" / "release" / "heed"


def train_command(options):
    """A model in the shape of GPT-2, by character; neither validation nor saving between the updates."""
    updates = options.warm_up + options.updates
    return [PROGRAM, "train", "--task", "text-generation", "--train-text", options.text, "--output", options.output,
            "--tokenizer", "characters", "--context", options.context, "--layers", options.layers, "--heads", options.heads,
            "--width", options.width, "--hidden", 4 * options.width, "--dropout", options.dropout, "--norm", "pre", "--norm-kind", "layer",
            "--positions", "learned", "--feed-forward", options.feed_forward,
            "--biases" if options.biases else "--no-biases", "--batch-tokens", options.batch * options.context,
            "--learning-rate", options.learning_rate, "--schedule", "constant", "--warmup", 1, "--label-smoothing", 0,
            "--weight-decay", 0.1, "--beta2", 0.99, "--maximum-gradient-norm", options.clip_norm,
            "--precision", "bfloat16" if options.bfloat16 else "float32", "--updates", updates,
            "--validate-every", updates, "--save-minutes", 0, "--threads", options.threads]


def generate_command(options):
    """Drawn at temperature 1 from all tokens, or the likeliest token each time; streamed, a character a token."""
    return [PROGRAM, "generate", options.model, "--prompt", options.prompt, "--max-tokens", options.tokens or CONTEXT_ENDS,
            "--seed", options.seed, *(["--top-k", 1] if options.greedy else ["--temperature", 1])]


def failed(command, told):
    sys.exit(f"{shlex.join(command)} failed:\n{told}")


def train(options):
    shutil.rmtree(options.output, ignore_errors=True)
    command = list(map(str, train_command(options)))
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        failed(command, done.stdout)
    lines = map(json.loads, (options.output / "training" / "log.jsonl").read_text().splitlines())
    counted = [line for line in lines if line.get("event") == "update" and line["update"] > options.warm_up]
    return {"seconds": [line["seconds"] for line in counted], "tokens": [line["tokens"] for line in counted],
            "losses": [line["loss"] for line in counted]}


def generate(options):
    """Seconds from the first byte to the last: neither loading nor the prompt counts."""
    command = list(map(str, generate_command(options)))
    pieces, times = [], []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        while piece := os.read(process.stdout.fileno(), 1 << 16):
            times.append(time.perf_counter())
            pieces.append(piece)
        told = process.stderr.read().decode(errors="replace")
    if process.returncode != 0:
        failed(command, told)
    if len(pieces) < options.tokens // 2:
        failed(command, f"{options.tokens} tokens in {len(pieces)} pieces: did it stream, or end its text early?")
    text = b"".join(pieces).decode(errors="replace")
    return {"tokens": len(text) - len(pieces[0].decode(errors="replace")), "seconds": [times[-1] - times[0]], "text": text}


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("text")
    training.add_argument("--output", type=pathlib.Path, required=True)
    add_sizes(training)
    add_training(training)
    generation = commands.add_parser("generate")
    generation.add_argument("model")
    add_generation(generation)
    generation.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result = train(options) if options.command == "train" else generate(options)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({**result, "peak_memory_bytes": memory}))


main()
