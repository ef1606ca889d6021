import { readDeliveries } from "../gate/way.ts";

// What holds where GitHub brings deliveries holds where they are read from it.
readDeliveries();
await import("./pull-requests.test.ts");
await import("../attacks/e-order.test.ts");
