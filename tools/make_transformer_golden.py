#!/usr/bin/env python3
"""Writes tests/golden/transformer_*.safetensors: what PyTorch's own Transformer layers make of fixed weights.

    tools/make_transformer_golden.py        needs PyTorch 1.13 or later (Debian: apt-get install python3-torch)

Each file holds a model's parameters under heed's names, a batch of sentences of different lengths, the logits, the
loss with label smoothing, and the loss's gradient for every parameter. PyTorch pads the batch and masks the padding,
computes in float64 and rounds the results to float32; heed, which does neither, must agree.
"""
import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, HIDDEN, LAYERS, SMOOTHING = 12, 3, 20, 2, 0.1
SOURCES = [[5, 3, 9, 7, 2], [4, 2], [10, 6, 6, 2]]
TARGETS = [[1, 8, 3, 2], [1, 4, 9, 9, 5, 7, 2], [1, 2]]  # with begin and end marks
FILES = {
    "post_relu": dict(norm_first=False, activation="relu", tying="all", sources=11, targets=11),
    "pre_gelu": dict(norm_first=True, activation="gelu", tying="none", sources=13, targets=10),
    "copy": dict(norm_first=True, activation="relu", tying="all", sources=11, targets=11, copy=True),
    "swiglu": dict(norm_first=True, activation="swiglu", tying="target_output", sources=11, targets=10),
}


def with_gate(layer):
    """The layer with SwiGLU for its feed-forward network (Shazeer, 2020)."""
    layer.gate = nn.Linear(WIDTH, HIDDEN)
    layer._ff_block = lambda x: layer.linear2(F.silu(layer.gate(x)) * layer.linear1(x))
    return layer


class Model(nn.Module):
    def __init__(self, norm_first, activation, tying, sources, targets, copy=False):
        super().__init__()
        if copy:  # the head of a pointer-generator (See et al., 2017, section 2.2)
            self.copy = nn.ModuleDict({"query": nn.Linear(WIDTH, WIDTH), "key": nn.Linear(WIDTH, WIDTH),
                                       "gate": nn.Linear(WIDTH, 1)})
        options = dict(dim_feedforward=HIDDEN, dropout=0.0, norm_first=norm_first, batch_first=True,
                       activation="relu" if activation == "swiglu" else activation)
        change = with_gate if activation == "swiglu" else lambda layer: layer
        self.encoder = nn.ModuleList(change(nn.TransformerEncoderLayer(WIDTH, HEADS, **options)) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(change(nn.TransformerDecoderLayer(WIDTH, HEADS, **options)) for _ in range(LAYERS))
        self.encoder_norm = nn.LayerNorm(WIDTH) if norm_first else nn.Identity()
        self.decoder_norm = nn.LayerNorm(WIDTH) if norm_first else nn.Identity()
        self.source_table = nn.Parameter(torch.empty(sources, WIDTH))
        self.target_table = self.source_table if tying == "all" else nn.Parameter(torch.empty(targets, WIDTH))
        self.output_table = nn.Parameter(torch.empty(targets, WIDTH)) if tying == "none" else self.target_table
        self.output_bias = nn.Parameter(torch.empty(targets))

    def embed(self, tokens, table):
        position = torch.arange(tokens.shape[1], dtype=torch.float64)[:, None]
        angle = position / 10000 ** (torch.arange(0, WIDTH, 2, dtype=torch.float64) / WIDTH)
        encoding = torch.stack([angle.sin(), angle.cos()], dim=-1).reshape(tokens.shape[1], WIDTH)
        return F.embedding(tokens, table) * math.sqrt(WIDTH) + encoding

    def forward(self, source, source_padding, target, target_padding):
        memory = self.embed(source, self.source_table)
        for layer in self.encoder:
            memory = layer(memory, src_key_padding_mask=source_padding)
        memory = self.encoder_norm(memory)
        x = self.embed(target, self.target_table)
        ahead = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
        for layer in self.decoder:
            x = layer(x, memory, tgt_mask=ahead, tgt_key_padding_mask=target_padding,
                      memory_key_padding_mask=source_padding)
        x = self.decoder_norm(x)
        logits = F.linear(x, self.output_table, self.output_bias)
        return self.with_copies(x, memory, logits, source, source_padding) if hasattr(self, "copy") else logits

    def with_copies(self, x, memory, logits, source, source_padding):
        """Log-probabilities of generating by the logits or copying a token of the source."""
        scores = self.copy["query"](x) @ self.copy["key"](memory).transpose(1, 2) / math.sqrt(WIDTH)
        attention = scores.masked_fill(source_padding[:, None], -math.inf).softmax(-1)
        copied = torch.zeros_like(logits).scatter_add(2, source[:, None].expand_as(attention), attention)
        generates = self.copy["gate"](x).sigmoid()
        return (generates * logits.softmax(-1) + (1 - generates) * copied).log()


def heed_names(tying):
    """PyTorch's name of each parameter to heed's names of its parts."""
    names = {f"copy.{part}.{last}": [f"copy.{part}.{last}"] for part in ("query", "key", "gate")
             for last in ("weight", "bias")}
    names |= {"output_bias": ["decoder.output.bias"],
             "source_table": ["embedding.weight" if tying == "all" else "encoder.embedding.weight"],
             "target_table": ["decoder.embedding.weight"], "output_table": ["decoder.output.weight"]}
    parts = {"encoder": {"self_attn": "self_attention", "linear1": "feed_forward.expand",
                         "linear2": "feed_forward.contract", "gate": "feed_forward.gate",
                         "norm1": "self_attention_norm", "norm2": "feed_forward_norm"},
             "decoder": {"self_attn": "self_attention", "multihead_attn": "cross_attention",
                         "linear1": "feed_forward.expand", "linear2": "feed_forward.contract",
                         "gate": "feed_forward.gate", "norm1": "self_attention_norm",
                         "norm2": "cross_attention_norm", "norm3": "feed_forward_norm"}}
    for side, layer_parts in parts.items():
        for last in ("weight", "bias"):
            names[f"{side}_norm.{last}"] = [f"{side}.norm.{last}"]
            for layer in range(LAYERS):
                for theirs, ours in layer_parts.items():
                    there, here = f"{side}.{layer}.{theirs}", f"{side}.layers.{layer}.{ours}"
                    names[f"{there}.{last}"] = [f"{here}.{last}"]
                    names[f"{there}.in_proj_{last}"] = [f"{here}.{p}.{last}" for p in ("query", "key", "value")]
                    names[f"{there}.out_proj.{last}"] = [f"{here}.output.{last}"]
    return names


def padded(sentences):
    longest = max(map(len, sentences))
    tokens = torch.tensor([s + [0] * (longest - len(s)) for s in sentences])
    return tokens, torch.tensor([[i >= len(s) for i in range(longest)] for s in sentences])


def golden(config):
    torch.manual_seed(20170612)
    model = Model(**config).double().train()
    with torch.no_grad():
        for parameter in model.parameters():  # no bias is zero and no gain one, and each is a float32
            parameter.copy_((torch.randn(parameter.shape) * 0.3).float())
        for name, parameter in model.named_parameters():
            if "norm" in name and name.endswith("weight"):
                parameter.copy_((parameter + 1).float())
    source, source_padding = padded(SOURCES)
    target, target_padding = padded([t[:-1] for t in TARGETS])
    wanted, _ = padded([t[1:] for t in TARGETS])
    real = ~target_padding
    logits = model(source, source_padding, target, target_padding)[real]
    loss = F.cross_entropy(logits, wanted[real], label_smoothing=SMOOTHING, reduction="sum")
    loss.backward()
    tensors = {"logits": logits, "loss": loss.reshape(1)}
    names = heed_names(config["tying"])
    for name, parameter in model.named_parameters():
        parts = names[name]
        for part, value, gradient in zip(parts, parameter.chunk(len(parts)), parameter.grad.chunk(len(parts))):
            tensors["parameters." + part] = value
            tensors["gradients." + part] = gradient
    for name, sentences in (("source", SOURCES), ("target", TARGETS)):
        tensors[name + ".tokens"] = torch.tensor(sum(sentences, []))
        tensors[name + ".lengths"] = torch.tensor([len(s) for s in sentences])
    return tensors


def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, tensor in sorted(tensors.items()):
        whole = not tensor.is_floating_point()
        content = tensor.detach().to(torch.int32 if whole else torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "I32" if whole else "F32", "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent.parent / "tests" / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    for name, config in FILES.items():
        path = folder / f"transformer_{name}.safetensors"
        write_safetensors(path, golden(config), {"made_by": "tools/make_transformer_golden.py",
                                                 "torch": torch.__version__.split("+")[0]})
        print(f"{path}: {path.stat().st_size} bytes")
