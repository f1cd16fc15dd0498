"""Compress, then separate, in all D neurons."""

import numpy as np
import scipy.linalg


def compress(a, b, share):
    """[D, k]: leading principal components of the average covariance, by SVD of the centred rows."""
    z = np.vstack([(x - x.mean(0)) / np.sqrt(2 * (len(x) - 1)) for x in (a, b)])
    v, s, _ = np.linalg.svd(z.T, full_matrices=False)
    k = int(np.searchsorted(np.cumsum(s**2), share * (z**2).sum())) + 1
    return v[:, :k]


def covariance(x, v):
    return np.atleast_2d(np.cov(x @ v, rowvar=False))


def shrink(r, gamma):
    k = len(r)
    return (1 - gamma) * r + gamma * np.trace(r) / k * np.eye(k)


def separate(carried, silenced, v, gamma, count):
    """Unit directions [D, count] with most variance in `carried` for least in `silenced`, and eigenvalues."""
    s, r = covariance(carried, v), covariance(silenced, v)
    values, w = scipy.linalg.eigh(s, shrink(r, gamma))
    found = min(count, len(values), len(carried) - 1)
    u = v @ w[:, ::-1][:, :found]
    return u / np.linalg.norm(u, axis=0), values[::-1][:found]


def mean_difference(a, b):
    d = a.mean(0) - b.mean(0)
    return (d / np.linalg.norm(d))[:, None]


def linear_discriminant(a, b, v, gamma):
    c = shrink((covariance(a, v) + covariance(b, v)) / 2, gamma)
    u = v @ np.linalg.solve(c, v.T @ (a.mean(0) - b.mean(0)))
    return (u / np.linalg.norm(u))[:, None]


def settled(u):
    """Signs so that each direction's largest entry is positive."""
    largest = u[np.abs(u).argmax(0), np.arange(u.shape[1])]
    return u * np.sign(largest)
