/** Words within numbers. */
export const numberStrings = {
  "number.undefined": "undefined",
  "number.underMillisecond": "under 1\u00a0ms",
  "number.milliseconds": "{value}\u00a0ms",
  "number.seconds": "{value}\u00a0s",
  "number.minutes": "{minutes}\u00a0min {seconds}\u00a0s",
  "number.bytes": "{value}\u00a0bytes",
} as const;
