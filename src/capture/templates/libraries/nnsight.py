class Model:
    """A language model of nnsight, traced at its modules."""

    def __init__(self):
        self.model = load_traced(revision=CAPTURE["revision"], dispatch=True, dtype="auto", device_map="auto")
        self.tokenizer = self.model.tokenizer
        self.captured_with = f"nnsight {version('nnsight')}"
        # In the order in which the model runs them: a trace cannot look back.
        sites = find_sites(self.model._module, sorted(CAPTURE["layers"]))
        self.sites = site_names(sites)
        self.places = [(layer, self.model.get(path), of_input) for layer, (path, of_input) in sites.items()]

    def activations(self, ids):
        """What each site held for one prompt, [tokens, D] for each layer."""
        import nnsight

        with torch.no_grad(), self.model.trace(torch.tensor([ids])):
            seen = nnsight.save({})
            for layer, place, of_input in self.places:
                held = place.input if of_input else place.output
                seen[layer] = held[0] if isinstance(held, tuple) else held
        return {layer: held[0] for layer, held in seen.items()}


def load_traced(**options):
    try:
        from nnsight import TransformersModel
    except ImportError:
        # Before version 0.8.
        from nnsight import LanguageModel

        return LanguageModel(CAPTURE["model"], **options)
    return TransformersModel(CAPTURE["model"], task="text-generation", **options)
