/** GitHub says no, with the status, message and errors it uses. */
export class Refused extends Error {
  readonly status: number;
  readonly errors: readonly unknown[];

  constructor(status: number, message: string, errors: readonly unknown[] = []) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.errors = errors;
  }
}
