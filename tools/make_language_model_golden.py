#!/usr/bin/env python3
"""Writes tests/golden/language_model_*.safetensors: what plain PyTorch makes of two small decoder-only models.

    tools/make_language_model_golden.py        needs PyTorch 1.13 or later (Debian: apt-get install python3-torch)

`gpt2` has the shape of GPT-2 (Radford et al., 2019): learned positions, pre-norm with layer norm, GELU by its tanh
formula (Hendrycks & Gimpel, 2016, section 2), biases everywhere, output projection tied to the embedding. `llama` has
the shape of Llama (Touvron et al., 2023, section 2.2): rotary positions on the halves of each head (Su et al., 2021,
section 3.4.2), RMS norm (Zhang & Sennrich, 2019), SwiGLU (Shazeer, 2020), grouped-query attention (Ainslie et al.,
2023), no biases, an output projection of its own. Neither scales its embeddings.

Each file holds a model's parameters under heed's names, sequences of different lengths (`text.tokens` one after
another, `text.lengths`), the logits [rows, vocabulary] after each token but a sequence's last, the loss (the sum of
the cross-entropies of all tokens but a sequence's first) and the loss's gradient for every parameter. PyTorch computes
each sequence by itself, in float64, and rounds the results to float32.

tools/check_language_model_golden.py compares them with GPT2LMHeadModel and LlamaForCausalLM of transformers 4.36.2:
logits, loss and gradients differ by 1.2e-7 at most (GPT-2) and 8e-6 (Llama, parts of which are float32 there).
"""
import math
import pathlib

import torch
import torch.nn.functional as F

from make_transformer_golden import write_safetensors

EPSILON, ROTARY_BASE = 1e-5, 10000
LAYERS = 2
GPT2 = dict(width=12, heads=3, hidden=48, vocabulary=17, context=9)
LLAMA = dict(width=16, heads=4, key_value_heads=2, hidden=24, vocabulary=19)
TEXTS = {"gpt2": [[1, 5, 16, 0, 3, 3, 9, 12], [7, 2, 11, 4]],
         "llama": [[1, 18, 4, 4, 10, 0, 13], [2, 6, 15, 9, 3, 17, 8, 8, 11, 5]]}


def random_parameters(shapes):
    """Each is a float32, no bias is zero and no gain one: whatever is left out of a model shows."""
    torch.manual_seed(20190214)
    parameters = {}
    for name, shape in shapes.items():
        gain = "norm" in name and name.endswith("weight")
        value = ((torch.randn(shape, dtype=torch.float64) * 0.3).float() + (1.0 if gain else 0.0)).double()
        parameters[name] = value.requires_grad_()
    return parameters


def gpt2_shapes():
    width, hidden = GPT2["width"], GPT2["hidden"]
    shapes = {"embedding.weight": [GPT2["vocabulary"], width], "decoder.positions.weight": [GPT2["context"], width]}

    def norm(name):
        shapes.update({f"{name}.weight": [width], f"{name}.bias": [width]})

    def linear(name, outputs, inputs):
        shapes.update({f"{name}.weight": [outputs, inputs], f"{name}.bias": [outputs]})

    for i in range(LAYERS):
        layer = f"decoder.layers.{i}"
        for part in ("query", "key", "value", "output"):
            linear(f"{layer}.self_attention.{part}", width, width)
        norm(f"{layer}.self_attention_norm")
        linear(f"{layer}.feed_forward.expand", hidden, width)
        linear(f"{layer}.feed_forward.contract", width, hidden)
        norm(f"{layer}.feed_forward_norm")
    norm("decoder.norm")
    return shapes


def llama_shapes():
    width, hidden, vocabulary = LLAMA["width"], LLAMA["hidden"], LLAMA["vocabulary"]
    key_value_width = width // LLAMA["heads"] * LLAMA["key_value_heads"]
    shapes = {"embedding.weight": [vocabulary, width], "decoder.output.weight": [vocabulary, width],
              "decoder.norm.weight": [width]}
    for i in range(LAYERS):
        layer = f"decoder.layers.{i}"
        shapes.update({f"{layer}.self_attention.query.weight": [width, width],
                       f"{layer}.self_attention.key.weight": [key_value_width, width],
                       f"{layer}.self_attention.value.weight": [key_value_width, width],
                       f"{layer}.self_attention.output.weight": [width, width],
                       f"{layer}.self_attention_norm.weight": [width],
                       f"{layer}.feed_forward.expand.weight": [hidden, width],
                       f"{layer}.feed_forward.gate.weight": [hidden, width],
                       f"{layer}.feed_forward.contract.weight": [width, hidden],
                       f"{layer}.feed_forward_norm.weight": [width]})
    return shapes


def causal_attention(q, k, v):
    """Of [heads, time, head width] each; [heads, time, head width]."""
    scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[2])
    future = torch.ones(scores.shape[1:], dtype=torch.bool).triu(1)
    return scores.masked_fill(future, -math.inf).softmax(2) @ v


def split(x, heads):
    """[time, width] to [heads, time, head width]."""
    return x.reshape(x.shape[0], heads, -1).transpose(0, 1)


def joined(x):
    """[heads, time, head width] to [time, width]."""
    return x.transpose(0, 1).reshape(x.shape[1], -1)


def tanh_gelu(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def gpt2(p, tokens):
    """Logits [time, vocabulary] after each of the tokens."""
    def norm(name, x):
        centered = x - x.mean(1, keepdim=True)
        deviation = (centered.pow(2).mean(1, keepdim=True) + EPSILON).sqrt()
        return centered / deviation * p[f"{name}.weight"] + p[f"{name}.bias"]

    def linear(name, x):
        return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]

    x = p["embedding.weight"][tokens] + p["decoder.positions.weight"][:len(tokens)]
    for i in range(LAYERS):
        layer = f"decoder.layers.{i}"
        attention = f"{layer}.self_attention"
        y = norm(f"{attention}_norm", x)
        q, k, v = (split(linear(f"{attention}.{part}", y), GPT2["heads"]) for part in ("query", "key", "value"))
        x = x + linear(f"{attention}.output", joined(causal_attention(q, k, v)))
        feed_forward = f"{layer}.feed_forward"
        y = norm(f"{feed_forward}_norm", x)
        x = x + linear(f"{feed_forward}.contract", tanh_gelu(linear(f"{feed_forward}.expand", y)))
    return norm("decoder.norm", x) @ p["embedding.weight"].T


def rotated(x):
    """x [heads, time, head width]: dimension i of a head's first half and i of its second are turned together, by
    position * base^(-2i / head width)."""
    time, head_width = x.shape[1:]
    half = head_width // 2
    frequencies = ROTARY_BASE ** (-torch.arange(half, dtype=torch.float64) * 2 / head_width)
    angles = torch.arange(time, dtype=torch.float64)[:, None] * frequencies
    first, second = x[..., :half], x[..., half:]
    return torch.cat([first * angles.cos() - second * angles.sin(), second * angles.cos() + first * angles.sin()], 2)


def llama(p, tokens):
    """Logits [time, vocabulary] after each of the tokens."""
    def norm(name, x):
        return x / (x.pow(2).mean(1, keepdim=True) + EPSILON).sqrt() * p[f"{name}.weight"]

    def linear(name, x):
        return x @ p[f"{name}.weight"].T

    group = LLAMA["heads"] // LLAMA["key_value_heads"]  # neighboring query heads that share a key and value head
    x = p["embedding.weight"][tokens]
    for i in range(LAYERS):
        layer = f"decoder.layers.{i}"
        attention = f"{layer}.self_attention"
        y = norm(f"{attention}_norm", x)
        q = rotated(split(linear(f"{attention}.query", y), LLAMA["heads"]))
        k = rotated(split(linear(f"{attention}.key", y), LLAMA["key_value_heads"])).repeat_interleave(group, 0)
        v = split(linear(f"{attention}.value", y), LLAMA["key_value_heads"]).repeat_interleave(group, 0)
        x = x + linear(f"{attention}.output", joined(causal_attention(q, k, v)))
        feed_forward = f"{layer}.feed_forward"
        y = norm(f"{feed_forward}_norm", x)
        gated = F.silu(linear(f"{feed_forward}.gate", y)) * linear(f"{feed_forward}.expand", y)
        x = x + linear(f"{feed_forward}.contract", gated)
    return norm("decoder.norm", x) @ p["decoder.output.weight"].T


def golden(model, shapes, texts):
    parameters = random_parameters(shapes)
    logits = torch.cat([model(parameters, torch.tensor(text[:-1])) for text in texts])
    wanted = torch.tensor([token for text in texts for token in text[1:]])
    loss = F.cross_entropy(logits, wanted, reduction="sum")
    loss.backward()
    tensors = {"logits": logits, "loss": loss.reshape(1), "text.tokens": torch.tensor(sum(texts, [])),
               "text.lengths": torch.tensor([len(text) for text in texts])}
    for name, parameter in parameters.items():
        tensors["parameters." + name] = parameter
        tensors["gradients." + name] = parameter.grad
    return tensors


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent.parent / "tests" / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    for name, model, shapes in (("gpt2", gpt2, gpt2_shapes()), ("llama", llama, llama_shapes())):
        path = folder / f"language_model_{name}.safetensors"
        write_safetensors(path, golden(model, shapes, TEXTS[name]), {"made_by": "tools/make_language_model_golden.py",
                                                                     "torch": torch.__version__.split("+")[0]})
        print(f"{path}: {path.stat().st_size} bytes")
