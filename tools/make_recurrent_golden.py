#!/usr/bin/env python3
"""Writes tests/golden/recurrent_*.safetensors: what PyTorch's own recurrent layers make of fixed weights.

    tools/make_recurrent_golden.py        needs PyTorch 1.13 or later (Debian: apt-get install python3-torch)

Each file holds an encoder-decoder's parameters under heed's names, a batch of sentences of different lengths, the
logits, the loss with label smoothing, and the loss's gradient for every parameter. PyTorch computes each sentence by
itself, in float64, and rounds the results to float32; heed, which computes them together, must agree.
"""
import math
import pathlib

import torch
import torch.nn.functional as F
from torch import nn

from make_transformer_golden import SMOOTHING, SOURCES, TARGETS, write_safetensors

WIDTH, HIDDEN, LAYERS, SOURCE_PIECES, TARGET_PIECES = 5, 6, 2, 11, 10
FILES = {f"{cell}_{attention}": (cell, attention)
         for cell, attention in [("rnn", "none"), ("gru", "luong"), ("lstm", "bahdanau"), ("lstm", "luong")]}
LAYER = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


class Model(nn.Module):
    def __init__(self, cell, attention):
        super().__init__()
        self.cell, self.attention = cell, attention
        kind, states = LAYER[cell], 2 if cell == "lstm" else 1
        self.encoder = kind(WIDTH, HIDDEN // 2, LAYERS, bidirectional=True)
        first = WIDTH + (HIDDEN if attention == "bahdanau" else 0)  # the context is a further input
        self.decoder = nn.ModuleList(kind(first if i == 0 else HIDDEN, HIDDEN) for i in range(LAYERS))
        self.bridge = nn.Linear(HIDDEN, LAYERS * states * HIDDEN)
        self.source_table = nn.Parameter(torch.empty(SOURCE_PIECES, WIDTH))
        self.target_table = nn.Parameter(torch.empty(TARGET_PIECES, WIDTH))
        self.output_bias = nn.Parameter(torch.empty(TARGET_PIECES))
        self.readout = nn.Linear(HIDDEN if attention == "none" else 2 * HIDDEN, WIDTH)
        if attention != "none":
            self.key = nn.Linear(HIDDEN, HIDDEN, bias=False)
        if attention == "bahdanau":
            self.query, self.score = nn.Linear(HIDDEN, HIDDEN, bias=False), nn.Linear(HIDDEN, 1, bias=False)

    def forward(self, source, target):
        """Logits of one sentence."""
        encoded, _ = self.encoder(F.embedding(source, self.source_table) * math.sqrt(WIDTH))
        last = torch.cat([encoded[-1, :HIDDEN // 2], encoded[0, HIDDEN // 2:]])
        starts = self.bridge(last).tanh().split(HIDDEN)
        if self.cell == "lstm":
            states = [(starts[2 * i][None], starts[2 * i + 1][None]) for i in range(LAYERS)]
        else:
            states = [start[None] for start in starts]
        tops = []
        for token in target:
            x = F.embedding(token, self.target_table) * math.sqrt(WIDTH)
            if self.attention == "bahdanau":
                before = (states[0][0] if self.cell == "lstm" else states[0])[0]
                scores = self.score((self.query(before) + self.key(encoded)).tanh())[:, 0]
                context = scores.softmax(0) @ encoded
                x = torch.cat([x, context])
            for i, layer in enumerate(self.decoder):
                x, states[i] = layer(x[None], states[i])
                x = x[0]
            if self.attention == "luong":
                context = (self.key(encoded) @ x).softmax(0) @ encoded
            tops.append(x if self.attention == "none" else torch.cat([context, x]))
        return F.linear(self.readout(torch.stack(tops)).tanh(), self.target_table, self.output_bias)


def parts_of(model):
    """heed's name of every parameter, with its value and gradient; a part of one of PyTorch's, sometimes."""
    names = {"output_bias": "decoder.output.bias", "source_table": "encoder.embedding.weight",
             "target_table": "decoder.embedding.weight", "bridge": "decoder.bridge", "readout": "decoder.readout",
             "ih": "input", "hh": "recurrent"}
    attention = "decoder.layers.0.attention." if model.attention == "bahdanau" else "decoder.attention."
    for name, parameter in model.named_parameters():
        head, *rest = name.split(".")
        if head in ("key", "query", "score"):
            parts = [(..., f"{attention}{head}.weight")]
        elif head in ("encoder", "decoder"):
            last, which, layer = rest[-1].split("_")[:3]
            direction = ".backwards" if name.endswith("reverse") else ".forwards"
            place = f"encoder.layers.{layer[1:]}{direction}" if head == "encoder" else f"decoder.layers.{rest[0]}"
            parts = [(..., f"{place}.{names[which]}.{last}")]
            if last == "weight" and parameter.shape[1] == WIDTH + HIDDEN:
                parts = [((slice(None), slice(0, WIDTH)), f"{place}.input.weight"),
                         ((slice(None), slice(WIDTH, None)), f"{place}.context.weight")]
        else:
            parts = [(..., ".".join([names[head], *rest]))]
        for part, ours in parts:
            yield ours, parameter[part], parameter.grad[part]


def golden(cell, attention):
    torch.manual_seed(20150210)
    model = Model(cell, attention).double().train()
    with torch.no_grad():
        for parameter in model.parameters():  # no bias is zero, and each is a float32
            parameter.copy_((torch.randn(parameter.shape) * 0.4).float())
    logits = torch.cat([model(torch.tensor(s), torch.tensor(t[:-1])) for s, t in zip(SOURCES, TARGETS)])
    wanted = torch.tensor(sum((t[1:] for t in TARGETS), []))
    loss = F.cross_entropy(logits, wanted, label_smoothing=SMOOTHING, reduction="sum")
    loss.backward()
    tensors = {"logits": logits, "loss": loss.reshape(1)}
    for name, value, gradient in parts_of(model):
        tensors["parameters." + name] = value
        tensors["gradients." + name] = gradient
    for name, sentences in (("source", SOURCES), ("target", TARGETS)):
        tensors[name + ".tokens"] = torch.tensor(sum(sentences, []))
        tensors[name + ".lengths"] = torch.tensor([len(s) for s in sentences])
    return tensors


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent.parent / "tests" / "golden"
    for name, config in FILES.items():
        path = folder / f"recurrent_{name}.safetensors"
        write_safetensors(path, golden(*config), {"made_by": "tools/make_recurrent_golden.py",
                                                  "torch": torch.__version__.split("+")[0]})
        print(f"{path}: {path.stat().st_size} bytes")
