import { ofDirections, type Directions } from "../../ged/method/directions.ts";
import type { RunTransfer, TransferredComponent } from "../runTransfer.ts";
import { rolesVarianceOf, writtenVariances, type WrittenVariances } from "./variances.ts";

export type WrittenTransferredComponent = Omit<TransferredComponent, "inSample" | "transferred"> & {
  readonly inSample: WrittenVariances<TransferredComponent["inSample"]>;
  readonly transferred: WrittenVariances<TransferredComponent["transferred"]>;
};

/** A transfer as a run document stores it. */
export type WrittenTransfer = Omit<RunTransfer, keyof Directions<unknown>> &
  Directions<readonly WrittenTransferredComponent[]>;

export function writtenTransfer(transfer: RunTransfer): WrittenTransfer {
  return {
    ...transfer,
    ...ofDirections((direction) =>
      transfer[direction].map((component) => ({
        ...component,
        inSample: writtenVariances(component.inSample),
        transferred: writtenVariances(component.transferred),
      })),
    ),
  };
}

/** What {@link writtenTransfer} was given; entries that are not known stay as they are. */
export function transferOf(written: WrittenTransfer): RunTransfer {
  return {
    ...written,
    ...ofDirections((direction) =>
      written[direction].map((component) => ({
        ...component,
        inSample: rolesVarianceOf(component.inSample),
        transferred: rolesVarianceOf(component.transferred),
      })),
    ),
  };
}
