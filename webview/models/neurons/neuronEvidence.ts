import { formatCount, formatShare } from "../../../src/protocol/words/numbers.ts";
import type { Stability } from "../../../src/protocol/results.ts";
import type { NeuronEvidence } from "../../charts/loadings.ts";
import type { Cell, TableContent } from "../../components/dataTable.ts";
import { text } from "../../text.ts";
import type { UiState } from "../uiState.ts";

/** The names of the two quantities in a report. */
const reported = { filter: "loading", pattern: "pattern" } as const;

/** What is known of each neuron that the bootstrap reports. */
export function neuronEvidence(
  stability: Stability,
  quantity: UiState["quantity"],
): ReadonlyMap<number, NeuronEvidence> {
  const name = reported[quantity];
  const survivors = new Set(stability.discoveries?.[name]);
  const known = stability.neurons.map((own): [number, NeuronEvidence] => [
    own.neuron,
    {
      interval: own[name],
      ...(own.permuted ? { permuted: own.permuted[name] } : {}),
      survives: survivors.has(own.neuron),
    },
  ]);
  return new Map(known);
}

/** What lines and bands of the loadings are, and which neurons survive. */
export function stabilityText(
  { resamples, neurons, discoveries }: Stability,
  quantity: UiState["quantity"],
  total: number,
): string {
  const hasPermuted = neurons.some(({ permuted }) => permuted !== undefined);
  const intervals = text(
    hasPermuted ? "evidence.loadings.intervals" : "evidence.loadings.intervalsOnly",
    { resamples: formatCount(resamples) },
  );
  if (discoveries === undefined) return intervals;
  const numbers = {
    rate: formatShare(discoveries.rate),
    permutations: formatCount(discoveries.permutations),
  };
  const count = discoveries[reported[quantity]].length;
  const survivors =
    count === 0
      ? text("evidence.loadings.noSurvivors", numbers)
      : text("evidence.loadings.survivors", {
          ...numbers,
          count: formatCount(count),
          total: formatCount(total),
        });
  return `${intervals} ${survivors}`;
}

/** The neurons that are drawn with what is known of them. */
export function loadingsTable(
  neurons: ArrayLike<number>,
  values: Float64Array,
  quantity: string,
  stability: Stability | undefined,
  shown: UiState["quantity"],
): TableContent {
  const name = reported[shown];
  const own = new Map(stability?.neurons.map((each) => [each.neuron, each]));
  const none = text("validation.none");
  return {
    columns: [
      text("table.neuron"),
      quantity,
      ...(stability
        ? [
            text("evidence.column.low95", { quantity }),
            text("evidence.column.high95", { quantity }),
            text("evidence.column.permutedLow"),
            text("evidence.column.permutedHigh"),
            text("evidence.column.topShare"),
            text("evidence.column.permutedTopShare"),
            text("evidence.column.q"),
          ]
        : []),
    ],
    rows: Array.from(neurons, (neuron): Cell[] => {
      const known = own.get(neuron);
      return [
        neuron,
        values[neuron] ?? NaN,
        ...(stability
          ? [
              known?.[name].low ?? none,
              known?.[name].high ?? none,
              known?.permuted?.[name].low ?? none,
              known?.permuted?.[name].high ?? none,
              known?.topShare ?? none,
              known?.permuted?.topShare ?? none,
              known?.q?.[name] ?? none,
            ]
          : []),
      ];
    }),
  };
}
