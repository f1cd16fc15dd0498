// As the manifest and the editor's own memory know our panels, editors and views.
export const resultPanelType = "eigenlens.results";
export const sweepPanelType = "eigenlens.sweep";
export const pairsPanelType = "eigenlens.pairs";
export const comparisonPanelType = "eigenlens.comparison";
export const runDocumentType = "eigenlens.runDocument";
export const activationFileType = "eigenlens.activationFile";
export const inspectorType = "eigenlens.inspector";
