"""What the comparison of Vision Transformers measures: the same options on heed's side and on PyTorch's."""


def add_sizes(parser):
    """The defaults are heed's preset mini on images of 28 pixels."""
    parser.add_argument("--patch", type=int, default=4)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--batch", type=int, default=80, help="images")
    parser.add_argument("--updates", type=int, default=100)
    parser.add_argument("--warm-up", type=int, default=10, help="updates before those that count")
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
