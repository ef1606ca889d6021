/** How deliveries come to the app of a gate that is opened. */
export type Way = "webhook" | "polling";

let current: Way = "webhook";

export function way(): Way {
  return current;
}

/** From now on, gates of this test file read their deliveries from GitHub. */
export function readDeliveries(): void {
  current = "polling";
}
