import type { Call, Reply } from "./route.ts";

const DEFAULT_SIZE = 30;
const MAX_SIZE = 100;

export interface Page {
  readonly number: number;
  readonly size: number;
}

export function pageOf(query: URLSearchParams): Page {
  const positive = (name: string, otherwise: number) => Math.max(1, Number(query.get(name)) || otherwise);
  return { number: positive("page", 1), size: Math.min(MAX_SIZE, positive("per_page", DEFAULT_SIZE)) };
}

/** One page of a list with the `Link` header to the others. `wrap` makes the body of the page's items. */
export function paged<T>(
  call: Call,
  items: readonly T[],
  toBody: (item: T) => unknown,
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): Reply {
  const { number, size } = pageOf(call.query);
  const last = Math.max(1, Math.ceil(items.length / size));
  const page = items.slice((number - 1) * size, number * size).map(toBody);
  const link = links(call, number, last);
  return { status: 200, body: wrap(page), ...(link === "" ? {} : { headers: { link } }) };
}

function links(call: Call, number: number, last: number): string {
  const to = (page: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(page));
    return `<${call.address}?${query}>; rel="${rel}"`;
  };
  return [
    ...(number > 1 ? [to(Math.min(number - 1, last), "prev")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ].join(", ");
}
