/** Round values from 0 on, the last no less than `most`; about `wanted` steps. */
export function ticksUpTo(most: number, wanted: number): readonly number[] {
  const raw = Math.max(most, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw) ?? 10;
  const step = Math.max(1, factor * power);
  return Array.from({ length: Math.ceil(Math.max(most, 1) / step) + 1 }, (_, index) => index * step);
}

/** Where a share's axis ends: rare marks are to be seen too. */
export function shareLimit(most: number): number {
  return [0.05, 0.1, 0.25, 0.5, 0.75].find((limit) => most <= limit) ?? 1;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What stands below a column: near it the month, under that the year. */
export interface AxisLabel {
  readonly near: string;
  readonly far: string;
}

/** As many months as there is room for; a year below its first column, unless the next year is too near. */
export function axisLabels(labels: readonly string[]): readonly AxisLabel[] {
  const isYears = labels.every((label) => label.length === 4);
  const every = labels.length <= 18 ? 1 : labels.length <= 40 ? 3 : isYears ? 5 : 6;
  return labels.map((label, index) => {
    if (isYears) return { near: labels.length <= 30 || Number(label) % every === 0 ? label : "", far: "" };
    const month = Number(label.slice(5)) - 1;
    const hasRoom = month === 0 || (index === 0 && month <= 12 - every);
    return { near: month % every === 0 ? (MONTHS[month] ?? "") : "", far: hasRoom ? label.slice(0, 4) : "" };
  });
}

/** Weeks that have a label, at the most. */
const LABELLED_WEEKS = 10;

/** A day below every few weeks, given by their Mondays; the year below the first of them in it. */
export function weekLabels(mondays: readonly string[]): readonly AxisLabel[] {
  const every = Math.ceil(mondays.length / LABELLED_WEEKS);
  let year = "";
  return mondays.map((monday, index) => {
    if (index % every !== 0) return { near: "", far: "" };
    const far = monday.slice(0, 4) === year ? "" : monday.slice(0, 4);
    year = monday.slice(0, 4);
    return { near: `${Number(monday.slice(8))} ${MONTHS[Number(monday.slice(5, 7)) - 1]}`, far };
  });
}
