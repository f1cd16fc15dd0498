def main():
    chosen = arguments()
    tool = Tool(chosen.model)
    middles = {name: float(vector(f"mean_{name}") @ vector("filter")) for name in ("carried", "silenced")}
    result = {}
    for name, prompts in zip(("carried", "silenced"), prompts_of(chosen)):
        scores = [read(tool.run(tool.encode(prompt))[1]) - middles[name] for prompt in prompts]
        # About the mean of the condition, as in the panel: the filter tells variances apart, it is no classifier.
        result[name] = {"projections": scores}
        if len(scores) > 1:
            result[name]["sd"] = float(np.std(scores, ddof=1))
    # Reading changes nothing.
    finish(chosen, {**result, "shift": 0.0, "kl": 0.0})


if __name__ == "__main__":
    main()
