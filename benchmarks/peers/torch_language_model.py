"""A decoder-only Transformer in the shape of GPT-2, as fast as PyTorch's eager mode has it. Runs with any PyTorch from
1.12 on.

Pre-norm, learned positions, GELU, the output projection tied to the embedding. Dropout is on the
embeddings and on each sublayer's result and nowhere else, as heed has it."""
import math

import torch
from torch import nn
from torch.nn import functional as F

FUSED_ATTENTION = hasattr(F, "scaled_dot_product_attention")


class Norm(nn.Module):
    def __init__(self, width, biases):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width)) if biases else None

    def forward(self, x):
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, 1e-5)


class Layer(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        width, biases = sizes.width, sizes.biases
        self.heads, self.dropout = sizes.heads, sizes.dropout
        self.gelu = "tanh" if sizes.feed_forward == "gelu_tanh" else "none"
        self.attention_norm, self.feed_forward_norm = Norm(width, biases), Norm(width, biases)
        self.project = nn.Linear(width, 3 * width, bias=biases)  # query, key and value in one product
        self.output = nn.Linear(width, width, bias=biases)
        self.expand = nn.Linear(width, 4 * width, bias=biases)
        self.contract = nn.Linear(4 * width, width, bias=biases)

    def attend(self, projected, sequences, future):
        """projected [rows, 3 * width]; `future` [time, time]: -inf where a key is after its query."""
        q, k, v = projected.view(sequences, -1, 3, self.heads, projected.size(1) // 3 // self.heads).permute(2, 0, 3, 1, 4)
        if FUSED_ATTENTION:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            shape = q.shape
            q, k, v = (part.reshape(-1, shape[2], shape[3]) for part in (q, k, v))
            # Scale and mask in the product itself.
            scores = torch.baddbmm(future.to(q.dtype), q, k.transpose(1, 2), alpha=1 / math.sqrt(shape[3]))
            y = torch.bmm(scores.softmax(2).to(v.dtype), v).view(shape)
        return y.transpose(1, 2).reshape(projected.size(0), -1)

    def dropped(self, x):
        return F.dropout(x, self.dropout, self.training) if self.dropout else x

    def forward(self, x, sequences, future):
        x = x + self.dropped(self.output(self.attend(self.project(self.attention_norm(x)), sequences, future)))
        hidden = F.gelu(self.expand(self.feed_forward_norm(x)), approximate=self.gelu)
        return x + self.dropped(self.contract(hidden))


class LanguageModel(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.embedding = nn.Parameter(torch.empty(sizes.vocabulary, sizes.width))  # and output projection
        self.positions = nn.Parameter(torch.empty(sizes.context, sizes.width))
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.norm = Norm(sizes.width, sizes.biases)
        self.dropout = sizes.dropout
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                last = name.endswith(("output.weight", "contract.weight"))
                nn.init.normal_(parameter, std=0.02 / math.sqrt(2 * sizes.layers) if last else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        future = torch.full((sizes.context, sizes.context), -math.inf).triu(1)
        self.register_buffer("future", future, persistent=False)

    def forward(self, tokens):
        """Logits [rows, vocabulary] after each of the tokens [sequences, time]."""
        sequences, time = tokens.shape
        x = (F.embedding(tokens, self.embedding) + self.positions[:time]).flatten(0, 1)
        x = F.dropout(x, self.dropout, self.training) if self.dropout else x
        for layer in self.layers:
            x = layer(x, sequences, self.future[:time, :time])
        return F.linear(self.norm(x), self.embedding)
