// The eigenvectors that belong to roots of a secular equation.

import { takeTile } from "../threads";
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
