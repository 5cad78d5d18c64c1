/** How callers move from one version of a model to the next. */
export interface TrafficShift {
  /** Of the capacity (SageMaker) or of the requests (Lambda) that the new version gets first. */
  readonly canaryPercent: number;
  readonly canaryWaitSeconds: number;
  /** CloudWatch alarms that turn a canary back. */
  readonly rollbackAlarms: readonly string[];
}
