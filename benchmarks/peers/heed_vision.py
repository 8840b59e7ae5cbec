"""Runs heed's program for the comparison of Vision Transformers and prints one JSON object of the same form as PyTorch's side."""
import argparse
import json
import pathlib
import resource
import shlex
import shutil
import subprocess
import sys

from vision_sizes import add_sizes

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "build" / "bench" / "heed"


def command(options):
    """No augmentation, neither validation nor saving between the updates; batches are counted in patches."""
    updates, patches = options.warm_up + options.updates, (options.image_size // options.patch) ** 2
    return [PROGRAM, "train", "--task", "image-classification", "--train-images", options.images, "--output", options.output,
            "--image-size", options.image_size, "--patch-size", options.patch, "--layers", options.layers,
            "--heads", options.heads, "--width", options.width, "--hidden", options.hidden, "--dropout", options.dropout,
            "--augment-shift", 0, "--batch-tokens", options.batch * patches, "--learning-rate", options.learning_rate,
            "--schedule", "constant", "--warmup", 1, "--label-smoothing", 0.1, "--weight-decay", 0.05, "--beta2", 0.98,
            "--maximum-gradient-norm", 1, "--moving-average-epochs", 0, "--validation-share", 0.01,
            "--precision", "bfloat16" if options.bfloat16 else "float32", "--updates", updates, "--epochs", 0,
            "--validate-every", updates, "--save-minutes", 0, "--threads", options.threads]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("images")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--image-size", type=int, default=28)
    add_sizes(parser)
    options = parser.parse_args()
    shutil.rmtree(options.output, ignore_errors=True)
    called = list(map(str, command(options)))
    done = subprocess.run(called, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(called)} failed:\n{done.stdout}")
    lines = map(json.loads, (options.output / "training" / "log.jsonl").read_text().splitlines())
    counted = [line for line in lines if line.get("event") == "update" and line["update"] > options.warm_up]
    print(json.dumps({"seconds": [line["seconds"] for line in counted], "images": [line["examples"] for line in counted],
                      "losses": [line["loss"] for line in counted],
                      "peak_memory_bytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024}))


main()
