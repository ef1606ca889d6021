import { isFalse, isTrue, itemsOf, literalOf, type Tree, textOf } from "../reading/tree.ts";

/** What a value means. An expression that cannot be worked out here is unknown. */
export type Judgement = "safe" | "unsafe" | "unknown";

/** Tells safe values from unsafe ones, with one of each as both HCL and YAML write it. */
export interface Check {
  readonly judge: (value: Tree) => Judgement;
  readonly safe: string;
  readonly unsafe: string;
}

function ofText(isUnsafe: (text: string) => boolean): Check["judge"] {
  return (value) => {
    if (value.kind !== "scalar" || literalOf(value) === undefined) return "unknown";
    return isUnsafe(textOf(value)) ? "unsafe" : "safe";
  };
}

/** It has to be on. */
export const ON: Check = {
  judge: (value) => (isFalse(value) ? "unsafe" : isTrue(value) ? "safe" : "unknown"),
  safe: "true",
  unsafe: "false",
};

/** It has to be off. */
export const OFF: Check = {
  judge: (value) => (isTrue(value) ? "unsafe" : isFalse(value) ? "safe" : "unknown"),
  safe: "false",
  unsafe: "true",
};

const quoted = (text: string) => JSON.stringify(text);

/** Any value but these is unsafe. */
export function oneOf(first: string, ...others: readonly string[]): Check {
  const safe = new Set([first, ...others].map((each) => each.toLowerCase()));
  return { judge: ofText((text) => !safe.has(text.toLowerCase())), safe: quoted(first), unsafe: '"OTHER"' };
}

/** These values are unsafe. */
export function noneOf(first: string, ...others: readonly string[]): Check {
  const unsafe = new Set([first, ...others].map((each) => each.toLowerCase()));
  return { judge: ofText((text) => unsafe.has(text.toLowerCase())), safe: '"other"', unsafe: quoted(first) };
}

/** A smaller number is unsafe. */
export function atLeast(least: number): Check {
  return {
    judge: (value) => {
      const number = literalOf(value) === undefined ? Number.NaN : Number(textOf(value));
      if (Number.isNaN(number)) return "unknown";
      return number < least ? "unsafe" : "safe";
    },
    safe: String(least),
    unsafe: String(least - 1),
  };
}

function isEmpty(value: Tree): boolean {
  if (value.kind === "list") return value.items.length === 0;
  if (value.kind === "map") return false;
  return value.literal && textOf(value) === "";
}

/** Whatever stands there is safe, as long as something does. */
export const PRESENT: Check = {
  judge: (value) => (isEmpty(value) ? "unsafe" : "safe"),
  safe: '["10.0.0.0/8"]',
  unsafe: "[]",
};

/** Whatever stands there is safe, as long as it is not a star for everything that it speaks of. */
export const NARROWING: Check = {
  ...PRESENT,
  judge: (value) => {
    const isStar = (each: Tree) => /^\*+$/.test(textOf(each));
    const all = value.kind === "map" ? value.entries.map((entry) => entry.value) : itemsOf(value);
    const isOpen = value.kind === "scalar" ? isStar(value) : all.length > 0 && all.every(isStar);
    return isOpen ? "unsafe" : PRESENT.judge(value);
  },
  unsafe: '["*"]',
};

/** Whatever stands there is unsafe. */
export const NOTHING: Check = {
  judge: (value) => (isEmpty(value) ? "safe" : "unsafe"),
  safe: "[]",
  unsafe: '["10.0.0.0/8"]',
};

/** A list with one of these in it is unsafe. */
export function without(first: string, ...others: readonly string[]): Check {
  const unsafe = new Set([first, ...others]);
  return {
    judge: (value) => {
      const items = value.kind === "list" ? itemsOf(value) : [value];
      if (items.some((item) => unsafe.has(textOf(item)))) return "unsafe";
      return items.every((item) => literalOf(item) !== undefined) ? "safe" : "unknown";
    },
    safe: '["other"]',
    unsafe: `[${quoted(first)}]`,
  };
}

/** A list has to hold this. */
export function holding(needed: string): Check {
  return {
    judge: (value) => {
      const items = value.kind === "list" ? itemsOf(value) : [value];
      if (items.some((item) => textOf(item) === needed)) return "safe";
      return items.every((item) => literalOf(item) !== undefined) ? "unsafe" : "unknown";
    },
    safe: `[${quoted(needed)}]`,
    unsafe: '["other"]',
  };
}

/** A message has to name whom it calls, as in `@pagerduty-shop`. */
export const HANDLES: Check = {
  judge: ofText((text) => !/(?:^|[^\w@])@[\w.-]/.test(text)),
  safe: quoted("it fails @oncall"),
  unsafe: quoted("it fails"),
};

/** Of an identity from outside: not of whoever opens a pull request, nor of whatever name. */
export const FOR_ANYBODY: Check = {
  judge: ofText((text) => /:pull_request$|\*/.test(text)),
  safe: quoted("repo:acme/shop:environment:production"),
  unsafe: quoted("repo:acme/shop:pull_request"),
};

/** Any value is safe there, although the name is that of a setting elsewhere. */
export const HARMLESS: Check = { judge: () => "safe", safe: "false", unsafe: "true" };
