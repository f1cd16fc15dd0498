"""What a capture must hold, by transformers and NumPy alone: MODEL PROMPTS SITE LAYER TOKEN BEGIN.

Prints shape and dtype, the activations' separation, and writes them to FOLDER/him.npy and her.npy (float64).
"""

import json
import sys

import numpy as np
import scipy.linalg
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

model_folder, prompts_path, site, layer, token, begin = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(model_folder)
model = AutoModelForCausalLM.from_pretrained(model_folder, dtype="auto").eval()
block = model.transformer.h[int(layer)]
with open(prompts_path, encoding="utf-8") as file:
    pairs = json.load(file)["pairs"]


def hooked(ids):
    seen = []
    modules = {"residual": block, "mlp": block.mlp.c_proj, "neurons": block.mlp.act, "attention_out": block.attn.c_proj, "attention_head": block.attn.c_proj}
    if site == "attention_head":
        handle = modules[site].register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    else:
        handle = modules[site].register_forward_hook(lambda _module, _inputs, output: seen.append(output[0] if isinstance(output, tuple) else output))
    with torch.no_grad():
        model(torch.tensor([ids]))
    handle.remove()
    return seen[0][0].double().numpy()


def row(prompt, word):
    words = prompt.split()
    ids = ([tokenizer.bos_token_id] if begin == "begin" else []) + tokenizer.convert_tokens_to_ids(words)
    held = hooked(ids)
    if token == "mean":
        # As kept, in the model's own precision.
        return torch.tensor(held).float().mean(0).to(model.dtype).double().numpy()
    return held[{"last": -1, "word": len(ids) - len(words) + words.index(word)}[token]]


rows = {name: np.stack([row(pair[name], name) for pair in pairs]) for name in ("him", "her")}
centred = [part - part.mean(0) for part in rows.values()]
covariances = [part.T @ part / (len(part) - 1) for part in centred]
values, vectors = np.linalg.eigh(sum(covariances) / 2)
values, vectors = values[::-1], vectors[:, ::-1]
k = int(np.nonzero(np.cumsum(values) / values.sum() >= 0.99)[0][0]) + 1
target, reference = (vectors[:, :k].T @ covariance @ vectors[:, :k] for covariance in covariances)
shrunk = 0.99 * reference + 0.01 * np.trace(reference) / k * np.eye(k)
result = {
    "components": k,
    "eigenvalues": scipy.linalg.eigh(target, shrunk)[0][::-1].tolist(),
    "rows": {name: part.tolist() for name, part in rows.items()},
}
print(json.dumps(result))
