// The tools as the manifest lists them for VS Code's language models.

/** What a user writes after `#` to ask for a tool, and the picture beside it. */
const references = {
  inspect_activations: ["inspectActivations", "search"],
  run_ged: ["separation", "graph-scatter"],
  validate_run: ["validateRun", "verified"],
  sweep_layers: ["sweepLayers", "layers"],
  transfer_direction: ["transferDirection", "references"],
  read_run: ["readRun", "book"],
  export_direction: ["exportDirection", "save-as"],
};

/**
 * @param {Readonly<Record<string, { description: string, input: unknown }>>} tools
 * @param {(schema: never) => object} toJsonSchema
 * @returns {object[]} `contributes.languageModelTools`; their titles are in package.nls.json
 */
export function manifestEntries(tools, toJsonSchema) {
  return Object.entries(references).map(([name, [reference, icon]]) => {
    const { description, input } = tools[name];
    // The dialect is the editor's own.
    const inputSchema = Object.fromEntries(
      Object.entries(toJsonSchema(/** @type {never} */ (input))).filter(
        ([key]) => key !== "$schema",
      ),
    );
    return {
      name,
      displayName: `%tool.${name}.displayName%`,
      userDescription: `%tool.${name}.userDescription%`,
      modelDescription: description,
      canBeReferencedInPrompt: true,
      toolReferenceName: reference,
      icon: `$(${icon})`,
      tags: ["eigenlens", "activations", "interpretability"],
      inputSchema,
    };
  });
}
