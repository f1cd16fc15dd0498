/** "layer6", "blocks.6", "h.6", "L6": a number that a name says is a layer's. */
const namedLayer = /(?:^|[^a-z])(?:layers?|blocks?|block|h|l)[._\-\s]*(\d+)/i;

/** The layer that a name says it is of; undefined if it says none. */
export function namedLayerOf(name: string): number | undefined {
  const found = namedLayer.exec(name)?.[1];
  return found === undefined ? undefined : Number(found);
}
