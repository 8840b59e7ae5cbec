"""How long PyTorch takes for updates of heed's model on given batches (training_batches.py): reading them does not count.
Prints one JSON object of the same form as benchmarks/train_corpus does. Runs with any PyTorch from 1.12 on."""
import argparse
import inspect
import json
import math
import resource
import time

import torch
from torch import nn
from torch.nn import functional as F

PRESETS = {  # layers, width, hidden, heads, dropout: heed's
    "tiny": (4, 128, 256, 4, 0.3),
    "small": (3, 256, 1024, 4, 0.2),
    "base": (6, 512, 2048, 8, 0.1),
    "big": (6, 1024, 4096, 16, 0.3),
}
PADDING, BEGIN, END = 0, 1, 2


def attend(q, k, v, seen):
    """[batch, heads, time, width of a head]; `seen`: the keys that a query may look at."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=seen)
    scores = (q / math.sqrt(q.size(-1))) @ k.transpose(-2, -1)
    return scores.masked_fill(~seen, float("-inf")).softmax(-1) @ v


class Attention(nn.Module):
    """One product for query, key and value where they have one input, one for key and value otherwise."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.project = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def split(self, x, parts):
        return x.view(x.size(0), x.size(1), parts, self.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, x, memory, seen):
        width = x.size(-1)
        if memory is None:
            q, k, v = self.split(self.project(x), 3)
        else:
            weight, bias = self.project.weight, self.project.bias
            q, = self.split(F.linear(x, weight[:width], bias[:width]), 1)
            k, v = self.split(F.linear(memory, weight[width:], bias[width:]), 2)
        return self.output(attend(q, k, v, seen).transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    """Of the encoder, or with `crossed` of the decoder; each sublayer's result is dropped out, added and normalized."""

    def __init__(self, width, hidden, heads, dropout, crossed):
        super().__init__()
        self.self_attention = Attention(width, heads)
        self.cross_attention = Attention(width, heads) if crossed else None
        self.expand, self.contract = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3 if crossed else 2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, seen, memory=None, memory_seen=None):
        x = self.norms[0](x + self.dropout(self.self_attention(x, None, seen)))
        if memory is not None:
            x = self.norms[1](x + self.dropout(self.cross_attention(x, memory, memory_seen)))
        return self.norms[-1](x + self.dropout(self.contract(F.relu(self.expand(x)))))


class Transformer(nn.Module):
    def __init__(self, preset, vocabulary):
        super().__init__()
        layers, width, hidden, heads, dropout = PRESETS[preset]
        self.table = nn.Embedding(vocabulary, width)  # of the source, the target and the output
        nn.init.normal_(self.table.weight, std=width ** -0.5)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.encoder = nn.ModuleList(Layer(width, hidden, heads, dropout, False) for _ in range(layers))
        self.decoder = nn.ModuleList(Layer(width, hidden, heads, dropout, True) for _ in range(layers))
        for parameter in [*self.encoder.parameters(), *self.decoder.parameters()]:
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        self.dropout = nn.Dropout(dropout)
        angles = torch.arange(1024)[:, None] * 10000 ** (-torch.arange(0, width, 2) / width)
        self.register_buffer("positions", torch.stack([angles.sin(), angles.cos()], -1).flatten(1))

    def embed(self, tokens):
        scale = math.sqrt(self.table.embedding_dim)
        return self.dropout(self.table(tokens) * scale + self.positions[:tokens.size(1)])

    def forward(self, source, target):
        source_seen = (source != PADDING)[:, None, None, :]
        # Padding stands at the end, so no query that counts ever sees it.
        target_seen = torch.ones(target.size(1), target.size(1), dtype=torch.bool).tril()
        memory = self.embed(source)
        for layer in self.encoder:
            memory = layer(memory, source_seen)
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, target_seen, memory, source_seen)
        return F.linear(x, self.table.weight, self.bias)


def padded(sequences):
    longest = max(map(len, sequences))
    return torch.tensor([sequence + [PADDING] * (longest - len(sequence)) for sequence in sequences])


def read_batches(file):
    batches = [[]]
    for line in open(file):
        if line == "\n":
            batches.append([])
        else:
            batches[-1].append([[int(token) for token in side.split()] for side in line.split("\t")])
    return [(padded([source + [END] for source, _ in batch]),
             padded([[BEGIN] + target for _, target in batch]),
             padded([target + [END] for _, target in batch])) for batch in batches if batch]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("batches")
    parser.add_argument("--preset", default="tiny", choices=PRESETS)
    parser.add_argument("--vocabulary", type=int, default=10000)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--label-smoothing", type=float, default=0.1)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="with torch.compile")
    options = parser.parse_args()
    imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    batches = read_batches(options.batches)
    model = Transformer(options.preset, options.vocabulary)
    fused = {"fused": True} if "fused" in inspect.signature(torch.optim.Adam).parameters and hasattr(torch, "compile") else {}
    adam = torch.optim.Adam(model.parameters(), lr=options.learning_rate, betas=(0.9, 0.98), eps=1e-9, **fused)
    forward = torch.compile(model, dynamic=True) if options.compile else model

    seconds, losses, target_tokens, places = [], [], [], []
    for number, (source, target, wanted) in enumerate(batches):
        start = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
            logits = forward(source, target)
        loss = F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten(), ignore_index=PADDING,
                               label_smoothing=options.label_smoothing)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        value = loss.item()
        if number < options.warm_up:
            continue
        seconds.append(time.perf_counter() - start)
        losses.append(value)
        target_tokens.append(int((wanted != PADDING).sum()))
        places.append(wanted.numel())
    print(json.dumps({
        "seconds": seconds,
        "target_tokens": target_tokens,
        "losses": losses,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "memory_after_import_bytes": imported,
        "padding": 1 - sum(target_tokens) / sum(places),
        "version": torch.__version__,
    }))


main()
