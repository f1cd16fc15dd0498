// Where a secular equation stands in the job block: its poles and weights, and the roots that are found of it.

import { jobBlock } from "../layout";

export const countAt: usize = jobBlock + 4;
export const polesAt: usize = jobBlock + 8;
export const weightsAt: usize = jobBlock + 12;
export const originsAt: usize = jobBlock + 16;
export const distancesAt: usize = jobBlock + 20;
export const partialsAt: usize = jobBlock + 24;
export const partialBytesAt: usize = jobBlock + 28;
export const rowsAt: usize = jobBlock + 32;
export const wantedAt: usize = jobBlock + 36;
export const placesAt: usize = jobBlock + 40;
export const vectorsAt: usize = jobBlock + 44;
export const inverseRhoAt: usize = jobBlock + 48;

/** Roots or vectors that a thread takes at a time. */
export const rootsTaken: i32 = 8;

/**
 * @param poles, weights `[count]`: d and z
 * @param origins `[count]` i32, distances `[count]` f64: receive root j as `d[origins[j]] + distances[j]`
 * @param partials one piece a thread: a word that tells whether the thread took part, then `[count]`
 */
export function prepareSecular(
  count: i32,
  poles: u32,
  weights: u32,
  rho: f64,
  origins: u32,
  distances: u32,
  partials: u32,
  partialBytes: i32,
): void {
  store<i32>(countAt, count);
  store<u32>(polesAt, poles);
  store<u32>(weightsAt, weights);
  store<f64>(inverseRhoAt, 1 / rho);
  store<u32>(originsAt, origins);
  store<u32>(distancesAt, distances);
  store<u32>(partialsAt, partials);
  store<i32>(partialBytesAt, partialBytes);
}

/**
 * Asks for the unit eigenvectors of some roots.
 * @param wanted `[rows]` i32, the roots
 * @param places `[count]` i32: the column of component i
 * @param vectors `[rows, count]`, receives the vectors, one per row
 */
export function prepareSecularVectors(
  rows: i32,
  wanted: u32,
  places: u32,
  vectors: u32,
): void {
  store<i32>(rowsAt, rows);
  store<u32>(wantedAt, wanted);
  store<u32>(placesAt, places);
  store<u32>(vectorsAt, vectors);
}

/** The piece of the partial products that is one thread's own. */
@inline
export function pieceOf(thread: i32): usize {
  return <usize>load<u32>(partialsAt) + <usize>(thread * load<i32>(partialBytesAt));
}

/** The pole nearest to root j. */
@inline
export function originOf(j: i32): i32 {
  return load<i32>(<usize>load<u32>(originsAt) + (<usize>j << 2));
}

/** What root j is beyond that pole. */
@inline
export function distanceOf(j: i32): f64 {
  return load<f64>(<usize>load<u32>(distancesAt) + (<usize>j << 3));
}
