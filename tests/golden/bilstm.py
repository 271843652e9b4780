"""A bidirectional LSTM over padded sequences of ids: outputs, loss and gradients as
PyTorch computes them in double precision, with packed sequences.

Writes bilstm.json beside this file. Parameters are given by a formula, which the test
repeats. PyTorch's gates are i, f, g, o, and its two biases are added up.

    pip install torch==2.15.0
    python bilstm.py
"""

import json
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)

VOCABULARY, EMBEDDING, UNITS, LENGTH = 7, 3, 2, 5
# Padding is 0 and in front; texts of 5, 2, 1 and 4 words.
IDS = [[2, 3, 4, 5, 6], [0, 0, 0, 6, 2], [0, 0, 0, 0, 3], [0, 4, 1, 4, 2]]
LABELS = [0, 1, 1, 0]


def wave(shape, scale, phase):
    """Numbers that are neither smooth nor random: scale * sin(0.7 i^2 + i + phase)."""
    count = math.prod(shape)
    values = [scale * math.sin(0.7 * i * i + i + phase) for i in range(count)]
    return torch.tensor(values).reshape(shape)


def theirs(kernel):
    """[inputs, (i, f, o, g)] as PyTorch has it: [(i, f, g, o), inputs]."""
    i, f, o, g = kernel.split(UNITS, dim=-1)
    return torch.cat([i, f, g, o], dim=-1).T


# In the order of the network's parameters.
shapes = [
    (VOCABULARY, EMBEDDING),
    *[(EMBEDDING, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,)] * 2,
    (2 * UNITS, 1),
    (1,),
]
parameters = [
    wave(shape, 0.8, phase).requires_grad_() for phase, shape in enumerate(shapes)
]
table, *directions, output, bias = parameters

lstm = torch.nn.LSTM(EMBEDDING, UNITS, bidirectional=True, batch_first=True)
named = {}
for at, suffix in ((0, ""), (3, "_reverse")):
    kernel, recurrent, offset = directions[at : at + 3]
    named[f"weight_ih_l0{suffix}"] = theirs(kernel)
    named[f"weight_hh_l0{suffix}"] = theirs(recurrent)
    named[f"bias_ih_l0{suffix}"] = theirs(offset[None])[:, 0]
    named[f"bias_hh_l0{suffix}"] = torch.zeros(4 * UNITS)

texts = [torch.tensor([word for word in text if word]) for text in IDS]
words = torch.nn.utils.rnn.pack_sequence(
    [table[text] for text in texts], enforce_sorted=False
)
_, (last, _) = torch.func.functional_call(lstm, named, (words,))
z = torch.cat([last[0], last[1]], dim=1) @ output + bias
loss = torch.nn.functional.binary_cross_entropy_with_logits(
    z[:, 0], torch.tensor(LABELS, dtype=torch.get_default_dtype())
)
gradients = torch.autograd.grad(loss, parameters)

result = {
    "torch": torch.__version__.split("+")[0],
    "ids": IDS,
    "labels": LABELS,
    "outputs": z[:, 0].tolist(),
    "loss": loss.item(),
    "gradients": [gradient.flatten().tolist() for gradient in gradients],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result) + "\n")
