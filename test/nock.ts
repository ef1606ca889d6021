import { afterAll, afterEach, beforeAll, beforeEach } from "@jest/globals";
import nock from "nock";

// For files that promise single answers. Elsewhere it stays off: every request of the process passes through it.
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

export { nock };
