import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { showProgress } from "../../src/cli/output/progress.ts";
import { pageOf } from "../../src/cli/terminal.ts";

function screen(properties: { readonly isTTY?: boolean; readonly columns?: number }) {
  let written = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  return { stream: Object.assign(stream, properties), written: () => written };
}

describe("a page", () => {
  test.each([
    { columns: undefined, width: 80 },
    { columns: 40, width: 60 },
    { columns: 90, width: 90 },
    { columns: 200, width: 100 },
  ])("of $columns columns is $width wide", ({ columns, width }) => {
    expect(pageOf(screen(columns === undefined ? {} : { columns }).stream).width).toBe(width);
  });
});

describe("progress", () => {
  function report(isTTY: boolean): string {
    let clock = 0;
    const { stream, written } = screen({ isTTY });
    const progress = showProgress({
      stdout: stream,
      stderr: stream,
      directory: "/",
      now: () => new Date(clock),
    });
    for (const count of [1, 2, 3]) {
      clock += 60;
      progress.report(`${count}`);
    }
    progress.end();
    return written();
  }

  test("is shown now and then, and removed", () => {
    expect(report(true)).toBe("\r2\x1b[K\r\x1b[K");
  });

  test("is silent where nobody watches", () => {
    expect(report(false)).toBe("");
  });
});
