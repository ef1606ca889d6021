import { readDeliveries } from "../gate/way.ts";

// What holds of webhooks holds where deliveries are read from GitHub.
readDeliveries();
await import("./pull-requests.test.ts");
await import("./comment.test.ts");
