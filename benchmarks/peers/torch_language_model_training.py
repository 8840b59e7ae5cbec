"""How long PyTorch takes for updates of heed's language model by character: reading the text does not count.
Prints one JSON object of the same form as benchmarks/train_corpus does. Runs with any PyTorch from 1.12 on."""
import argparse
import inspect
import json
import resource
import time

import torch
from torch.nn import functional as F

from language_model_sizes import add_sizes, add_training
from torch_language_model import LanguageModel


def characters(file):
    """Ids of a text, by code point, after the 4 marks that heed's vocabularies begin with."""
    with open(file, encoding="utf-8") as lines:
        text = lines.read()
    ids = {character: i + 4 for i, character in enumerate(sorted(set(text)))}
    return torch.tensor([ids[character] for character in text])


def optimizer(model, options):
    """AdamW in the fastest form that this PyTorch has for a CPU."""
    known = inspect.signature(torch.optim.AdamW).parameters
    form = {"fused": True} if "fused" in known and hasattr(torch, "compile") else {"foreach": True}
    return torch.optim.AdamW(model.parameters(), lr=options.learning_rate, betas=(0.9, 0.99), weight_decay=0.1, **form)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("text")
    add_sizes(parser)
    add_training(parser)
    parser.add_argument("--compile", action="store_true", help="with torch.compile")
    options = parser.parse_args()
    imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    tokens = characters(options.text)
    options.vocabulary = int(tokens.max()) + 1
    model = LanguageModel(options)
    adam = optimizer(model, options)
    forward = torch.compile(model) if options.compile else model

    seconds, processor_seconds, losses = [], [], []
    for number in range(options.warm_up + options.updates):
        start, processor_start = time.perf_counter(), time.process_time()
        begins = torch.randint(len(tokens) - options.context, (options.batch, 1))
        windows = tokens[begins + torch.arange(options.context + 1)]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
            logits = forward(windows[:, :-1])
        loss = F.cross_entropy(logits.float(), windows[:, 1:].flatten())
        adam.zero_grad(set_to_none=True)
        loss.backward()
        if options.clip_norm:
            torch.nn.utils.clip_grad_norm_(model.parameters(), options.clip_norm)
        adam.step()
        value = loss.item()
        if number >= options.warm_up:
            seconds.append(time.perf_counter() - start)
            processor_seconds.append(time.process_time() - processor_start)
            losses.append(value)
    print(json.dumps({
        "seconds": seconds,
        "processor_seconds": processor_seconds,
        "tokens": [options.batch * options.context] * len(seconds),
        "losses": losses,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "memory_after_import_bytes": imported,
        "version": torch.__version__,
    }))


main()
