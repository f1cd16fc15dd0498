import { rolesAmong } from "../../../src/protocol/direction.ts";
import type { InspectedComponent } from "../../../src/protocol/inspector.ts";
import { formatRatio, formatShort } from "../../../src/protocol/words/numbers.ts";
import { text } from "../../text.ts";
import type { InspectorContent, InspectorFact } from "./content.ts";

/** What one component separates, how much of it survives held out, and which neurons make it. */
export function componentContent(shown: InspectedComponent): InspectorContent {
  const { carried, silent } = rolesAmong(shown.names, shown.direction);
  const varianceOf = (condition: string, variance: number): InspectorFact => ({
    label: text("inspector.varianceOf", { condition }),
    value: text("inspector.inSample", { value: formatShort(variance) }),
    hint: text("inspector.varianceOf.hint"),
  });
  return {
    title: text("inspector.component", { number: shown.index + 1 }),
    // The verdict is on the first component.
    subtitle:
      shown.index > 0
        ? text("inspector.roles", { carried, silent })
        : text("inspector.verdict", {
            ...{ carried, silent },
            verdict: text(`verdict.${shown.verdict ?? "untested"}`),
          }),
    facts: [
      {
        label: text("inspector.eigenvalue"),
        value: formatShort(shown.eigenvalue, 6),
        hint: text("inspector.eigenvalue.hint"),
      },
      varianceOf(carried, shown.carriedVariance),
      varianceOf(silent, shown.silencedVariance),
      { label: text("inspector.roles", { carried, silent }), ...ratioOf(shown) },
      {
        label: text("inspector.meanDifference"),
        value: formatShort(shown.meanDifference),
        hint: text("inspector.meanDifference.hint", shown.names),
      },
    ],
    chart: {
      kind: "bars",
      title: text("inspector.loadings"),
      bars: shown.loadings.map(({ neuron, value }) => ({ label: String(neuron), value })),
    },
  };
}

function ratioOf({
  carriedVariance,
  silencedVariance,
  heldOutRatio,
}: InspectedComponent): Pick<InspectorFact, "value" | "hint"> {
  const inSample = formatRatio(carriedVariance / silencedVariance);
  if (heldOutRatio !== null) {
    const heldOut = formatRatio(heldOutRatio);
    return { value: text("inspector.heldOut", { heldOut, inSample }) };
  }
  return {
    value: text("inspector.inSample", { value: inSample }),
    hint: text("inspector.notValidated"),
  };
}
