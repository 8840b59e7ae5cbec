#!/usr/bin/env python3
"""Compares tests/golden/language_model_*.safetensors with the models of Hugging Face's transformers.

    tools/check_language_model_golden.py        needs PyTorch and transformers (PyPI)

The weights go into GPT2LMHeadModel and LlamaForCausalLM, which read the sequences in one padded batch, in float64.
Prints the largest difference of the logits, of the loss and of all gradients from those in the files, which are
rounded to float32; fails above 1e-5. With transformers 4.36.2 and PyTorch 1.13.0:

    gpt2    logits 1.0e-07, loss 8.8e-08, gradients 1.2e-07
    llama   logits 1.2e-06, loss 3.8e-06, gradients 8.0e-06

(transformers computes Llama's RMS norms, attention weights and rotary angles in float32 whatever the model's type.)
"""
import json
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F
import transformers

FOLDER = pathlib.Path(__file__).parent.parent / "tests" / "golden"
TOLERANCE = 1e-5


def read_safetensors(path):
    content = path.read_bytes()
    size, = struct.unpack_from("<Q", content)
    tensors = {}
    for name, entry in json.loads(content[8:8 + size]).items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            dtype = {"F32": torch.float32, "I32": torch.int32}[entry["dtype"]]
            tensors[name] = torch.frombuffer(bytearray(content[begin:end]), dtype=dtype).reshape(entry["shape"])
    return tensors


def gpt2():
    """The model and, for each of its parameters, heed's names of its parts; theirs are stored [inputs, outputs]."""
    config = transformers.GPT2Config(vocab_size=17, n_positions=9, n_embd=12, n_layer=2, n_head=3, n_inner=48,
                                     activation_function="gelu_new", layer_norm_epsilon=1e-5, resid_pdrop=0, embd_pdrop=0,
                                     attn_pdrop=0)
    names = {"transformer.wte.weight": ["embedding.weight"], "transformer.wpe.weight": ["decoder.positions.weight"]}
    for last in ("weight", "bias"):
        names[f"transformer.ln_f.{last}"] = [f"decoder.norm.{last}"]
        for i in range(config.n_layer):
            theirs, ours = f"transformer.h.{i}", f"decoder.layers.{i}"
            names[f"{theirs}.ln_1.{last}"] = [f"{ours}.self_attention_norm.{last}"]
            names[f"{theirs}.attn.c_attn.{last}"] = [f"{ours}.self_attention.{part}.{last}"
                                                     for part in ("query", "key", "value")]
            names[f"{theirs}.attn.c_proj.{last}"] = [f"{ours}.self_attention.output.{last}"]
            names[f"{theirs}.ln_2.{last}"] = [f"{ours}.feed_forward_norm.{last}"]
            names[f"{theirs}.mlp.c_fc.{last}"] = [f"{ours}.feed_forward.expand.{last}"]
            names[f"{theirs}.mlp.c_proj.{last}"] = [f"{ours}.feed_forward.contract.{last}"]
    return transformers.GPT2LMHeadModel(config), names


def llama():
    config = transformers.LlamaConfig(vocab_size=19, hidden_size=16, intermediate_size=24, num_hidden_layers=2,
                                      num_attention_heads=4, num_key_value_heads=2, rms_norm_eps=1e-5, rope_theta=10000.0,
                                      tie_word_embeddings=False)
    names = {"model.embed_tokens.weight": ["embedding.weight"], "model.norm.weight": ["decoder.norm.weight"],
             "lm_head.weight": ["decoder.output.weight"]}
    parts = {"self_attn.q_proj": "self_attention.query", "self_attn.k_proj": "self_attention.key",
             "self_attn.v_proj": "self_attention.value", "self_attn.o_proj": "self_attention.output",
             "input_layernorm": "self_attention_norm", "post_attention_layernorm": "feed_forward_norm",
             "mlp.up_proj": "feed_forward.expand", "mlp.gate_proj": "feed_forward.gate",
             "mlp.down_proj": "feed_forward.contract"}
    for i in range(config.num_hidden_layers):
        for theirs, ours in parts.items():
            names[f"model.layers.{i}.{theirs}.weight"] = [f"decoder.layers.{i}.{ours}.weight"]
    return transformers.LlamaForCausalLM(config), names


def differences(name, model, names):
    """Of logits, loss and gradients, the largest absolute difference each."""
    file = read_safetensors(FOLDER / f"language_model_{name}.safetensors")
    transposed = "c_attn.weight", "c_proj.weight", "c_fc.weight"

    def whole(kind, theirs):
        value = torch.cat([file.pop(f"{kind}.{part}") for part in names[theirs]]).double()
        return value.T if theirs.endswith(transposed) else value

    model.train()
    with torch.no_grad():
        for theirs, parameter in model.named_parameters():
            parameter.copy_(whole("parameters", theirs))
    texts = list(map(torch.Tensor.long, file.pop("text.tokens").split(file.pop("text.lengths").tolist())))
    padded = torch.nn.utils.rnn.pad_sequence(texts, batch_first=True, padding_value=-100)
    inputs, wanted = padded[:, :-1].clamp(min=0), padded[:, 1:]
    logits = model(inputs, attention_mask=(wanted >= 0).long()).logits
    loss = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), reduction="sum", ignore_index=-100)
    loss.backward()
    found = {"logits": (logits[wanted >= 0] - file.pop("logits")).abs().max().item(),
             "loss": abs(loss.item() - file.pop("loss").item()),
             "gradients": max((parameter.grad - whole("gradients", theirs)).abs().max().item()
                              for theirs, parameter in model.named_parameters())}
    if file:
        sys.exit(f"{name}: transformers' model has no {', '.join(file)}")
    return found


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    agrees = True
    for name, make in (("gpt2", gpt2), ("llama", llama)):
        found = differences(name, *make())
        print(f"{name:7s} " + ", ".join(f"{what} {difference:.1e}" for what, difference in found.items()))
        agrees = agrees and max(found.values()) <= TOLERANCE
    sys.exit(0 if agrees else f"they differ by more than {TOLERANCE:g}")
