import { afterAll, afterEach, beforeEach } from "@jest/globals";
import nock from "nock";

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

// nock hooks the sockets of the whole worker process: left on, it would answer the next file's requests.
afterAll(() => {
  nock.restore();
});
