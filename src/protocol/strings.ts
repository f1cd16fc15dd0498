import { fillTemplate } from "./words/fillTemplate.ts";
import { comparisonStrings } from "./strings/pages/comparison.ts";
import { controlsStrings } from "./strings/controls.ts";
import { diagnosticsStrings } from "./strings/diagnostics.ts";
import { directionsStrings } from "./strings/directions.ts";
import { evidenceStrings } from "./strings/evidence.ts";
import { factsStrings } from "./strings/facts.ts";
import { figuresStrings } from "./strings/figures.ts";
import { headerStrings } from "./strings/header.ts";
import { headlineStrings } from "./strings/headline.ts";
import { inspectorStrings } from "./strings/pages/inspector.ts";
import { loadingsStrings } from "./strings/loadings.ts";
import { meansStrings } from "./strings/means.ts";
import { projectionsStrings } from "./strings/projections.ts";
import { numberStrings } from "./strings/numbers.ts";
import { pairsStrings } from "./strings/pages/pairs.ts";
import { spectrumStrings } from "./strings/spectrum.ts";
import { replicationStrings } from "./strings/replication.ts";
import { statesStrings } from "./strings/states.ts";
import { sweepStrings } from "./strings/pages/sweep.ts";
import { fileStrings } from "./strings/pages/file.ts";
import { steeringStrings } from "./strings/steering.ts";
import { transferStrings } from "./strings/transfer.ts";
import { validationFiguresStrings } from "./strings/validation/figures.ts";
import { validationFormStrings } from "./strings/validation/form.ts";
import { validationMethodStrings } from "./strings/validation/method.ts";
import { validationSecondFitStrings } from "./strings/validation/secondFit.ts";
import { validationTablesStrings } from "./strings/validation/tables.ts";
import { validationTuningStrings } from "./strings/validation/tuning.ts";

/**
 * Every text that the webviews show, in English, by key; names in braces are filled in. Each is its own key in the
 * bundles of `l10n/`, from which the host takes the user's language; it puts them into the page, so that no webview's own
 * bundle holds them.
 */
export const englishStrings = {
  ...headlineStrings,
  ...factsStrings,
  ...headerStrings,
  ...directionsStrings,
  ...controlsStrings,
  ...evidenceStrings,
  ...figuresStrings,
  ...spectrumStrings,
  ...loadingsStrings,
  ...projectionsStrings,
  ...meansStrings,
  ...steeringStrings,
  ...validationFormStrings,
  ...validationTablesStrings,
  ...validationMethodStrings,
  ...validationFiguresStrings,
  ...validationTuningStrings,
  ...validationSecondFitStrings,
  ...transferStrings,
  ...replicationStrings,
  ...comparisonStrings,
  ...sweepStrings,
  ...fileStrings,
  ...pairsStrings,
  ...diagnosticsStrings,
  ...statesStrings,
  ...inspectorStrings,
  ...numberStrings,
} as const;

export type StringKey = keyof typeof englishStrings;

/** All texts in one language. */
export type Strings = Readonly<Record<StringKey, string>>;

/** The names in braces of a template, as a union of string literals. */
type PlaceholderName<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholderName<Rest> : never;

/** The values that the text under `Key` needs: none, or one for each name in braces. */
export type StringValues<Key extends StringKey> = [
  PlaceholderName<(typeof englishStrings)[Key]>,
] extends [never]
  ? []
  : [Readonly<Record<PlaceholderName<(typeof englishStrings)[Key]>, string | number>>];

/** Gives the text under a key, its names in braces filled in. */
export type Say = <Key extends StringKey>(key: Key, ...values: StringValues<Key>) => string;

/** {@link Say} in English, as the terminal and the editor's own lists have it. */
export const sayInEnglish: Say = (key, ...values) =>
  fillTemplate(englishStrings[key], values[0] ?? {});
