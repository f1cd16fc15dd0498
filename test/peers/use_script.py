"""What the functions of a generated script do to the rows that the run was fitted on: SCRIPT HIM HER."""

import importlib.util
import json
import sys

import numpy as np
import torch

spec = importlib.util.spec_from_file_location("script", sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
him, her = (torch.from_numpy(np.load(path)) for path in sys.argv[2:])
result = {}
if hasattr(script, "add"):
    # Two tokens, of which only the last is changed.
    hidden = torch.stack([him[0], him[1]])
    moved = script.add(hidden, 0.5)
    result["first"] = float((moved[0] - hidden[0]).abs().max())
    result["moved"] = script.read(moved) - script.read(hidden)
    result["step"] = 0.5 * float(script.vector("filter") @ script.vector("step"))
if hasattr(script, "erase"):
    erased = [torch.cat([script.erase(row[None]) for row in rows]) for rows in (him, her)]
    scores = torch.cat(erased) @ script.vector("erase_right")
    result["spread"] = float((scores.max() - scores.min()).abs())
    result["left"] = float((erased[0].mean(0) - erased[1].mean(0)).abs().max())
print(json.dumps(result))
