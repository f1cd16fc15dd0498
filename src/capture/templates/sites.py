def find_sites(model, layers):
    """The path of the module for each layer, and whether its input is meant rather than its output."""
    modules = dict(model.named_modules())
    site, component = CAPTURE["site"], CAPTURE["component"]
    if component == "other":
        return {layer: (existing(modules, site.replace("{layer}", str(layer))), False) for layer in layers}
    count = model.config.get_text_config().num_hidden_layers
    lists = [path for path, module in modules.items() if isinstance(module, torch.nn.ModuleList) and len(module) == count]
    if not lists:
        stop("the blocks of this model are not known: write the path of a module into site in CAPTURE, with {layer} in it")
    if max(layers) >= count:
        stop(f"the model has {count} layers, none is number {max(layers)}: they are counted from 0")
    return {layer: within_block(modules, f"{min(lists, key=len)}.{layer}", site) for layer in layers}


def within_block(modules, block, site):
    if site == "residual":
        return block, False
    names = ("attn", "self_attn", "attention", "self_attention") if site.startswith("attention") else ("mlp", "feed_forward")
    parts = [f"{block}.{name}" for name in names if f"{block}.{name}" in modules]
    if not parts:
        children = ", ".join(path for path in modules if path.startswith(f"{block}.") and path.count(".") == block.count(".") + 1)
        stop(f"{block} has no {names[0]}, but {children}: write the path of a module into site in CAPTURE, with {{layer}} in it")
    if site in ("mlp", "attention_out"):
        return parts[0], False
    # What neurons and heads give is what the projection to the residual stream, the last of the part, is given.
    inside = [path for path, module in modules.items() if path.startswith(f"{parts[0]}.") and is_projection(module)]
    if not inside or any("experts" in path for path in inside):
        stop(f"the projection of {parts[0]} is not known: write the path of a module into site in CAPTURE, with {{layer}} in it")
    return inside[-1], True


def is_projection(module):
    weight = getattr(module, "weight", None)
    return weight is not None and weight.ndim == 2


def existing(modules, path):
    if path not in modules:
        stop(f"this model has no module {path!r}: correct site in CAPTURE to one of model.named_modules()")
    return path


def site_names(sites):
    """The site of each layer as provenance says it."""
    return {layer: f"{path}.input" if of_input else path for layer, (path, of_input) in sites.items()}
