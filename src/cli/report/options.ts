export interface ReportOptions {
  /** Every path and commit, not the first few. */
  readonly verbose: boolean;
}
