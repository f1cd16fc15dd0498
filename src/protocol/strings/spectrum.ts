/** The scree plot and the generalized eigenvalues. */
export const spectrumStrings = {
  "spectrum.heading": "Spectrum",
  "spectrum.scale": "Scale of eigenvalues",
  "spectrum.log": "log",
  "spectrum.linear": "linear",
  "spectrum.scree.title": "Scree of (S + R) / 2",
  "spectrum.scree.finding":
    "Scree plot: {components} of {shown} components hold {share} of the variance; the largest eigenvalue is {first}, the next {second}.",
  "spectrum.scree.caption":
    "Eigenvalues of the average covariance, {scale}; the dashed line is their cumulative share. Total variance {total}. In sample.",
  "spectrum.cutoff": "{components} components: {share}",
  "spectrum.axis.component": "component",
  "spectrum.axis.eigenvalue": "eigenvalue",
  "spectrum.axis.eigenvalueLog": "eigenvalue (log)",
  "spectrum.axis.share": "cumulative share",
  "spectrum.scale.log": "logarithmic scale",
  "spectrum.scale.linear": "linear scale",
  "spectrum.ged.title": "Generalized eigenvalues",
  "spectrum.ged.finding":
    "S = {target}: top eigenvalue {forwardFirst}, next {forwardSecond}. S = {reference}: top eigenvalue {swappedFirst}, next {swappedSecond}.",
  "spectrum.ged.caption":
    "Variance of S over shrunk R along each component, {scale}. Click a mark, or use the arrow keys, to choose a component. In sample.",
  "spectrum.ged.walk": "Component of S = {carried}, R = {silent}",
  "spectrum.ged.current": "Component {component}, eigenvalue {eigenvalue}, in sample",
  "spectrum.zeros": "0 ({count})",
  "spectrum.zeros.both": "0 ({count}) in both",
  "spectrum.column.component": "component",
  "spectrum.column.eigenvalue": "eigenvalue",
  "spectrum.column.share": "cumulative share",
  "spectrum.column.kept": "kept",
  "spectrum.column.direction": "S = {carried}, R = {silent}",
} as const;
