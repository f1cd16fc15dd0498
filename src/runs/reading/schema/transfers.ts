import * as v from "valibot";
import type { RunTransfer, TransferredCondition } from "../../runTransfer.ts";
import {
  transferOf,
  type WrittenTransfer,
  type WrittenTransferredComponent,
} from "../../written/transfers.ts";
import {
  count,
  finite,
  moment,
  positiveCount,
  share,
  statistic,
  shareStatistic,
  text,
  texts,
} from "./atoms.ts";
import { conditionSource } from "./sources.ts";
import { interval } from "./validation.ts";

const condition: v.GenericSchema<unknown, TransferredCondition> = v.looseObject({
  source: conditionSource,
  label: text,
  rows: positiveCount,
});

const component: v.GenericSchema<unknown, WrittenTransferredComponent> = v.looseObject({
  index: count,
  inSample: v.looseObject({ targetVariance: finite, referenceVariance: finite }),
  transferred: v.looseObject({
    targetVariance: statistic,
    referenceVariance: statistic,
    auc: shareStatistic,
    magnitudeAuc: shareStatistic,
  }),
  ratioInterval: v.exactOptional(interval),
  aucInterval: v.exactOptional(interval),
  p: v.exactOptional(share),
});

const transfer: v.GenericSchema<unknown, WrittenTransfer> = v.looseObject({
  created: moment,
  target: condition,
  reference: condition,
  permutations: count,
  seed: count,
  fitted: v.exactOptional(v.boolean()),
  forward: v.array(component),
  swapped: v.array(component),
  warnings: texts,
});

export const transfers: v.GenericSchema<unknown, readonly RunTransfer[]> = v.array(
  v.pipe(transfer, v.transform(transferOf)),
);
