def erase(hidden, left=None, right=None):
    """LEACE of rank one on activations [tokens, D], at the token of the run: `x - d (v . (x - m))`."""
    left = (vector("erase_left") if left is None else left).to(hidden.device)
    right = (vector("erase_right") if right is None else right).to(hidden.device)
    bias = vector("erase_bias").to(hidden.device)
    return at_positions(hidden, lambda taken: taken - ((taken - bias) @ right)[:, None] * left)


def gap(logits, sets):
    """Mean logit difference after prompts of the carried condition less that after those of the silenced."""
    means = [np.mean([difference(each, sets) for each in part]) for part in logits]
    return float(means[0] - means[1])


def measure(tool, sets, encoded, before, change):
    after = [[tool.run(ids, change)[0] for ids in part] for part in encoded]
    pairs = [pair for a, b in zip(before, after) for pair in zip(a, b)]
    shifts = [difference(b, sets) - difference(a, sets) for a, b in pairs]
    result = {"shift": mean_interval(shifts), "kl": mean_interval([collateral(a, b, sets) for a, b in pairs])}
    if all(after):
        result["gapAfter"] = gap(after, sets)
    return result


def main():
    chosen = arguments()
    tool = Tool(chosen.model)
    sets = token_sets(tool, chosen.tokens)
    encoded = [[tool.encode(prompt) for prompt in part] for part in prompts_of(chosen)]
    before = [[tool.run(ids)[0] for ids in part] for part in encoded]
    result = {"prompts": sum(map(len, encoded)), **measure(tool, sets, encoded, before, erase)}
    if all(before):
        result["gapBefore"] = gap(before, sets)
    result["random"] = [
        measure(tool, sets, encoded, before, lambda h, d=direction: erase(h, d, d / (d @ d)))
        for direction in random_changes(4, lambda direction: direction)
    ]
    finish(chosen, result)


if __name__ == "__main__":
    main()
