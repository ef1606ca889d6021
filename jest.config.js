import { availableParallelism } from "node:os";

/** Node 24 strips the types itself, so nothing is transformed. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {},
  coverageProvider: "v8",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Generous: the end-to-end tests start the real app, and machines differ.
  testTimeout: 180_000,
  setupFilesAfterEnv: ["<rootDir>/test/setup.ts"],
  // Where nobody watches, only what failed and the totals are printed.
  reporters: process.stdout.isTTY ? ["default"] : [["summary", { summaryThreshold: 0 }]],
  // One more than there are processors: many tests wait for processes, databases and GitHub's patience.
  maxWorkers: availableParallelism() + 1,
  testSequencer: "<rootDir>/test/slowest-first.mjs",
  // Modules loaded for one test file are never freed: a worker that has grown makes room for a new one. A small one also
  // starts git sooner, of which the tests of the command line start thousands.
  workerIdleMemoryLimit: "320MB",
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.cache/"],
};
