import { createScriptProducts } from "../../../../src/linalg/engines/scriptProducts.ts";
import { describeProducts } from "../productsSuite.ts";

describeProducts("plain TypeScript", createScriptProducts(), [
  [1, 1, 1],
  [4, 8, 4],
  [5, 3, 7],
  [33, 300, 18],
  [64, 513, 65],
]);
