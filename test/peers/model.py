"""A tiny causal model with random weights, a tokenizer of words, and its activations: FOLDER.

Activations are those of the residual stream after block 1 at the last token, him and her, float64.
"""

import pathlib
import sys

import numpy as np
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
torch.manual_seed(3)
words = "he she him her saw gave took told a the dog cat and then to it was red blue small".split()
vocabulary = {word: number for number, word in enumerate(["?"] + words)}
tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="?"))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="?", bos_token="?").save_pretrained(folder / "model")
config = GPT2Config(vocab_size=len(vocabulary), n_positions=32, n_embd=16, n_layer=3, n_head=2, bos_token_id=0, eos_token_id=0, tie_word_embeddings=False)
model = GPT2LMHeadModel(config).eval()
for parameter in model.parameters():
    # Of a size at which attention and blocks do something.
    parameter.data += 0.3 * torch.randn_like(parameter)
model.save_pretrained(folder / "model")

generator = np.random.default_rng(5)
fillers = [word for word in words if word not in ("he", "she", "him", "her")]
for name in ("him", "her"):
    prompts = [" ".join([*generator.choice(fillers, generator.integers(2, 6)), name, *generator.choice(fillers, 1)]) for _ in range(40)]
    rows = []
    for prompt in prompts:
        ids = torch.tensor([[vocabulary[word] for word in prompt.split()]])
        with torch.no_grad():
            # The first is the embedding: the third is the stream after block 1.
            hidden = model(ids, output_hidden_states=True).hidden_states[2]
        rows.append(hidden[0, -1].double().numpy())
    np.save(folder / f"{name}.npy", np.stack(rows))
    (folder / f"{name}.txt").write_text("\n".join(prompts))
    (folder / f"few_{name}.txt").write_text("\n".join(prompts[:6]))
