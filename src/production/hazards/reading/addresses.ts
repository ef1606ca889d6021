/** The share of all addresses from which a list counts as open to the internet. */
const MUCH = 1 / 8;
const ALL_V4 = 2 ** 32;

/** Whether addresses together are the internet or a large part of it, however they are written. */
export function opensInternet(texts: readonly string[]): boolean {
  const ranges = texts.flatMap((text) => rangeOf(text) ?? []);
  return coverage(ranges) >= MUCH || texts.some(isMuchOfV6);
}

/** Whether the addresses from one to another are. */
export function rangeOpensInternet(from: string, to: string): boolean {
  const [start, end] = [numberOf(from), numberOf(to)];
  return start !== null && end !== null && end >= start && (end - start + 1) / ALL_V4 >= MUCH;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function numberOf(address: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address.trim());
  return parts === null ? null : parts.slice(1).reduce((sum, part) => sum * 256 + Number(part), 0);
}

function rangeOf(text: string): Range | null {
  const [address = "", length, rest] = text.trim().split("/");
  const start = numberOf(address);
  if (start === null || rest !== undefined || !/^\d{1,2}$/.test(length ?? "")) return null;
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(start / size) * size;
  return { start: first, end: first + size };
}

/** The share of all addresses that the ranges hold together. */
function coverage(ranges: readonly Range[]): number {
  let covered = 0;
  let reached = 0;
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return covered / ALL_V4;
}

/** Of the sixth version, only an eighth of all addresses is given out: `2000::/3`. */
function isMuchOfV6(text: string): boolean {
  const [, address = "", length = ""] = /^([0-9a-fA-F:]+)\/(\d{1,3})$/.exec(text.trim()) ?? [];
  if (!address.includes(":") || Number(length) > 5) return false;
  return Number(length) < 3 || /^[23]/.test(address);
}
