import hashlib
import json
import os
import struct
import sys

import numpy as np


def stop(line):
    sys.exit(f"error: {line}")


def check_file(path, known):
    if not os.path.exists(path):
        stop(f"{path!r} is not there: run this where the run was made, or correct the path")
    kind, _, digest = known.partition(":")
    if kind == "sha256" and os.path.isfile(path):
        with open(path, "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                stop(f"{path!r} has changed since the run: restore it, or run the separation again")


def count_components(values, total, options):
    reached = np.nonzero(np.cumsum(values) / total >= options["variance"])[0]
    by_share = reached[0] + 1 if len(reached) else len(values)
    if options["components"] is None:
        return by_share
    fixed = min(options["components"], len(values))
    return min(fixed, by_share) if options["componentsAreCap"] else fixed


def shrink(covariance, gamma):
    k = len(covariance)
    return (1 - gamma) * covariance + gamma * np.trace(covariance) / k * np.eye(k)
