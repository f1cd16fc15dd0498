import type { RowBuffer } from "../../activations/activationFile.ts";
import { fitsSingle } from "../../activations/elements/elementType.ts";
import type { Condition } from "../../conditions/condition.ts";

/** A condition whose rows stay in memory once they were read. */
export interface HeldCondition {
  /** Reads each row from its file once. */
  readonly condition: Condition;
  /** What its rows take once all were read. */
  readonly byteLength: number;
  /** Whether all rows are in memory, so that the file is not needed any more. */
  isComplete(): boolean;
}

/** Whether float32 loses nothing of a condition's rows: a mean of tokens has more digits than what was stored. */
function areSingle({ provenance, source }: Condition): boolean {
  return fitsSingle(provenance.elementType) && source.token?.kind !== "mean";
}

/** Bytes that the rows of a condition take in memory, without loss. */
export function heldBytes(condition: Condition): number {
  return condition.rows * condition.columns * (areSingle(condition) ? 4 : 8);
}

/**
 * Holds the rows of a condition, in the smaller of float32 and float64 that loses nothing, as they are read. Where
 * there is no memory for them after all, they are read from the file each time.
 */
export function holdRows(condition: Condition): HeldCondition {
  const { rows, columns } = condition;
  /** [rows]: 1 if the row was read. */
  const known = new Uint8Array(rows);
  let missing = rows;
  let held: RowBuffer | undefined | null;

  /** The first row from `start` on that differs from it in being known, at most `stop`. */
  function endOfRun(start: number, stop: number): number {
    const found = known.indexOf(known[start] === 1 ? 0 : 1, start);
    return found === -1 || found > stop ? stop : found;
  }

  async function readRows(start: number, stop: number, destination: RowBuffer): Promise<void> {
    const isWithin = start >= 0 && start <= stop && stop <= rows;
    held = held === undefined ? allocate(condition) : held;
    // What does not fit is refused in the condition's own words.
    if (held === null || !isWithin || destination.length !== (stop - start) * columns) {
      return condition.readRows(start, stop, destination);
    }
    const memory = held;
    for (let row = start; row < stop;) {
      const end = endOfRun(row, stop);
      const own = memory.subarray(row * columns, end * columns);
      if (known[row] === 0) {
        await condition.readRows(row, end, own);
        // Another call may have read some of them meanwhile.
        for (let i = row; i < end; i += 1) {
          if (known[i] === 0) missing -= 1;
          known[i] = 1;
        }
      }
      destination.set(own, (row - start) * columns);
      row = end;
    }
  }

  return {
    condition: { ...condition, readRows },
    byteLength: heldBytes(condition),
    isComplete: () => missing === 0,
  };
}

/** Null if the system refuses. */
function allocate(condition: Condition): RowBuffer | null {
  const length = condition.rows * condition.columns;
  try {
    return areSingle(condition) ? new Float32Array(length) : new Float64Array(length);
  } catch {
    return null;
  }
}
