import * as vscode from "vscode";
import type { TensorInfo } from "../../../src/activations/activationFile.ts";
import { tensorToName } from "../../activations/openAxes.ts";
import { baseName } from "../../naming.ts";
import { describeShape } from "../../../src/protocol/words/shapes.ts";
import { ask, type PairStep } from "./ask.ts";
import type { ChoiceServices } from "./services.ts";
import { axesItems } from "./axesItems.ts";

/** The step, after the axes of files have been named that offer no condition before. */
export function withNamedAxes(
  services: ChoiceServices,
  paths: readonly string[],
  step: PairStep,
): PairStep {
  return async (place) => {
    const open = await openTensors(services, paths);
    const [first] = open;
    if (first === undefined) return step(place);
    const name = first.info.name === "" ? baseName(first.path) : first.info.name;
    const shape = describeShape({ shape: first.info.shape });
    const placeholder = vscode.l10n.t("{0} is {1}: what are its axes?", name, shape);
    return ask(services.texts, place, placeholder, axesItems(first.info), (axes) => {
      const alike = open.filter(({ info }) => info.shape.length === first.info.shape.length);
      for (const { path, info } of alike) {
        services.readings.remember({ path, tensor: info.name, axes });
      }
      return { kind: "next", step: withNamedAxes(services, paths, step) };
    });
  };
}

async function openTensors(
  { headers }: ChoiceServices,
  paths: readonly string[],
): Promise<{ readonly path: string; readonly info: TensorInfo }[]> {
  const found: { path: string; info: TensorInfo }[] = [];
  for (const path of new Set(paths)) {
    const known = await headers.read(path);
    const info = known && "summary" in known ? tensorToName(known.summary) : undefined;
    if (info) found.push({ path, info });
  }
  return found;
}
