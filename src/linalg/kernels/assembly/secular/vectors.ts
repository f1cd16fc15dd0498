// The eigenvectors that belong to roots of a secular equation.

import { takeTile } from "../threads";
import { scale, sumOfPair } from "../vector";
import {
  countAt,
  distanceOf,
  originOf,
  placesAt,
  polesAt,
  rootsTaken,
  rowsAt,
  vectorsAt,
  wantedAt,
  weightsAt,
} from "./problem";

/** The unit eigenvectors that {@link prepareSecularVectors} asked for, taken by the threads in turn. */
export function runSecularVectors(): void {
  const rows = load<i32>(rowsAt);
  const count = load<i32>(countAt);
  const poles = <usize>load<u32>(polesAt);
  const weights = <usize>load<u32>(weightsAt);
  const places = <usize>load<u32>(placesAt);
  while (true) {
    const first = takeTile() * rootsTaken;
    if (first >= rows) return;
    const last = min(rows, first + rootsTaken);
    for (let row = first; row < last; row++) {
      const j = load<i32>(<usize>load<u32>(wantedAt) + (<usize>row << 2));
      const origin = load<f64>(poles + (<usize>originOf(j) << 3));
      const distance = distanceOf(j);
      const vector = <usize>load<u32>(vectorsAt) + (<usize>row * <usize>count << 3);
      let square: f64 = 0;
      for (let i = 0; i < count; i++) {
        const at = <usize>i << 3;
        const component =
          load<f64>(weights + at) / (load<f64>(poles + at) - origin - distance);
        square += component * component;
        store<f64>(vector + (<usize>load<i32>(places + (<usize>i << 2)) << 3), component);
      }
      const length = 1 / sqrt(square);
      for (let at = vector; at < vector + (<usize>count << 3); at += 8) {
        store<f64>(at, load<f64>(at) * length);
      }
    }
  }
}

/**
 * The unit eigenvectors of roots `first` to `last` (exclusive), one per row, on the calling thread, components in the
 * order of the poles; the weights are those that belong to the roots that were found.
 * @param vectors `[last - first, count]`
 */
export function findVectors(first: i32, last: i32, vectors: usize): void {
  const bytes = <usize>load<i32>(countAt) << 3;
  const poles = <usize>load<u32>(polesAt);
  const weights = <usize>load<u32>(weightsAt);
  const pairs = bytes & ~15;
  for (let j = first; j < last; j++, vectors += bytes) {
    const origin = load<f64>(poles + (<usize>originOf(j) << 3));
    const distance = distanceOf(j);
    const origins = f64x2.splat(origin);
    const distances = f64x2.splat(distance);
    let squares = f64x2.splat(0);
    let at: usize = 0;
    for (; at < pairs; at += 16) {
      const difference = f64x2.sub(f64x2.sub(v128.load(poles + at), origins), distances);
      const component = f64x2.div(v128.load(weights + at), difference);
      squares = f64x2.add(squares, f64x2.mul(component, component));
      v128.store(vectors + at, component);
    }
    let square = sumOfPair(squares);
    if (at < bytes) {
      const component = load<f64>(weights + at) / (load<f64>(poles + at) - origin - distance);
      square += component * component;
      store<f64>(vectors + at, component);
    }
    scale(vectors, 1 / sqrt(square), load<i32>(countAt));
  }
}
