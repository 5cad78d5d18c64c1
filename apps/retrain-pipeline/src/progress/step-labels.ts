/** Short names of the definition's states, in the order in which a model passes them. */
export const stepLabels = {
  BatchIngestData: "ingest",
  BatchPreprocessFeatures: "features",
  BatchLaunchTrainingJob: "train",
  BatchEvaluateModel: "evaluate",
  BatchRegisterModel: "register",
  BatchDeployEndpoint: "deploy",
  BatchNotifyStatus: "notify",
} as const satisfies Readonly<Record<string, string>>;

export const shownStates: readonly string[] = Object.keys(stepLabels);

export function stepLabel(stateName: string): string {
  return Object.hasOwn(stepLabels, stateName) ? stepLabels[stateName as keyof typeof stepLabels] : stateName;
}
