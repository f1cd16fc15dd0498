import { formatChosen, formatCount, formatProse } from "../../../src/protocol/words/numbers.ts";
import type {
  MeanOfPrompts,
  ShownLens,
  ShownSteering,
  SteeringResults,
} from "../../../src/protocol/steering.ts";
import { engineText, text } from "../../text.ts";
import type { PanelModel } from "../panelModel.ts";
import { quoted } from "./lensTables.ts";
import { setsOf, setsText } from "./tokenSets.ts";
import { fixedKl, oneStep, randomRange, shiftAtKl } from "./shifts.ts";
import { currentLens, currentResults } from "./inFront.ts";

/** What is known of the component in front, measurements first; nothing is concluded from its ratio. */
export function steeringSentences(model: PanelModel): string[] {
  const results = currentResults(model);
  const lens = currentLens(model);
  if (!results && !lens) return [text("steering.unknown")];
  return [
    ...(results ? resultsSentences(results.results) : []),
    ...(lens ? [lensSentence(lens)] : []),
  ];
}

/** What the lens predicts of the direction that is meant to be added. */
function lensSentence({ lens, tokens }: ShownLens): string {
  const { score, up, down } = lens.meanDifference;
  const sets = setsOf(tokens);
  if (!score || !sets) {
    return text("lens.known", { up: quoted(up[0]), down: quoted(down[0]) });
  }
  if (score.sign === 0) return text("lens.predicts.neither", sets);
  const sd = formatProse(Math.abs(score.inSd));
  return text(score.sign > 0 ? "lens.predicts.raises" : "lens.predicts.lowers", { ...sets, sd });
}

function resultsSentences({ model, prompts, tokens, measured }: SteeringResults): string[] {
  const place = { model, prompts: formatCount(prompts), tokens: setsText(tokens) };
  const range = randomRange(measured.random);
  const random = range && {
    count: formatCount(measured.random.length),
    low: formatProse(range.low),
    high: formatProse(range.high),
  };
  switch (measured.kind) {
    case "add": {
      const own = oneStep(measured);
      return [
        text("check.add", {
          ...place,
          kl: formatChosen(fixedKl),
          direction: text(`steering.use.${measured.use}`),
          forward: shiftText(shiftAtKl(measured.steps, fixedKl, 1)),
          backward: shiftText(shiftAtKl(measured.steps, fixedKl, -1)),
        }),
        ...(random && own ? [text("check.random", { ...random, own: shiftText(own) })] : []),
      ];
    }
    case "erase": {
      const { shift, kl, gap } = measured;
      return [
        text("check.erase", { ...place, shift: shiftText(shift), kl: formatProse(kl.mean) }),
        ...(gap
          ? [
              text("check.gap", {
                before: formatProse(gap.before),
                after: formatProse(gap.after),
              }),
            ]
          : []),
        ...(random ? [text("check.eraseRandom", random)] : []),
      ];
    }
    default:
      return measured satisfies never;
  }
}

function shiftText(shift: MeanOfPrompts | undefined): string {
  if (!shift) return text("check.notReached");
  const mean = formatProse(shift.mean);
  if (!shift.interval) return mean;
  const { low, high } = shift.interval;
  return text("check.interval", { mean, low: formatProse(low), high: formatProse(high) });
}

/** A lens that is done, results that came, or why there are none. */
export function steeringAnnouncement(before: PanelModel, after: PanelModel): string | undefined {
  const [old, now] = [before.steering, after.steering];
  if (now.lens.why !== undefined && now.lens.why !== old.lens.why) return engineText(now.lens.why);
  if (now.why !== undefined && now.why !== old.why) return engineText(now.why);
  const isNew =
    (now.lens.shown && now.lens.shown !== old.lens.shown && now.progress === undefined) ??
    isOther(now.results, old.results);
  return isNew === true ? steeringSentences(after).join(" ") : undefined;
}

function isOther(now: ShownSteering | undefined, old: ShownSteering | undefined): boolean {
  return now !== undefined && now !== old;
}
