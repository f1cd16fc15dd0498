import { element, setAttributes, setText, uniqueId, type View } from "./dom.ts";

interface SegmentedOptions<Value extends string> {
  /** The accessible name of the group. */
  readonly label: string;
  readonly part: string;
  readonly onChange: (value: Value) => void;
}

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** A small choice between two or three words in one row: native radio buttons, so that arrow keys work. */
export function segmented<Value extends string>(
  options: SegmentedOptions<Value>,
  segments: readonly Segment<Value>[],
): View<Value> & {
  relabel(value: Value, label: string): void;
  /** @param why a segment cannot be chosen; undefined if it can */
  disable(value: Value, why: string | undefined): void;
} {
  const group = uniqueId("choice");
  const fieldset = element("fieldset", {
    class: "segmented",
    "aria-label": options.label,
    "data-part": options.part,
  });
  const parts = segments.map((segment) => {
    const input = element("input", { type: "radio", name: group, value: segment.value });
    input.addEventListener("change", () => {
      if (input.checked) options.onChange(segment.value);
    });
    const caption = element("span", {}, segment.label);
    const label = element("label", { title: segment.hint }, input, caption);
    fieldset.append(label);
    return { segment, value: segment.value, input, caption, label };
  });
  return {
    element: fieldset,
    update(value) {
      for (const part of parts) part.input.checked = part.value === value;
    },
    relabel(value, label) {
      const part = parts.find((candidate) => candidate.value === value);
      if (part) setText(part.caption, label);
    },
    disable(value, why) {
      const part = parts.find((candidate) => candidate.value === value);
      if (!part) return;
      part.input.disabled = why !== undefined;
      setAttributes(part.label, { title: why ?? part.segment.hint });
    },
  };
}
