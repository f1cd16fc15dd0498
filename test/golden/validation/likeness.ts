import { expect } from "vitest";

/** The literal procedure's own rounding in thousands of neurons is near 1e-9. */
const tolerance = 1e-7;

/**
 * Expects numbers within 1e-7 of what is wanted, relative to their size, or in a list at least to its median size;
 * everything else equal, and neither a key more nor one less.
 * @param path what is compared, for the message
 */
export function expectLike(found: unknown, wanted: unknown, path: string, scale = 0): void {
  if (typeof wanted === "number") {
    const size = Math.max(scale, Math.abs(wanted));
    const isNear = typeof found === "number" && Math.abs(found - wanted) <= tolerance * size;
    expect(isNear, `${path} is ${String(found)}, wanted ${wanted}`).toBe(true);
  } else if (Array.isArray(wanted)) {
    const sizes = wanted.filter((value) => typeof value === "number").map(Math.abs);
    const median = sizes.sort((a, b) => a - b).at(sizes.length / 2) ?? 0;
    const own: unknown[] = Array.isArray(found) ? found : [];
    expect(own.length, `length of ${path}`).toBe(wanted.length);
    wanted.forEach((value, i) => {
      expectLike(own[i], value, `${path}[${i}]`, median);
    });
  } else if (typeof wanted === "object" && wanted !== null) {
    const own = Object.entries(found ?? {});
    expect(own.map(([key]) => key).sort(), path).toEqual(Object.keys(wanted).sort());
    for (const [key, value] of Object.entries(wanted)) {
      expectLike(Object.fromEntries(own)[key], value, `${path}.${key}`);
    }
  } else expect(found, path).toBe(wanted);
}
