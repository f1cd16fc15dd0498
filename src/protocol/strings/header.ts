/** The panel's head: its buttons, its export menu, its notices. */
export const headerStrings = {
  "header.swap": "Swap S and R",
  "header.swap.hint": "Put the other direction in front",
  "header.export": "Export",
  "header.rerun": "Re-run",
  "export.runDocument": "Run document (.ged.safetensors)",
  "export.json": "Summary (.json)",
  "export.csv": "Neurons of this component (.csv)",
  "export.filterNpy": "Filter of this component (.npy)",
  "export.direction": "Direction with its evidence (.direction.safetensors)",
  "export.gguf": "Control vector that adds the mean difference (.gguf)",
  "export.report": "Report: methods, tables, figures, references (.html)",
  "export.notebook": "Notebook that makes the run again (.ipynb)",
  "export.python": "Copy as Python...",
  "export.png": "Figures (.png)",
  "stale.message": "{files} changed since this run.",
  "notice.dismiss": "Dismiss",
} as const;
