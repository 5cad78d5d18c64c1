/** The language's and the service's limits, each with its unit and its source. */

export interface Limit {
  readonly value: number;
  readonly unit: "characters" | "bytes" | "seconds" | "attempts" | "events" | "states" | "levels" | "percent" | "items";
  readonly source: string;
}

const quotas = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html";
const errorHandling = "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html";
const apiModel =
  "https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html";

export const limits = {
  definitionCharacters: { value: 1_048_576, unit: "characters", source: apiModel },
  /** Of objects and lists in each other; the service's JSON reader stops there. */
  nestingLevels: {
    value: 1000,
    unit: "levels",
    source:
      "https://javadoc.io/doc/com.fasterxml.jackson.core/jackson-core/latest/com/fasterxml/jackson/core/StreamReadConstraints.html",
  },
  /** State input, state output, task result and execution input, as UTF-8. */
  payloadBytes: { value: 262_144, unit: "bytes", source: quotas },
  historyEvents: { value: 25_000, unit: "events", source: quotas },
  stateNameCharacters: {
    value: 80,
    unit: "characters",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html",
  },
  variableNameCharacters: {
    value: 80,
    unit: "characters",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html",
  },
  labelCharacters: {
    value: 40,
    unit: "characters",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html",
  },
  timeoutSeconds: {
    value: 99_999_999,
    unit: "seconds",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html",
  },
  waitSeconds: {
    value: 99_999_999,
    unit: "seconds",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html",
  },
  retryIntervalSeconds: { value: 99_999_999, unit: "seconds", source: errorHandling },
  retryMaxAttempts: { value: 99_999_999, unit: "attempts", source: errorHandling },
  retryMaxDelaySeconds: { value: 31_622_400, unit: "seconds", source: errorHandling },
  toleratedFailurePercentage: {
    value: 100,
    unit: "percent",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html",
  },
  batchInputBytes: {
    value: 262_144,
    unit: "bytes",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html",
  },
  readerMaxItems: {
    value: 100_000_000,
    unit: "items",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html",
  },
  intrinsicNesting: {
    value: 10,
    unit: "levels",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html",
  },
} as const satisfies Record<string, Limit>;
