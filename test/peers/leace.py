"""LEACE of concept-erasure on the rows of two conditions, beside the eraser of a bundle: BUNDLE HIM HER."""

import json
import sys

import numpy as np
import safetensors.numpy
import torch
from concept_erasure import LeaceFitter

bundle = safetensors.numpy.load_file(sys.argv[1])
him, her = (np.load(path).astype(float) for path in sys.argv[2:])
rows = torch.from_numpy(np.concatenate([him, her]))
labels = torch.cat([torch.ones(len(him)), torch.zeros(len(her))]).long()
fitter = LeaceFitter(rows.shape[1], 1, dtype=torch.float64, shrinkage=False, constrain_cov_trace=False)
fitter.update(rows, labels[:, None].double())
theirs = fitter.eraser(rows).numpy()
scores = (rows.numpy() - bundle["erase_bias"]) @ bundle["erase_right"]
ours = rows.numpy() - scores[:, None] * bundle["erase_left"]
print(json.dumps({"difference": float(np.abs(ours - theirs).max()), "moved": float(np.abs(ours - rows.numpy()).max())}))
