/** TestState's request and response, in the shape of the API (2016-11-23) with camelCase members. */

export interface TestStateRequest {
  /** One state, or a whole machine together with `stateName`. JSON text. */
  readonly definition: string;
  /** Of a state anywhere in the machine. */
  readonly stateName?: string;
  /** JSON text; `{}` when absent. */
  readonly input?: string;
  /** Needed for a Task that is not mocked. */
  readonly roleArn?: string;
  /** `INFO` when absent. */
  readonly inspectionLevel?: InspectionLevel;
  readonly mock?: StateMock;
  /** The context object. JSON text. */
  readonly context?: string;
  /** Workflow variables by name. JSON text. */
  readonly variables?: string;
  readonly stateConfiguration?: StateConfiguration;
  /** At `TRACE`, shows what an HTTP Task's connection adds to its request too. */
  readonly revealSecrets?: boolean;
}

export type InspectionLevel = "INFO" | "DEBUG" | "TRACE";

/** Either `result` or `errorOutput`. */
export interface StateMock {
  /** JSON text. */
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /** `STRICT` when absent: the result is held against what the integration can answer. */
  readonly fieldValidationMode?: FieldValidationMode;
}

export type FieldValidationMode = "STRICT" | "PRESENT" | "NONE";

export interface StateConfiguration {
  /** How often the matching Retrier has been used. */
  readonly retrierRetryCount?: number;
  /** Map and Parallel: the inner state whose error the mocked one is. */
  readonly errorCausedByState?: string;
  readonly mapIterationFailureCount?: number;
  /** What the ItemReader would have read. JSON text. */
  readonly mapItemReaderData?: string;
}

export interface TestStateResponse {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** From `DEBUG` on. */
  readonly inspectionData?: InspectionData;
}

/** What the state's fields made of its input, each as JSON text. */
export interface InspectionData {
  readonly input?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly afterArguments?: string;
  readonly afterItemsPath?: string;
  /** Of what `mapItemReaderData` gives: the items that `ItemsPointer` leads to. */
  readonly afterItemsPointer?: string;
  /** The iterations' inputs. */
  readonly afterItemSelector?: string;
  /** The child executions' inputs. */
  readonly afterItemBatcher?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  /** Of an HTTP Task, at `TRACE`: without what its connection adds, unless secrets shall be revealed. */
  readonly request?: InspectedRequest;
  readonly response?: InspectedResponse;
  readonly variables?: string;
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly errorDetails?: {
    readonly catchIndex?: number;
    readonly retryIndex?: number;
    readonly retryBackoffIntervalSeconds?: number;
  };
}

export interface InspectedRequest {
  /** `https` */
  readonly protocol: string;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  /** `[name: value, other: value]` */
  readonly headers: string;
  readonly body?: string;
}

export interface InspectedResponse {
  readonly protocol: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly headers: string;
  readonly body: string;
}
