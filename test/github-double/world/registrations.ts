import type { App } from "./model.ts";

/** What a new App's code is worth, once. */
export interface Registration {
  readonly app: App;
  readonly pem: string;
  readonly clientSecret: string;
  /** `null` where the manifest has no webhook. */
  readonly webhookSecret: string | null;
}

/** The flow from a manifest has to end within an hour. */
const HOUR_MS = 3_600_000;

/** Codes of Apps that were registered from a manifest. Each can be exchanged once. */
export class Registrations {
  readonly #open = new Map<string, { readonly registration: Registration; readonly until: number }>();

  add(code: string, registration: Registration, now: number): void {
    this.#open.set(code, { registration, until: now + HOUR_MS });
  }

  take(code: string, now: number): Registration | null {
    const found = this.#open.get(code);
    this.#open.delete(code);
    return found !== undefined && now < found.until ? found.registration : null;
  }
}
