"""The validation by the literal procedure: every fit in all neurons, with numpy and scipy alone."""
