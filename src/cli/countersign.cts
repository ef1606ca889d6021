#!/usr/bin/env node

// The installed command. A Node that is too old for the rest must still understand this file, so it is plain.
const { engines }: { readonly engines: { readonly node: string } } = require("../../package.json");

const needed = Number(engines.node.replace(/\D+/, ""));

function fail(reason: string): void {
  process.stderr.write(`countersign: ${reason}\n`);
  process.exitCode = 2;
}

if (Number(process.versions.node.split(".")[0]) >= needed) {
  import("./main.ts").catch((error: unknown) => fail(String(error)));
} else {
  fail(`Node ${needed} or newer is required; this is Node ${process.versions.node}`);
}
