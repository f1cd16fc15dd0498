STEPS = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)


def add(hidden, step, direction=None):
    """Adds multiples of one mean difference to activations [tokens, D], at the token of the run."""
    direction = (vector("step") if direction is None else direction).to(hidden.device)
    return at_positions(hidden, lambda taken: taken + step * direction)


def measure(tool, sets, encoded, before, change):
    after = [tool.run(ids, change)[0] for ids in encoded]
    shifts = [difference(b, sets) - difference(a, sets) for a, b in zip(before, after)]
    losses = [collateral(a, b, sets) for a, b in zip(before, after)]
    return {"shift": mean_interval(shifts), "kl": mean_interval(losses)}


def shift_at(measured, kl):
    """Shift where the collateral KL is as given, between the two steps around it; absent if none are."""
    forward = [{"step": 0.0, "shift": {"mean": 0.0}, "kl": {"mean": 0.0}}]
    forward += [entry for entry in measured if entry["step"] > 0]
    for low, high in zip(forward, forward[1:]):
        a, b = low["kl"]["mean"], high["kl"]["mean"]
        if a <= kl <= b and b > a:
            share = (kl - a) / (b - a)
            return low["shift"]["mean"] + share * (high["shift"]["mean"] - low["shift"]["mean"])
    return None


def main():
    chosen = arguments()
    tool = Tool(chosen.model)
    sets = token_sets(tool, chosen.tokens)
    encoded = [tool.encode(prompt) for part in prompts_of(chosen) for prompt in part]
    before = [tool.run(ids)[0] for ids in encoded]
    steps = [{"step": step, **measure(tool, sets, encoded, before, lambda h, s=step: add(h, s))} for step in STEPS]
    random = [
        measure(tool, sets, encoded, before, lambda h, d=direction: add(h, 1.0, d))
        for direction in random_changes(8, lambda direction: direction)
    ]
    result = {"prompts": len(encoded), "steps": steps, "random": random}
    fixed = shift_at(steps, 0.1)
    if fixed is not None:
        result["shiftAtKl"] = {"kl": 0.1, "shift": fixed}
    finish(chosen, result)


if __name__ == "__main__":
    main()
