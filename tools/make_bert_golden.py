#!/usr/bin/env python3
"""Writes tests/golden/bert_*.safetensors: what Hugging Face's BERT makes of fixed random weights.

    tools/make_bert_golden.py        needs PyTorch and transformers (PyPI); made with 1.13.0 and 4.36.2

`fill_mask` is BertForMaskedLM (Devlin et al., 2019, section 3.1), `question_answering` BertForQuestionAnswering (section
4.2). Each file holds a model's parameters under heed's names, sequences of different lengths (`text.tokens` one after
another, `text.lengths`) with the type of each token (`text.types`), and the gradient of the loss for every parameter.
fill_mask: `places.tokens` and `places.lengths` say which tokens are to be guessed, counted from 0 in each sequence,
`targets` what stood there; `logits` [places, vocabulary] and `loss`, the sum of their cross-entropies. question_answering:
`logits` [tokens, 2] of start and end, `answers` [sequences, 2] the places of both, `loss` the sum over sequences of the
mean of both cross-entropies. All is computed in float64, each sequence by itself, and rounded to float32.
"""
import pathlib

import torch
import torch.nn.functional as F
import transformers

from make_transformer_golden import write_safetensors

CONFIG = dict(vocab_size=19, hidden_size=12, num_hidden_layers=2, num_attention_heads=3, intermediate_size=20,
              max_position_embeddings=9, type_vocab_size=2, hidden_act="gelu", hidden_dropout_prob=0.0,
              attention_probs_dropout_prob=0.0, layer_norm_eps=1e-12, pad_token_id=None)
TEXTS = [[1, 5, 0, 7, 2, 18, 0, 4, 2], [1, 0, 9, 2], [1, 6, 11, 0, 2]]
TYPES = [[0, 0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0], [0, 0, 0, 1, 1]]
PLACES = [[2, 5, 6], [1], [2, 3]]
TARGETS = [[8, 18, 10], [4], [6, 17]]
ANSWERS = [[5, 7], [0, 0], [3, 3]]

NAMES = {
    "bert.embeddings.word_embeddings": "embedding",
    "bert.embeddings.position_embeddings": "encoder.positions",
    "bert.embeddings.token_type_embeddings": "encoder.token_types",
    "bert.embeddings.LayerNorm": "encoder.embedding_norm",
    "cls.predictions.transform.dense": "prediction.dense",
    "cls.predictions.transform.LayerNorm": "prediction.norm",
    "cls.predictions": "prediction",
    "qa_outputs": "output",
}
IN_LAYER = {
    "attention.self.query": "self_attention.query",
    "attention.self.key": "self_attention.key",
    "attention.self.value": "self_attention.value",
    "attention.output.dense": "self_attention.output",
    "attention.output.LayerNorm": "self_attention_norm",
    "intermediate.dense": "feed_forward.expand",
    "output.dense": "feed_forward.contract",
    "output.LayerNorm": "feed_forward_norm",
}


def heed_name(name):
    module, parameter = name.rsplit(".", 1)
    layer = "bert.encoder.layer."
    if module.startswith(layer):
        number, part = module[len(layer):].split(".", 1)
        return f"encoder.layers.{number}.{IN_LAYER[part]}.{parameter}"
    return f"{NAMES[module]}.{parameter}"


def randomized(model):
    """Each weight is a float32, no bias is zero and no gain one: whatever is left out of a model shows."""
    torch.manual_seed(20181011)
    model = model.double().eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            gain = "LayerNorm.weight" in name
            parameter.copy_(((torch.randn(parameter.shape) * 0.3) + (1.0 if gain else 0.0)).float().double())
    return model


def outputs(model, text, types):
    return model(input_ids=torch.tensor([text]), token_type_ids=torch.tensor([types]))


def fill_mask():
    model = randomized(transformers.BertForMaskedLM(transformers.BertConfig(**CONFIG)))
    logits = torch.cat([outputs(model, text, types).logits[0][places]
                        for text, types, places in zip(TEXTS, TYPES, PLACES)])
    targets = torch.tensor(sum(TARGETS, []))
    return model, logits, F.cross_entropy(logits, targets, reduction="sum"), {
        "places.tokens": torch.tensor(sum(PLACES, [])), "places.lengths": torch.tensor([len(p) for p in PLACES]),
        "targets": targets}


def question_answering():
    model = randomized(transformers.BertForQuestionAnswering(transformers.BertConfig(**CONFIG)))
    logits, loss = [], 0
    for text, types, (start, end) in zip(TEXTS, TYPES, ANSWERS):
        result = outputs(model, text, types)
        logits.append(torch.stack([result.start_logits[0], result.end_logits[0]], 1))
        loss = loss + (F.cross_entropy(result.start_logits, torch.tensor([start])) +
                       F.cross_entropy(result.end_logits, torch.tensor([end]))) / 2
    return model, torch.cat(logits), loss, {"answers": torch.tensor(ANSWERS)}


def golden(model, logits, loss, others):
    loss.backward()
    tensors = {"logits": logits, "loss": loss.reshape(1), "text.tokens": torch.tensor(sum(TEXTS, [])),
               "text.lengths": torch.tensor([len(text) for text in TEXTS]), "text.types": torch.tensor(sum(TYPES, [])),
               **others}
    for name, parameter in model.named_parameters():
        tensors["parameters." + heed_name(name)] = parameter
        tensors["gradients." + heed_name(name)] = parameter.grad
    return tensors


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent.parent / "tests" / "golden"
    for make in (fill_mask, question_answering):
        path = folder / f"bert_{make.__name__}.safetensors"
        write_safetensors(path, golden(*make()), {"made_by": "tools/make_bert_golden.py",
                                                  "transformers": transformers.__version__,
                                                  "torch": torch.__version__.split("+")[0]})
        print(f"{path}: {path.stat().st_size} bytes")
