import { InvalidArgumentError } from "commander";
import { printable } from "../text/printable.ts";

/** A number, as an option's value. */
export function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new InvalidArgumentError(`"${printable(text, 100)}" is not a number.`);
  }
  return value;
}

/** A whole number of at least `least`, as an option's value. */
export function parseCount(least: number): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (!Number.isInteger(value) || value < least) {
      throw new InvalidArgumentError(
        `"${printable(text, 100)}" is not a whole number of at least ${least}.`,
      );
    }
    return value;
  };
}

/** `0:53`, as rows from the first (counted from 0) up to and without the last. */
export function parseRows(text: string): { start: number; stop: number } {
  const found = /^(\d+):(\d+)$/.exec(text);
  if (found === null || Number(found[2]) <= Number(found[1])) {
    throw new InvalidArgumentError(
      `"${printable(text, 100)}" is not a range of rows such as 0:53.`,
    );
  }
  return { start: Number(found[1]), stop: Number(found[2]) };
}

/** One of the listed words. */
export function parseChoice<Choice extends string>(
  ...choices: readonly Choice[]
): (text: string) => Choice {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) {
      throw new InvalidArgumentError(`"${printable(text, 100)}" is none of ${choices.join(", ")}.`);
    }
    return found;
  };
}
