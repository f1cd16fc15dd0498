import { cells } from "./cells.ts";

/** Judges the seeds from..to - 1 of one cell and prints the outcomes as JSON. Arguments: cell, from, to. */
async function main([name, from, to]: readonly string[]): Promise<void> {
  const cell = cells.find((own) => own.name === name);
  if (cell === undefined) throw new Error(`There is no cell ${name}.`);
  const outcomes = [];
  for (let seed = Number(from); seed < Number(to); seed += 1) outcomes.push(await cell.judge(seed));
  process.stdout.write(JSON.stringify(outcomes));
}

void main(process.argv.slice(2));
