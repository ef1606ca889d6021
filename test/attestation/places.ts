type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A document with one thing changed in it, and where. */
export interface Changed {
  readonly place: string;
  readonly document: unknown;
}

/** Each field of a document changed alone, each left out, and one added to each object and list. */
export function everyChange(document: unknown): readonly Changed[] {
  return changesIn(document as Json, "");
}

function changesIn(json: Json, place: string): readonly Changed[] {
  if (Array.isArray(json)) {
    const list: readonly Json[] = json;
    return [
      { place: `${place}/+`, document: [...list, list[0] ?? null] },
      ...list.map((_, at) => ({ place: `${place}/${at}-`, document: list.toSpliced(at, 1) })),
      ...list.flatMap((item, at) =>
        changesIn(item, `${place}/${at}`).map((one) => ({
          place: one.place,
          document: list.with(at, one.document as Json),
        })),
      ),
    ];
  }
  if (json !== null && typeof json === "object") {
    const fields = Object.entries(json);
    return [
      { place: `${place}/+`, document: { ...json, added: 1 } },
      ...fields.map(([name]) => ({
        place: `${place}/${name}-`,
        document: Object.fromEntries(fields.filter(([other]) => other !== name)),
      })),
      ...fields.flatMap(([name, field]) =>
        changesIn(field, `${place}/${name}`).map((one) => ({
          place: one.place,
          document: { ...json, [name]: one.document },
        })),
      ),
    ];
  }
  return [{ place, document: otherThan(json) }];
}

function otherThan(value: null | boolean | number | string): Json {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (value === null) return 0;
  const at = Math.floor(value.length / 2);
  const other = value[at] === "b" ? "c" : "b";
  return value === "" ? "b" : value.slice(0, at) + other + value.slice(at + 1);
}
