"""How long PyTorch takes to write text by a language model of heed's, one token after the other, with a key-value cache:
loading and the prompt do not count. Prints one JSON object. Runs with any PyTorch from 1.12 on."""
import argparse
import json
import math
import pathlib
import resource
import struct
import time

import torch
from torch.nn import functional as F

from language_model_sizes import add_generation, add_sizes
from torch_language_model import FUSED_ATTENTION, LanguageModel

MARKS = 4  # that heed's vocabularies begin with: never written


def read_weights(file):
    content = file.read_bytes()
    size, = struct.unpack_from("<Q", content)
    dtypes = {"F32": torch.float32, "BF16": torch.bfloat16}
    weights = {}
    for name, entry in json.loads(content[8:8 + size]).items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            tensor = torch.frombuffer(bytearray(content[begin:end]), dtype=dtypes[entry["dtype"]])
            weights[name] = tensor.reshape(entry["shape"]).float()
    return weights


def heed_model(folder):
    """Config, weights and characters of a model's folder."""
    config = json.loads((folder / "config.json").read_text())["model"]
    weights = read_weights(folder / "model.safetensors")
    if "decoder.positions.weight" not in weights or config.get("norm_kind", "layer") != "layer":
        raise SystemExit(f"{folder}: not a model in the shape of GPT-2 (learned positions, layer norm)")
    characters = [chr(int(line[2:], 16)) for file in sorted(folder.glob("*.characters"))
                  for line in file.read_text().splitlines()]
    return config, weights, characters


def random_model(options):
    """Weights under heed's names, for a measurement without heed."""
    torch.manual_seed(1)
    model, weights = LanguageModel(options), {}
    for name, value in model.state_dict().items():
        name = "decoder." + name.replace("attention_norm", "self_attention_norm").replace("output.", "self_attention.output.")
        name = name.replace("expand", "feed_forward.expand").replace("contract", "feed_forward.contract")
        if "project" in name:
            for part, piece in zip(("query", "key", "value"), value.chunk(3)):
                weights[name.replace("project", "self_attention." + part)] = piece
        else:
            weights[name] = value
    weights["embedding.weight"] = weights.pop("decoder.embedding")
    weights["decoder.positions.weight"] = weights.pop("decoder.positions")
    return {"heads": options.heads, "feed_forward": options.feed_forward}, weights, []


def least_seconds(call, tries=20):
    def once():
        start = time.perf_counter()
        call()
        return time.perf_counter() - start
    return min(once() for _ in range(tries))


def fastest_layout(weight):
    """The matrix row by row or column by column in memory: which one a library multiplies with a vector faster depends
    on its shape."""
    x = torch.randn(weight.shape[1]).to(weight.dtype)
    layouts = weight.contiguous(), weight.t().contiguous().t()
    return min(layouts, key=lambda layout: least_seconds(lambda: torch.mv(layout, x)))


class Layer:
    def __init__(self, weights, name, heads, dtype):
        def stacked(last):
            """Query, key and value; the query scaled beforehand."""
            parts = [weights.get(f"{name}.self_attention.{part}.{last}") for part in ("query", "key", "value")]
            if parts[0] is None:
                return None
            scale = math.sqrt(parts[0].shape[0] // heads)
            return torch.cat([parts[0] / scale, *parts[1:]]).to(dtype)

        def pair(part):
            bias = weights.get(f"{name}.{part}.bias")
            return weights[f"{name}.{part}.weight"].to(dtype), None if bias is None else bias.to(dtype)

        self.attention_norm, self.feed_forward_norm = pair("self_attention_norm"), pair("feed_forward_norm")
        self.project, self.output, self.expand, self.contract = (
            (fastest_layout(weight), bias)
            for weight, bias in ((stacked("weight"), stacked("bias")), pair("self_attention.output"),
                                 pair("feed_forward.expand"), pair("feed_forward.contract")))


class Generator:
    def __init__(self, config, weights, dtype):
        self.heads, self.dtype = config["heads"], dtype
        self.gelu = "tanh" if config["feed_forward"] == "gelu_tanh" else "none"
        self.table = weights["embedding.weight"].to(dtype)
        self.positions = weights["decoder.positions.weight"].to(dtype)
        self.output = weights.get("decoder.output.weight", weights["embedding.weight"]).to(dtype)
        self.norm = tuple(None if value is None else value.to(dtype)
                          for value in (weights.get(f"decoder.norm.{last}") for last in ("weight", "bias")))
        count = sum(name.endswith("feed_forward.expand.weight") for name in weights)
        self.layers = [Layer(weights, f"decoder.layers.{i}", self.heads, dtype) for i in range(count)]
        self.context, self.width = self.positions.shape
        head_width = self.width // self.heads
        self.caches = [torch.zeros(2, self.heads, self.context, head_width, dtype=dtype) for _ in self.layers]

    def normalized(self, x, norm):
        return F.layer_norm(x, (self.width,), *norm, 1e-5)

    @staticmethod
    def product(weight, bias, x):
        return torch.mv(weight, x) if bias is None else torch.addmv(bias, weight, x)

    @staticmethod
    def added_product(x, weight, bias, y):
        """x + weight y + bias, the sum with x within the product."""
        x = torch.addmv(x, weight, y)
        return x if bias is None else x.add_(bias)

    def attend(self, q, k, v):
        """q [heads, 1, head width], scaled; k and v [heads, time, head width]."""
        if FUSED_ATTENTION:
            return F.scaled_dot_product_attention(q[None], k[None], v[None], scale=1.0)
        return torch.bmm(torch.bmm(q, k.transpose(1, 2)).softmax(2), v)

    def logits(self, token, position):
        """After a token that stands at this position; keys and values of those before it are in the caches."""
        x = self.table[token] + self.positions[position]
        for layer, cache in zip(self.layers, self.caches):
            projected = self.product(*layer.project, self.normalized(x, layer.attention_norm)).view(3, self.heads, -1)
            cache[:, :, position] = projected[1:]
            seen = cache[:, :, :position + 1]
            y = self.attend(projected[0].unsqueeze(1), seen[0], seen[1])
            x = self.added_product(x, *layer.output, y.reshape(-1))
            hidden = self.product(*layer.expand, self.normalized(x, layer.feed_forward_norm))
            x = self.added_product(x, *layer.contract, F.gelu(hidden, approximate=self.gelu))
        return torch.mv(self.output, self.normalized(x, self.norm)).float()

    def generate(self, prompt, count, greedy):
        """Tokens after the prompt, and the seconds that all but the first of them took. Drawn at temperature 1."""
        # The largest sum of logit and Gumbel noise is a draw from the softmax: the noise is made beforehand.
        noise = torch.zeros(count, len(self.output))
        if not greedy:
            noise.exponential_().log_().neg_()
        noise[:, :MARKS] = -math.inf
        for position, token in enumerate(prompt):
            logits = self.logits(token, position)
        tokens = []
        for i in range(count):
            tokens.append(int((logits + noise[i]).argmax()))
            if i == 0:
                start = time.perf_counter(), time.process_time()
            if i + 1 < count:
                logits = self.logits(tokens[-1], len(prompt) + i)
        return tokens, time.perf_counter() - start[0], time.process_time() - start[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path, nargs="?", help="folder; not given: random weights of these sizes")
    add_sizes(parser)
    add_generation(parser)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    config, weights, characters = heed_model(options.model) if options.model else random_model(options)
    ids = {character: i + MARKS for i, character in enumerate(characters)}
    prompt = [ids[character] for character in options.prompt] if characters else [MARKS]
    with torch.inference_mode():
        generator = Generator(config, weights, torch.bfloat16 if options.bfloat16 else torch.float32)
        count = options.tokens or generator.context - len(prompt) + 1
        torch.manual_seed(1)
        generator.generate(prompt, count, options.greedy)  # touches memory
        rounds = [generator.generate(prompt, count, options.greedy) for _ in range(options.rounds)]
    print(json.dumps({
        "tokens": count - 1,
        "seconds": [seconds for _, seconds, _ in rounds],
        "processor_seconds": [seconds for _, _, seconds in rounds],
        "text": "".join(characters[token - MARKS] for token in rounds[0][0]) if characters else "",
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "version": torch.__version__,
    }))


main()
