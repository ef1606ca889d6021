/** A fact as far as the token could see it; otherwise the right that would tell. Nothing else stands for "not seen". */
export type Known<Value> = { readonly known: Value } | { readonly unknown: string };

export function known<Value>(value: Value): Known<Value> {
  return { known: value };
}

export function unknown(right: string): { readonly unknown: string } {
  return { unknown: right };
}

export function mapKnown<From, To>(fact: Known<From>, map: (value: From) => To): Known<To> {
  return "known" in fact ? { known: map(fact.known) } : fact;
}
