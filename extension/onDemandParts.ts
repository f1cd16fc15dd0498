import { acceleratorCommands } from "./accelerator/acceleratorCommands.ts";
import { captureCommands } from "./capture/captureCommands.ts";
import { axesCommand } from "./commands/axesCommand.ts";
import { exportCommands } from "./commands/exportCommands.ts";
import { helpCommands } from "./commands/helpCommands.ts";
import { markCommands } from "./commands/markCommands.ts";
import type { CommandAction } from "./commands/register.ts";
import { repeatCommands } from "./commands/repeatCommands.ts";
import { runCommands } from "./commands/runCommands.ts";
import { runListCommands } from "./commands/runListCommands.ts";
import { transferCommands } from "./commands/transferCommands.ts";
import { comparisonCommands } from "./comparison/comparisonCommands.ts";
import { momentsCommands } from "./moments/momentsCommands.ts";
import { notebookCommands } from "./notebook/notebookCommands.ts";
import { pairsCommands } from "./pairs/pairsCommands.ts";
import { provenanceCommands } from "./provenance/describeCapture.ts";
import { manageCommands } from "./runList/manageCommands.ts";
import { sourceCommands } from "./runList/sourceCommands.ts";
import { sweepCommands } from "./sweep/sweepCommands.ts";

// What is loaded when a command first runs, a panel first opens or a file is first shown.
export { remedyIn } from "./commands/remedies.ts";
export { rerunIn, runFromEnvironment } from "./commands/runCommands.ts";
export { transferIn } from "./commands/transferCommands.ts";
export { comparisonSerializer } from "./comparison/comparisonCommands.ts";
export { ActivationFileEditor } from "./file/activationFileEditor.ts";
export { pairsSerializer } from "./pairs/pairsCommands.ts";
export { newResultView } from "./panels/newResultView.ts";
export { ResultPanelSerializer } from "./panels/resultPanelSerializer.ts";
export { RunDocumentEditor } from "./panels/runDocumentEditor.ts";
export { exportRun } from "./panels/runExporter.ts";
export { SeparationRunner } from "./runs/separationRunner.ts";
export { chooseLensFiles } from "./steering/chooseLensFiles.ts";
export { chooseResults, findResults } from "./steering/chooseResults.ts";
export { sweepSerializer } from "./sweep/sweepCommands.ts";
export { requestOf } from "./tool/requestOf.ts";
export { InspectorViewProvider } from "./views/inspectorView.ts";

/** Every command of the manifest, by what follows `eigenlens.` in its name. */
export const commands: Readonly<Record<string, CommandAction>> = {
  ...runCommands,
  ...sourceCommands,
  ...manageCommands,
  ...runListCommands,
  ...exportCommands,
  ...transferCommands,
  ...repeatCommands,
  ...markCommands,
  ...helpCommands,
  ...sweepCommands,
  ...pairsCommands,
  ...comparisonCommands,
  ...acceleratorCommands,
  ...captureCommands,
  ...momentsCommands,
  ...axesCommand,
  ...provenanceCommands,
  ...notebookCommands,
};
