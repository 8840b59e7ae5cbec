"""Writes a heed model folder as a CTranslate2 model: ctranslate2_model.py HEED_FOLDER OUTPUT [float32|int8]"""
import json
import pathlib
import sys

import ctranslate2
import numpy
import safetensors.numpy
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec


def sinusoids(positions, width):
    """heed's table: sine and cosine take turns along the width. CTranslate2's own has them in two halves."""
    rates = 10000.0 ** (-numpy.arange(0, width, 2) / width)
    angles = numpy.arange(positions)[:, None] * rates
    table = numpy.empty((positions, width), numpy.float32)
    table[:, 0::2], table[:, 1::2] = numpy.sin(angles), numpy.cos(angles)
    return table


class HeedModel:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.config = json.loads((self.folder / "config.json").read_text())["model"]
        self.tensors = safetensors.numpy.load_file(self.folder / "model.safetensors")

    def linear(self, spec, *names):
        """Several products of one input are one product for CTranslate2: their weights lie one below the other."""
        spec.weight = numpy.concatenate([self.tensors[f"{name}.weight"] for name in names])
        spec.bias = numpy.concatenate([self.tensors[f"{name}.bias"] for name in names])

    def norm(self, spec, name):
        spec.gamma, spec.beta = self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]

    def self_attention(self, spec, layer):
        name = f"{layer}.self_attention"
        self.linear(spec.linear[0], *(f"{name}.{part}" for part in ("query", "key", "value")))
        self.linear(spec.linear[1], f"{name}.output")
        self.norm(spec.layer_norm, f"{name}_norm")

    def cross_attention(self, spec, layer):
        name = f"{layer}.cross_attention"
        self.linear(spec.linear[0], f"{name}.query")
        self.linear(spec.linear[1], f"{name}.key", f"{name}.value")
        self.linear(spec.linear[2], f"{name}.output")
        self.norm(spec.layer_norm, f"{name}_norm")

    def feed_forward(self, spec, layer):
        name = f"{layer}.feed_forward"
        self.linear(spec.linear_0, f"{name}.expand")
        self.linear(spec.linear_1, f"{name}.contract")
        self.norm(spec.layer_norm, f"{name}_norm")

    def table(self, side):
        """The embedding or output table of a side, whatever it is tied with."""
        users = {
            "none": {},
            "source_target": {"encoder.embedding": "embedding", "decoder.embedding": "embedding"},
            "target_output": {"decoder.output": "decoder.embedding"},
            "source_output": {"decoder.output": "encoder.embedding"},
            "all": dict.fromkeys(("encoder.embedding", "decoder.embedding", "decoder.output"), "embedding"),
        }[self.config["tying"]]
        return self.tensors[f"{users.get(side, side)}.weight"]

    def positions(self, spec, side):
        kind = self.config["positions"]
        if kind == "learned":
            spec.encodings = self.tensors[f"{side}.positions.weight"]
        else:
            spec.encodings = sinusoids(self.config["maximum_positions"], self.config["width"])

    def spec(self):
        c = self.config
        if c["feed_forward"] not in ("relu", "gelu") or c["positions"] == "none":
            sys.exit(f"{self.folder}: feed_forward {c['feed_forward']} with positions {c['positions']} is not "
                     "written for CTranslate2; use relu or gelu, with sinusoidal or learned positions")
        activation = {"relu": common_spec.Activation.RELU, "gelu": common_spec.Activation.GELU}[c["feed_forward"]]
        before = c["norm"] == "before"
        spec = transformer_spec.TransformerSpec.from_config(
            (c["encoder_layers"], c["decoder_layers"]), c["heads"], pre_norm=before, activation=activation)
        spec.encoder.embeddings[0].weight = self.table("encoder.embedding")
        spec.decoder.embeddings.weight = self.table("decoder.embedding")
        spec.decoder.projection.weight = self.table("decoder.output")
        spec.decoder.projection.bias = self.tensors["decoder.output.bias"]
        for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
            self.positions(part.position_encodings, side)
            if before:
                self.norm(part.layer_norm, f"{side}.norm")
            for i, layer in enumerate(part.layer):
                name = f"{side}.layers.{i}"
                self.self_attention(layer.self_attention, name)
                if side == "decoder":
                    self.cross_attention(layer.attention, name)
                self.feed_forward(layer.ffn, name)
        return spec

    def pieces(self):
        tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(self.folder / "tokenizer.model"))
        return [tokenizer.id_to_piece(i) for i in range(tokenizer.get_piece_size())]


def main():
    folder, output, kind = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["float32"])[0]
    model = HeedModel(folder)
    spec = model.spec()
    pieces = model.pieces()
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = pieces[1], pieces[2], pieces[3]
    spec.config.decoder_start_token = pieces[1]
    spec.config.layer_norm_epsilon = 1e-5
    spec.validate()
    spec.optimize(quantization=None if kind == "float32" else kind)
    pathlib.Path(output).mkdir(parents=True, exist_ok=True)
    spec.save(output)
    print(f"CTranslate2 {ctranslate2.__version__}: wrote {output} in {kind}", file=sys.stderr)


main()
