"""How long PyTorch takes for updates of heed's Vision Transformer: reading the images does not count.
Prints one JSON object of the same form as heed_vision.py does. Runs with any PyTorch from 1.12 on."""
import argparse
import gzip
import inspect
import json
import math
import resource
import struct
import time

import torch
from torch import nn
from torch.nn import functional as F

from vision_sizes import add_sizes

FUSED_ATTENTION = hasattr(F, "scaled_dot_product_attention")


def idx(path):
    """An IDX file of bytes."""
    with gzip.open(path, "rb") as file:
        content = file.read()
    sizes = struct.unpack(f">{content[3]}I", content[4:4 + 4 * content[3]])
    return torch.frombuffer(bytearray(content[4 + 4 * content[3]:]), dtype=torch.uint8).reshape(sizes)


class Layer(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        width = sizes.width
        self.heads, self.dropout = sizes.heads, sizes.dropout
        self.attention_norm, self.feed_forward_norm = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.project = nn.Linear(width, 3 * width)  # query, key and value in one product
        self.output = nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, sizes.hidden), nn.Linear(sizes.hidden, width)

    def attend(self, x):
        images, rows, width = x.shape
        q, k, v = self.project(x).view(images, rows, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if FUSED_ATTENTION:
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            q, k, v = (part.reshape(-1, rows, width // self.heads) for part in (q, k, v))
            scores = torch.bmm(q / math.sqrt(width // self.heads), k.transpose(1, 2))
            y = torch.bmm(scores.softmax(2).to(v.dtype), v).view(images, self.heads, rows, -1)
        return self.output(y.transpose(1, 2).reshape(images, rows, width))

    def dropped(self, x):
        return F.dropout(x, self.dropout, self.training) if self.dropout else x

    def forward(self, x):
        x = x + self.dropped(self.attend(self.attention_norm(x)))
        return x + self.dropped(self.contract(F.gelu(self.expand(self.feed_forward_norm(x)))))


class VisionTransformer(nn.Module):
    """Patches by one linear layer, class token, learned positions, pre-norm (Dosovitskiy et al., 2021)."""

    def __init__(self, sizes, image_size, classes):
        super().__init__()
        grid = image_size // sizes.patch
        self.patch, self.dropout = sizes.patch, sizes.dropout
        self.patches = nn.Linear(sizes.patch ** 2, sizes.width)
        self.class_token = nn.Parameter(torch.randn(1, 1, sizes.width) * 0.02)
        self.positions = nn.Parameter(torch.randn(1, grid * grid + 1, sizes.width) * 0.02)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.norm = nn.LayerNorm(sizes.width, 1e-6)
        self.head = nn.Linear(sizes.width, classes)

    def forward(self, images):
        p = self.patch
        patches = images.unfold(1, p, p).unfold(2, p, p).reshape(len(images), -1, p * p)
        x = torch.cat([self.class_token.expand(len(images), -1, -1), self.patches(patches)], 1) + self.positions
        if self.dropout:
            x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x)
        return self.head(self.norm(x[:, 0]))


def optimizer(model, options):
    """AdamW in the fastest form that this PyTorch has for a CPU."""
    known = inspect.signature(torch.optim.AdamW).parameters
    form = {"fused": True} if "fused" in known and hasattr(torch, "compile") else {"foreach": True}
    return torch.optim.AdamW(model.parameters(), lr=options.learning_rate, betas=(0.9, 0.98), weight_decay=0.05, **form)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("images")
    add_sizes(parser)
    parser.add_argument("--compile", action="store_true", help="with torch.compile")
    options = parser.parse_args()
    imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    images = idx(options.images)
    labels = idx(options.images.replace("images-idx3", "labels-idx1")).long()
    model = VisionTransformer(options, images.shape[1], int(labels.max()) + 1)
    adam = optimizer(model, options)
    forward = torch.compile(model) if options.compile else model

    seconds, losses = [], []
    for number in range(options.warm_up + options.updates):
        start = time.perf_counter()
        chosen = torch.randint(len(images), (options.batch,))
        batch = images[chosen].float() / 127.5 - 1
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16):
            logits = forward(batch)
        loss = F.cross_entropy(logits.float(), labels[chosen], label_smoothing=0.1)
        adam.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        value = loss.item()
        if number >= options.warm_up:
            seconds.append(time.perf_counter() - start)
            losses.append(value)
    print(json.dumps({
        "seconds": seconds,
        "images": [options.batch] * len(seconds),
        "losses": losses,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "memory_after_import_bytes": imported,
        "version": torch.__version__,
    }))


main()
