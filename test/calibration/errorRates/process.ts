import { errorRates } from "./rates.ts";

const effort = { repeats: 3, permutations: 99, threads: 1 };

/** Judges the seeds from..to - 1 of one error and prints how much of it each set has as JSON. Arguments: name, from, to. */
async function main([name, from, to]: readonly string[]): Promise<void> {
  const rate = errorRates.find((own) => own.name === name);
  if (rate === undefined) throw new Error(`There is no error rate of ${name}.`);
  const found = [];
  for (let seed = Number(from); seed < Number(to); seed += 1) {
    found.push(await rate.judge(seed, effort));
  }
  process.stdout.write(JSON.stringify(found));
}

void main(process.argv.slice(2));
