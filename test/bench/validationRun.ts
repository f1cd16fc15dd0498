import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Cancellation } from "../../src/cancellation.ts";
import { defaultValidationOptions } from "../../src/ged/validation/options.ts";
import { validateGram } from "../../src/ged/validation/validateGram.ts";
import { matrix } from "../../src/linalg/matrix.ts";
import { createWasmProducts } from "../../src/linalg/engines/wasmProducts.ts";

/** Times one validation of the stacked float64 rows that the peer's script wrote; prints one JSON object. */
async function main(): Promise<void> {
  const [folder, permutations, repeats] = process.argv.slice(2);
  const { rows, columns } = JSON.parse(readFileSync(join(folder, "shape.json"), "utf8")) as {
    rows: number;
    columns: number;
  };
  const bytes = readFileSync(join(folder, "rows.f64"));
  const values = new Float64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
  const x = matrix(2 * rows, columns, values);
  const products = await createWasmProducts();
  const cpu = process.cpuUsage();
  const start = performance.now();
  let firstReport: number | undefined;
  const estimates: { readonly at: number; readonly left: number }[] = [];
  const report = await validateGram(
    {
      gram: products.gram(x),
      targetRows: rows,
      referenceRows: rows,
      names: { groups: Array.from({ length: 2 * rows }, (_, row) => String(row % rows)) },
    },
    { keep: { share: 0.99 }, shrinkage: 0.01 },
    {
      ...defaultValidationOptions,
      repeats: Number(repeats),
      permutations: Number(permutations),
      extended: false,
    },
    {
      products,
      cancellation: new Cancellation(),
      report: ({ secondsLeft }) => {
        const at = (performance.now() - start) / 1000;
        firstReport ??= at;
        if (secondsLeft !== undefined) estimates.push({ at, left: secondsLeft });
      },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  const used = process.cpuUsage(cpu);
  // The estimate half way through, against what the rest really took.
  const half = estimates.find(({ at }) => at >= seconds / 2);
  console.log(
    JSON.stringify({
      way: "eigenlens",
      seconds,
      cpuSeconds: (used.user + used.system) / 1e6,
      firstReport,
      estimateHalfWay: half && { saidSeconds: half.left, tookSeconds: seconds - half.at },
      heldOutRatio: report.directions.forward.heldOut?.ratio,
      p: report.directions.forward.permutation?.heldOut?.p,
    }),
  );
  await products.dispose();
}

void main();
