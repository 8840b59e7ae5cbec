"""What the comparisons of language models measure: the same options on heed's side and on PyTorch's."""
import typing


class Model(typing.NamedTuple):
    sizes: dict
    updates: int  # measured in a run: enough to measure, few enough to wait for


MODELS = {  # nanoGPT's two for Shakespeare's characters: for a CPU and for a GPU
    "4x128": Model(dict(layers=4, heads=4, width=128, context=64, dropout=0.0), 100),
    "6x384": Model(dict(layers=6, heads=6, width=384, context=256, dropout=0.2), 10),
}


def add_sizes(parser):
    """The defaults are nanoGPT's for a CPU (its README; Karpathy, 2022), but for its exact GELU."""
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--context", type=int, default=64, help="tokens of a sequence")
    parser.add_argument("--vocabulary", type=int, default=69,
                        help="of random weights: characters, and the 4 marks that heed's vocabularies begin with")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--biases", action="store_true", help="of linear layers and layer norms")
    parser.add_argument("--feed-forward", default="gelu_tanh", choices=["gelu", "gelu_tanh"],
                        help="exact, or by its tanh formula")


def add_training(parser):
    parser.add_argument("--batch", type=int, default=12, help="sequences")
    parser.add_argument("--updates", type=int, default=100)
    parser.add_argument("--warm-up", type=int, default=5, help="updates before those that count")
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--clip-norm", type=float, default=1.0)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--threads", type=int, default=1)


def add_generation(parser):
    parser.add_argument("--prompt", default="\n")
    parser.add_argument("--tokens", type=int, default=0, help="to write after the prompt; 0: as many as the context holds")
    parser.add_argument("--greedy", action="store_true", help="the likeliest token each time")


def flags_of(values):
    """The command line that gives an option each value: True is a flag, False and None are none."""
    flags = []
    for name, value in values.items():
        if value is not None and value is not False:
            flags += ["--" + name.replace("_", "-"), *([] if value is True else [value])]
    return flags
