#!/usr/bin/env python3
"""Writes tests/golden/vision_transformer_*.safetensors: what plain PyTorch makes of three small Vision Transformers.

    tools/make_vision_golden.py        needs PyTorch 1.13 or later (Debian: apt-get install python3-torch)

`class_token` is that of Dosovitskiy et al. ("An Image is Worth 16x16 Words", 2021): patches by a convolution whose
kernels do not overlap, a class token, learned positions, pre-norm, exact GELU, and a linear layer on the class token's
normalized vector. `mean` has the fixed positions of Beyer et al. ("Better plain ViT baselines for ImageNet-1k", 2022)
and the mean of the patches' vectors in place of the class token's.

`convolutions` is the first with two convolutions in place of one (after Xiao et al., "Early Convolutions Help
Transformers See Better", 2021).

Each file holds a model's parameters under heed's names, patches [images * patches, numbers] of random images, their
classes, the logits [images, classes], the loss (the sum of the cross-entropies, smoothed by 0.1) and its gradient for
every parameter. PyTorch computes in float64 and rounds the results to float32.

tools/check_vision_golden.py compares the first with ViTForImageClassification of transformers.
"""
import math
import pathlib

import torch
import torch.nn.functional as F

from make_transformer_golden import write_safetensors

IMAGES, CHANNELS, SIZE, PATCH, WIDTH, HEADS, HIDDEN, LAYERS, CLASSES, EPSILON = 3, 3, 12, 4, 12, 3, 20, 2, 5, 1e-6
GRID = SIZE // PATCH


def shapes(kind):
    if kind == "convolutions":
        result = {"embedding.stem.0.weight": [WIDTH // 2, 9 * CHANNELS], "embedding.stem.0.bias": [WIDTH // 2],
                  "embedding.stem.1.weight": [WIDTH, 9 * WIDTH // 2], "embedding.stem.1.bias": [WIDTH]}
    else:
        result = {"embedding.patches.weight": [WIDTH, CHANNELS * PATCH * PATCH], "embedding.patches.bias": [WIDTH]}
    if kind != "mean":
        result.update({"embedding.class_token": [1, WIDTH], "embedding.positions.weight": [GRID * GRID + 1, WIDTH]})

    def norm(name):
        result.update({f"{name}.weight": [WIDTH], f"{name}.bias": [WIDTH]})

    def linear(name, outputs, inputs):
        result.update({f"{name}.weight": [outputs, inputs], f"{name}.bias": [outputs]})

    for i in range(LAYERS):
        layer = f"encoder.layers.{i}"
        for part in ("query", "key", "value", "output"):
            linear(f"{layer}.self_attention.{part}", WIDTH, WIDTH)
        norm(f"{layer}.self_attention_norm")
        linear(f"{layer}.feed_forward.expand", HIDDEN, WIDTH)
        linear(f"{layer}.feed_forward.contract", WIDTH, HIDDEN)
        norm(f"{layer}.feed_forward_norm")
    norm("encoder.norm")
    linear("output", CLASSES, WIDTH)
    return result


def fixed_positions():
    y, x = torch.meshgrid(torch.arange(GRID), torch.arange(GRID), indexing="ij")
    omega = 1 / 10000 ** (torch.arange(WIDTH // 4, dtype=torch.float64) / (WIDTH // 4 - 1))
    x, y = x.flatten()[:, None] * omega, y.flatten()[:, None] * omega
    return torch.cat([x.sin(), x.cos(), y.sin(), y.cos()], 1)


def convolution(p, name, x):
    """Of 3 x 3 kernels that step by two pixels; the edges go on."""
    kernels = p[f"{name}.weight"]
    kernels = kernels.reshape(len(kernels), 3, 3, x.shape[1]).permute(0, 3, 1, 2)
    return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), kernels, p[f"{name}.bias"], stride=2)


def model(p, images):
    def norm(name, x):
        return F.layer_norm(x, [WIDTH], p[f"{name}.weight"], p[f"{name}.bias"], EPSILON)

    def linear(name, x):
        return F.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

    def split(x):
        return x.reshape(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)

    if "embedding.stem.0.weight" in p:
        x = convolution(p, "embedding.stem.1", F.gelu(convolution(p, "embedding.stem.0", images)))
    else:
        kernels = p["embedding.patches.weight"].reshape(WIDTH, CHANNELS, PATCH, PATCH)
        x = F.conv2d(images, kernels, p["embedding.patches.bias"], stride=PATCH)
    x = x.flatten(2).transpose(1, 2)
    class_token = "embedding.class_token" in p
    if class_token:
        x = torch.cat([p["embedding.class_token"].expand(len(images), 1, WIDTH), x], 1) + p["embedding.positions.weight"]
    else:
        x = x + fixed_positions()
    for i in range(LAYERS):
        attention, feed_forward = f"encoder.layers.{i}.self_attention", f"encoder.layers.{i}.feed_forward"
        y = norm(f"{attention}_norm", x)
        q, k, v = (split(linear(f"{attention}.{part}", y)) for part in ("query", "key", "value"))
        weights = (q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS)).softmax(3)
        x = x + linear(f"{attention}.output", (weights @ v).transpose(1, 2).flatten(2))
        y = norm(f"{feed_forward}_norm", x)
        x = x + linear(f"{feed_forward}.contract", F.gelu(linear(f"{feed_forward}.expand", y)))
    x = norm("encoder.norm", x)
    return linear("output", x[:, 0] if class_token else x.mean(1))


def golden(kind):
    torch.manual_seed(20201022)
    parameters = {}
    for name, shape in shapes(kind).items():
        gain = "norm" in name and name.endswith("weight")
        value = ((torch.randn(shape, dtype=torch.float64) * 0.3).float() + (1.0 if gain else 0.0)).double()
        parameters[name] = value.requires_grad_()
    images = torch.randn(IMAGES, CHANNELS, SIZE, SIZE, dtype=torch.float64).float().double()
    classes = torch.tensor([4, 0, 2])
    logits = model(parameters, images)
    loss = F.cross_entropy(logits, classes, reduction="sum", label_smoothing=0.1)
    loss.backward()
    patches = images.unfold(2, PATCH, PATCH).unfold(3, PATCH, PATCH).permute(0, 2, 3, 1, 4, 5)
    tensors = {"patches": patches.reshape(IMAGES * GRID * GRID, -1), "classes": classes, "logits": logits,
               "loss": loss.reshape(1)}
    for name, parameter in parameters.items():
        tensors["parameters." + name] = parameter
        tensors["gradients." + name] = parameter.grad
    return tensors


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent.parent / "tests" / "golden"
    for kind in ("class_token", "mean", "convolutions"):
        path = folder / f"vision_transformer_{kind}.safetensors"
        write_safetensors(path, golden(kind), {"made_by": "tools/make_vision_golden.py",
                                               "torch": torch.__version__.split("+")[0]})
        print(f"{path}: {path.stat().st_size} bytes")
