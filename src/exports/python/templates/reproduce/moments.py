def read_moments(source):
    """Covariance (ddof 1) of one condition, from its sums in the moments document."""
    path = source["path"]
    check_file(path, source["hash"])
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        parts = []
        for part in ("count", "scatter"):
            entry = header[f"{source['tensor']}.{part}"]
            start, end = entry["data_offsets"]
            file.seek(8 + length + start)
            parts.append(np.frombuffer(file.read(end - start), "<f8").reshape(entry["shape"]))
    (count,), scatter = parts
    if count != source["rows"]:
        stop(f"{path!r} holds sums over {count:.0f} rows, the run had {source['rows']}: was it made anew?")
    return scatter / (count - 1)


def separate(carried, silenced, gamma):
    """S w = l R~ w by the Cholesky factor of R~, eigenvalues descending."""
    factor = np.linalg.cholesky(shrink(silenced, gamma))
    half = np.linalg.solve(factor, carried)
    whitened = np.linalg.solve(factor, half.T)
    values, vectors = np.linalg.eigh((whitened + whitened.T) / 2)
    return values[::-1], np.linalg.solve(factor.T, vectors)[:, ::-1]


def main():
    options = RUN["options"]
    covariances = [read_moments(RUN[name]) for name in ("target", "reference")]
    average = sum(covariances) / 2
    values, components = np.linalg.eigh(average)
    values, components = values[::-1], components[:, ::-1]
    rank = max(1, np.count_nonzero(values > values[0] * len(average) * np.finfo(float).eps))
    k = int(count_components(values[:rank], RUN["totalVariance"], options))
    basis = components[:, :k]
    target, reference = (basis.T @ covariance @ basis for covariance in covariances)
    eigenvalues, vectors = separate(target, reference, options["shrinkage"])
    swapped, _ = separate(reference, target, options["shrinkageSwapped"])
    unit = vectors[:, 0] / np.linalg.norm(vectors[:, 0])
    result = {
        "components": k,
        "eigenvalues": eigenvalues.tolist(),
        "swappedEigenvalues": swapped.tolist(),
        "targetVariance": float(unit @ target @ unit),
        "referenceVariance": float(unit @ reference @ unit),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
