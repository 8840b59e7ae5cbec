#!/usr/bin/env python3
"""Writes tests/golden/run.tfevents with TensorBoard's own messages and record writer.

    python3 -m venv /tmp/tensorboard && /tmp/tensorboard/bin/pip install tensorboard==2.21.0
    /tmp/tensorboard/bin/python tools/make_tensorboard_golden.py tests/golden/run.tfevents

tests/training/tensorboard_log_test.cc writes the same events: both files are the same, byte for byte.
"""
import sys

from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, tensor_shape_pb2, types_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

SESSION_START = event_pb2.SessionLog.START


def scalars(values):
    return [summary_pb2.Summary.Value(tag=tag, simple_value=value) for tag, value in values]


def text(tag, content):
    shape = tensor_shape_pb2.TensorShapeProto(dim=[tensor_shape_pb2.TensorShapeProto.Dim(size=1)])
    return summary_pb2.Summary.Value(
        tag=tag,
        metadata=summary_pb2.SummaryMetadata(plugin_data=summary_pb2.SummaryMetadata.PluginData(plugin_name="text")),
        tensor=tensor_pb2.TensorProto(dtype=types_pb2.DT_STRING, tensor_shape=shape, string_val=[content.encode()]),
    )


EVENTS = [
    event_pb2.Event(wall_time=1500000000.0, file_version="brain.Event:2"),
    event_pb2.Event(wall_time=1500000000.5, step=301, session_log=event_pb2.SessionLog(status=SESSION_START)),
    event_pb2.Event(
        wall_time=1500000001.25,
        step=301,
        summary=summary_pb2.Summary(value=scalars([("training/loss", 2.5), ("training/gradient_norm", float("nan"))])),
    ),
    event_pb2.Event(
        wall_time=1500000002.0,
        step=3000000000,
        summary=summary_pb2.Summary(
            value=scalars([("validation/bleu", 38.98)]) + [text("samples/1", "**source** Grüße, " + 200 * "sehr " + "lang")]
        ),
    ),
]

with open(sys.argv[1], "wb") as file:
    writer = RecordWriter(file)
    for event in EVENTS:
        writer.write(event.SerializeToString())
    writer.flush()
