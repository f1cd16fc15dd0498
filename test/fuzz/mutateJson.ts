/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const strangers: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  3,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e-320,
  "",
  "him",
  "__proto__",
  "2026-01-01T00:00:00.000Z",
  [],
  {},
  [0],
  [null, null],
  { kind: "mean" },
  { constructor: 1, length: 7 },
];

/** A copy with one to four entries replaced, removed, repeated or moved: valid JSON, another meaning. */
export function mutateJson(original: Json, random: () => number): Json {
  const holder = { value: structuredClone(original) };
  const injuries = 1 + Math.floor(random() * 4);
  for (let injury = 0; injury < injuries; injury++) {
    const places = placesIn(holder);
    const [at, key] = places[Math.floor(random() * places.length)] ?? [holder, "value"];
    const [from, other] = places[Math.floor(random() * places.length)] ?? [holder, "value"];
    switch (Math.floor(random() * 4)) {
      case 0:
        if (Array.isArray(at)) at.splice(Number(key), 1);
        else if (at !== holder) Reflect.deleteProperty(at, key);
        break;
      case 1:
        if (Array.isArray(at)) at.push(structuredClone(Reflect.get(at, key) as Json));
        else Reflect.set(at, `${key}2`, structuredClone(Reflect.get(at, key)));
        break;
      case 2:
        Reflect.set(at, key, structuredClone(Reflect.get(from, other)));
        break;
      default:
        Reflect.set(at, key, structuredClone(strangers[Math.floor(random() * strangers.length)]));
    }
  }
  return holder.value;
}

/** Every place of a value, as what holds it and its key there. */
function placesIn(value: object): (readonly [object, string])[] {
  return Object.keys(value).flatMap((key) => {
    const inner: unknown = Reflect.get(value, key);
    const below = typeof inner === "object" && inner !== null ? placesIn(inner) : [];
    return [[value, key] as const, ...below];
  });
}
