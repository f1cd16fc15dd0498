import type {
  MeanOfPrompts,
  MeasuredChange,
  SteeringResults,
} from "../../../src/protocol/steering.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import { formatShort } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";

/** One measured change, named, as the figure and its table show it. */
export interface NamedChange extends MeasuredChange {
  readonly name: string;
  /** Towards the carried condition, away from it, or neither. */
  readonly kind: "towards" | "away" | "random";
}

/** All that was measured, in the order of the steps; random directions last. */
export function namedChanges({ measured }: SteeringResults): NamedChange[] {
  const random = measured.random.map((change, i): NamedChange => {
    return { ...change, name: text("check.row.random", { number: i + 1 }), kind: "random" };
  });
  switch (measured.kind) {
    case "add": {
      const steps = [...measured.steps].sort((a, b) => a.step - b.step);
      return [
        ...steps.map(({ step, ...change }): NamedChange => {
          const name = text("check.row.step", { step: formatShort(step) });
          return { ...change, name, kind: step > 0 ? "towards" : "away" };
        }),
        ...random,
      ];
    }
    case "erase": {
      const { shift, kl } = measured;
      return [{ shift, kl, name: text("check.row.erase"), kind: "towards" }, ...random];
    }
    default:
      return measured satisfies never;
  }
}

/** A change per row; what is not known stays empty. */
export function changesTable(changes: readonly NamedChange[]): TableContent {
  const [low, high] = [text("check.column.low"), text("check.column.high")];
  return {
    columns: [
      text("check.column.change"),
      text("check.column.shift"),
      low,
      high,
      text("check.column.kl"),
      low,
      high,
    ],
    rows: changes.map(({ name, shift, kl }) => [name, ...cellsOf(shift), ...cellsOf(kl)]),
  };
}

function cellsOf({ mean, interval }: MeanOfPrompts): Cell[] {
  return [mean, interval?.low ?? "", interval?.high ?? ""];
}
