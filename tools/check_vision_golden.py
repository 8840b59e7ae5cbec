#!/usr/bin/env python3
"""Compares tests/golden/vision_transformer_class_token.safetensors with ViTForImageClassification of transformers.

    tools/check_vision_golden.py        needs PyTorch and transformers (PyPI)

Prints the largest difference of the logits, of the loss and of all gradients from those in the file, which are rounded to
float32; fails above 1e-5. So heed's parameters are those of published ViTs by another name.
"""
import pathlib
import sys

import torch
import torch.nn.functional as F
import transformers

from check_language_model_golden import read_safetensors
from make_vision_golden import CHANNELS, CLASSES, EPSILON, GRID, HEADS, HIDDEN, IMAGES, LAYERS, PATCH, SIZE, WIDTH

FILE = pathlib.Path(__file__).parent.parent / "tests" / "golden" / "vision_transformer_class_token.safetensors"
TOLERANCE = 1e-5


def names():
    """Theirs, with ours."""
    result = {"vit.embeddings.cls_token": "embedding.class_token",
              "vit.embeddings.position_embeddings": "embedding.positions.weight"}
    for last in ("weight", "bias"):
        result[f"vit.embeddings.patch_embeddings.projection.{last}"] = f"embedding.patches.{last}"
        result[f"vit.layernorm.{last}"] = f"encoder.norm.{last}"
        result[f"classifier.{last}"] = f"output.{last}"
        for i in range(LAYERS):
            theirs, ours = f"vit.encoder.layer.{i}", f"encoder.layers.{i}"
            for part in ("query", "key", "value"):
                result[f"{theirs}.attention.attention.{part}.{last}"] = f"{ours}.self_attention.{part}.{last}"
            result[f"{theirs}.attention.output.dense.{last}"] = f"{ours}.self_attention.output.{last}"
            result[f"{theirs}.layernorm_before.{last}"] = f"{ours}.self_attention_norm.{last}"
            result[f"{theirs}.intermediate.dense.{last}"] = f"{ours}.feed_forward.expand.{last}"
            result[f"{theirs}.output.dense.{last}"] = f"{ours}.feed_forward.contract.{last}"
            result[f"{theirs}.layernorm_after.{last}"] = f"{ours}.feed_forward_norm.{last}"
    return result


def main():
    golden = read_safetensors(FILE)
    config = transformers.ViTConfig(hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=HEADS,
                                    intermediate_size=HIDDEN, hidden_act="gelu", hidden_dropout_prob=0.0,
                                    attention_probs_dropout_prob=0.0, layer_norm_eps=EPSILON, image_size=SIZE,
                                    patch_size=PATCH, num_channels=CHANNELS, num_labels=CLASSES)
    model = transformers.ViTForImageClassification(config).double()
    parameters = dict(model.named_parameters())
    assert set(parameters) == set(names()), set(parameters) ^ set(names())
    with torch.no_grad():
        for theirs, ours in names().items():
            parameters[theirs].copy_(golden["parameters." + ours].double().reshape(parameters[theirs].shape))
    patches = golden["patches"].double().reshape(IMAGES, GRID, GRID, CHANNELS, PATCH, PATCH)
    images = patches.permute(0, 3, 1, 4, 2, 5).reshape(IMAGES, CHANNELS, SIZE, SIZE)
    logits = model(pixel_values=images).logits
    loss = F.cross_entropy(logits, golden["classes"].long(), reduction="sum", label_smoothing=0.1)
    loss.backward()

    def difference(a, b):
        return (a.reshape(-1) - b.double().reshape(-1)).abs().max().item()

    found = [difference(logits, golden["logits"]), difference(loss, golden["loss"]),
             max(difference(parameters[t].grad, golden["gradients." + o]) for t, o in names().items())]
    print("logits {:.1e}, loss {:.1e}, gradients {:.1e}".format(*found))
    return max(found) > TOLERANCE


if __name__ == "__main__":
    sys.exit(main())
