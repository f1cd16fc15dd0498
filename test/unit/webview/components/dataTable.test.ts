import { expect, it } from "vitest";
import { tabSeparated } from "../../../../webview/components/dataTable.ts";

it("copies numbers in full and keeps one row a line", () => {
  const copied = tabSeparated({
    columns: ["neuron", "loading", "sentence"],
    rows: [[98, -0.22178781884177234, "one\ttwo\nthree"]],
  });
  expect(copied).toBe("neuron\tloading\tsentence\n98\t-0.22178781884177234\tone two three");
});
