import argparse
import base64
import json
import os
import sys

import numpy as np
import torch


def stop(line):
    sys.exit(f"error: {line}")


def vector(name):
    """One vector of the run, float64 [D]."""
    return torch.from_numpy(np.frombuffer(base64.b64decode(VECTORS[name]), "<f8").copy())


def check_width(hidden):
    width = len(vector("filter"))
    if hidden.shape[-1] != width:
        stop(f"the site gives {hidden.shape[-1]} values a token, the direction has {width}: it is of another place or model")
    return hidden


def positions(count):
    """The tokens of a prompt that the run was made of."""
    rule = DIRECTION["token_rule"]
    if rule == "last":
        return [count - 1]
    if rule == "mean":
        return list(range(count))
    index = int(rule.removeprefix("index:"))
    if not -count <= index < count:
        stop(f"a prompt of {count} tokens has no token {index}, of which the run was made: use longer prompts")
    return [index % count]


def at_positions(hidden, change):
    """The activations [tokens, D], changed in float64 where the run was made."""
    changed = hidden.clone().double()
    where = positions(len(changed))
    changed[where] = change(changed[where])
    return changed


def read(hidden):
    """`filter . x` at the token of the run, of activations [tokens, D]."""
    taken = hidden.double().cpu()[positions(len(hidden))]
    return float((taken @ vector("filter")).mean())


def token_sets(tool, text):
    """Numbers of the first token of each word, with a space before it: `he,him/she,her`."""
    sets = [[tool.encode(" " + word, special=False)[0] for word in part.split(",") if word] for part in text.split("/")]
    if len(sets) != 2 or not all(sets) or set(sets[0]) & set(sets[1]):
        stop(f"--tokens {text!r} names no two sets of different first tokens: write he,him/she,her")
    return sets


def difference(logits, sets):
    """Mean logit of the first set of tokens less that of the second."""
    logits = logits.double()
    return float(logits[sets[0]].mean() - logits[sets[1]].mean())


def collateral(before, after, sets):
    """KL divergence of the next token, those of the two sets left out: what else the change does."""
    rest = torch.ones(len(before), dtype=torch.bool)
    rest[sets[0] + sets[1]] = False
    p, q = (torch.log_softmax(logits.double().cpu()[rest], 0) for logits in (before, after))
    return max(0.0, float((p.exp() * (p - q)).sum()))


def mean_interval(values):
    """Mean, and its 95 % interval by the spread over prompts; no interval of one value."""
    values = np.asarray(values)
    result = {"mean": float(values.mean())}
    if len(values) > 1:
        margin = 1.96 * values.std(ddof=1) / np.sqrt(len(values))
        result |= {"low": float(values.mean() - margin), "high": float(values.mean() + margin)}
    return result


def random_changes(count, make):
    """The same change along random directions as long as the run's own, for comparison."""
    length = vector("mean_difference").norm()
    generator = np.random.default_rng(0)
    for _ in range(count):
        direction = torch.from_numpy(generator.normal(size=len(vector("filter"))))
        yield make(direction / direction.norm() * length)


def arguments():
    parser = argparse.ArgumentParser(description=DIRECTION["kind"])
    parser.add_argument("--model", default=DIRECTION["model"], help="name or folder")
    parser.add_argument("--prompts", nargs="+", help="one or two text files with a prompt a line: carried, silenced")
    parser.add_argument("--tokens", default=DIRECTION["tokens"], help="he,him/she,her: first the carried condition's")
    parser.add_argument("--out", default=DIRECTION["out"], help="the file of results")
    # A notebook has arguments of its own.
    return parser.parse_known_args()[0]


def prompts_of(chosen):
    """Prompts of the carried and of the silenced condition."""
    if chosen.prompts is None:
        found = [PROMPTS["carried"], PROMPTS["silenced"]]
    else:
        found = []
        for path in chosen.prompts:
            with open(path, encoding="utf-8") as file:
                found.append([line.rstrip("\n") for line in file if line.strip()])
    if not any(found):
        stop("the run knows no sentences: say --prompts FILE with a prompt a line")
    return found if len(found) == 2 else [found[0], []]


def finish(chosen, result):
    """Writes NAME.steering.json, which Eigenlens shows beside the run, and prints it."""
    described = {key: value for key, value in DIRECTION.items() if key not in ("out", "tokens")}
    result = {"format": "eigenlens.steering/1", **described, "tokens": chosen.tokens, **result}
    with open(chosen.out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
    print(json.dumps(result))
