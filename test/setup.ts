import { afterAll, afterEach, beforeAll, beforeEach } from "@jest/globals";
import fc from "fast-check";
import nock from "nock";

// A run that passes must pass again: the cases are the same each time. `FUZZ_SEED=random` looks for new ones.
const { FUZZ_SEED = "1" } = process.env;
if (FUZZ_SEED !== "random") fc.configureGlobal({ seed: Number(FUZZ_SEED) });

// No test reaches the network: loopback stays open for the GitHub double, all else must be promised with nock.
beforeEach(() => {
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost)(:\d+)?$/);
});

afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  if (pending.length > 0) throw new Error(`promised to nock but never asked for: ${pending.join(", ")}`);
});

// nock hooks the sockets of the whole worker process: left on, it would answer the next file's requests. It is on from
// its import, and no hook runs in a file whose tests are all skipped, so it is off until a test of the file runs.
nock.restore();
beforeAll(() => nock.activate());
afterAll(() => nock.restore());
