import { directionNames } from "../../ged/method/directions.ts";
import { replicationOf } from "../../runs/replication.ts";
import type { RunDocument } from "../../runs/runDocument.ts";

const entries = {
  cochran1954: `@article{cochran1954,
  author = {Cochran, William G.},
  title = {The combination of estimates from different experiments},
  journal = {Biometrics},
  volume = {10},
  number = {1},
  pages = {101--129},
  year = {1954},
  doi = {10.2307/3001666}
}`,
  cohen2022: `@article{cohen2022,
  author = {Cohen, Michael X},
  title = {A tutorial on generalized eigendecomposition for denoising, contrast enhancement, and dimension reduction in multichannel electrophysiology},
  journal = {NeuroImage},
  volume = {247},
  pages = {118809},
  year = {2022},
  doi = {10.1016/j.neuroimage.2021.118809}
}`,
  haufe2014: `@article{haufe2014,
  author = {Haufe, Stefan and Meinecke, Frank and G{\\"o}rgen, Kai and D{\\"a}hne, Sven and Haynes, John-Dylan and Blankertz, Benjamin and Bie{\\ss}mann, Felix},
  title = {On the interpretation of weight vectors of linear models in multivariate neuroimaging},
  journal = {NeuroImage},
  volume = {87},
  pages = {96--110},
  year = {2014},
  doi = {10.1016/j.neuroimage.2013.10.067}
}`,
  nichols2002: `@article{nichols2002,
  author = {Nichols, Thomas E. and Holmes, Andrew P.},
  title = {Nonparametric permutation tests for functional neuroimaging: a primer with examples},
  journal = {Human Brain Mapping},
  volume = {15},
  number = {1},
  pages = {1--25},
  year = {2002},
  doi = {10.1002/hbm.1058}
}`,
  phipson2010: `@article{phipson2010,
  author = {Phipson, Belinda and Smyth, Gordon K.},
  title = {Permutation P-values should never be zero: calculating exact P-values when permutations are randomly drawn},
  journal = {Statistical Applications in Genetics and Molecular Biology},
  volume = {9},
  number = {1},
  pages = {39},
  year = {2010},
  doi = {10.2202/1544-6115.1585}
}`,
} as const;

/** BibTeX of what the methods paragraphs and the captions of a run refer to, and of nothing else. */
export function bibliography({ summary, transfers = [] }: RunDocument): string {
  const permuted = summary.validation?.permutations !== undefined;
  const pooled = directionNames.some((direction) => replicationOf(transfers, direction)?.pooled);
  const used = [
    ...(pooled ? [entries.cochran1954] : []),
    entries.cohen2022,
    entries.haufe2014,
    ...(permuted ? [entries.nichols2002, entries.phipson2010] : []),
  ];
  return `${used.join("\n\n")}\n`;
}
