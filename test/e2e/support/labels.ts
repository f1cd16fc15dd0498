import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededNormal } from "../../support/random.ts";

const NEURONS = 8;

/** The label of {@link writeLabels} whose rows vary much more than all others along one neuron. */
export const loudLabel = "loud";

/** Labels that would turn the reading direction, be a link, or be longer than any window. */
export const hostileLabels = [
  "[fix](command:x)\u202eevil",
  `long ${"label ".repeat(60)}end`,
  "<b>&quot;",
];

/**
 * Writes tables with a column of labels: `topics.csv` with four (one of them loud), `hostile.csv` with
 * {@link hostileLabels} and one of a single row, `twelve.csv` and `forty.csv` with so many, `two.csv` with two.
 */
export function writeLabels(folder: string): void {
  const normal = seededNormal(13);
  const write = (name: string, counts: readonly (readonly [string, number])[]) => {
    const lines = counts.flatMap(([label, rows]) =>
      Array.from({ length: rows }, () => {
        const values = Array.from({ length: NEURONS }, normal);
        if (label === loudLabel) values[2] *= 6;
        const quoted = `"${label.replaceAll('"', '""')}"`;
        return [quoted, ...values.map((value) => value.toFixed(5))].join(",");
      }),
    );
    const heading = ["topic", ...Array.from({ length: NEURONS }, (_, i) => `n${String(i)}`)];
    writeFileSync(join(folder, name), `${[heading.join(","), ...lines].join("\n")}\n`);
  };
  const numbered = (count: number) =>
    Array.from({ length: count }, (_, i) => [`label ${String(i)}`, 12] as const);
  write("topics.csv", [
    [loudLabel, 26],
    ["calm", 25],
    ["even", 24],
    ["flat", 23],
  ]);
  write("hostile.csv", [...hostileLabels.map((label) => [label, 20] as const), ["single", 1]]);
  write("twelve.csv", numbered(12));
  write("forty.csv", numbered(40));
  write("two.csv", [
    ["him", 20],
    ["her", 20],
  ]);
}
