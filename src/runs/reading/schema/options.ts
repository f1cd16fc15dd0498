import * as v from "valibot";
import type { GedOptions } from "../../../ged/method/options.ts";
import { estimatorNames } from "../../../ged/method/shrinkage/estimators.ts";
import { engineChoices } from "../../../linalg/engines/engineNames.ts";
import { optionsOf, type WrittenOptions } from "../../written/options.ts";
import { positiveCount, share } from "./atoms.ts";

const written: v.GenericSchema<unknown, WrittenOptions> = v.looseObject({
  variance: v.pipe(share, v.gtValue(0)),
  components: v.exactOptional(positiveCount),
  componentsAreCap: v.exactOptional(v.boolean()),
  shrinkage: v.union([share, v.picklist(estimatorNames)]),
  route: v.picklist(["auto", "gram", "covariance", "krylov"]),
  engine: v.picklist(engineChoices),
  precision: v.picklist(["auto", "double", "single"]),
});

export const gedOptions: v.GenericSchema<unknown, GedOptions> = v.pipe(
  written,
  v.transform(optionsOf),
);
