/**
 * What the handlers need of the world outside, and nothing about how it is done.
 *
 * `adapters/local/` answers with files, DuckDB, worker threads and a loopback endpoint; the shapes fit S3,
 * DynamoDB, SageMaker, SNS and EventBridge. A fault of the infrastructure comes out of a port as an exception
 * named in `failures.ts`; anything else that a port throws counts as one that may pass.
 */
import type { Step } from "./contracts.ts";
import type { FeatureMatrix, LabelledMatrix } from "./learning/index.ts";
import type { ModelSpec } from "./models/model-spec.ts";

export interface Ports {
  readonly catalog: ModelCatalog;
  /** The tables of the payment system: read only. */
  readonly raw: ObjectReader;
  /** Everything that a run makes. */
  readonly objects: ObjectStore;
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly trainer: Trainer;
  readonly registry: ModelRegistry;
  readonly aliases: AliasStore;
  readonly endpoints: EndpointHost;
  readonly notifier: Notifier;
  readonly clock: Clock;
  /** `isolate` turns a model's failure into data, so that the others of the batch go on; `throw` leaves it to a Catch. */
  readonly failureMode: "isolate" | "throw";
}

export interface ModelCatalog {
  readonly modelIds: readonly string[];
  find(modelId: string): ModelSpec | undefined;
}

/** `uri` is `file://…` or `s3://…`. */
export interface ArtifactRef {
  readonly uri: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface ListedObject {
  /** The object's place in its store. */
  readonly key: string;
  readonly uri: string;
  readonly bytes: number;
  /** Changes whenever the bytes do (S3: the ETag). */
  readonly revision: string;
}

export interface ObjectReader {
  /** In the order of their URIs; empty when there is none. @param prefix such as `payments/month=2026-04/` */
  list(prefix: string): Promise<readonly ListedObject[]>;
  read(uri: string): Promise<Uint8Array>;
  /** A file of this machine with the object's bytes (S3: fetched to /tmp). */
  localPath(uri: string): Promise<string>;
}

export interface ObjectStore extends ObjectReader {
  /** All or nothing: a reader sees the old bytes or the new ones. */
  write(key: string, bytes: Uint8Array | string): Promise<ArtifactRef>;
  /** As `write`, for what is made in a file: `produce` fills a file beside, which takes its place when it is whole.
   *  @param key may name what it holds by its SHA-256 */
  writeFile(key: string | ((sha256: string) => string), produce: (path: string) => Promise<void>): Promise<ArtifactRef>;
}

export type SqlValue = string | number | boolean | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface DataEngine {
  /** Rows in the order of the query; integers come back as numbers, timestamps as ISO 8601 in UTC. */
  query(sql: string): Promise<readonly SqlRow[]>;
  /** Statements that see each other's temporary tables, which vanish at the end. */
  session<Result>(work: (session: DataSession) => Promise<Result>): Promise<Result>;
}

export interface DataSession {
  run(sql: string): Promise<void>;
  query(sql: string): Promise<readonly SqlRow[]>;
  /** Snappy Parquet of a query that states a total order: the same rows give the same bytes. */
  writeParquet(sql: string, path: string): Promise<void>;
  /** Columns as float32, nulls as NaN, in the order of the query. */
  matrix(sql: string): Promise<FeatureMatrix>;
  /** As `matrix`, with one of the columns as labels. */
  labelledMatrix(sql: string, labelColumn: string): Promise<LabelledMatrix>;
}

export interface StepKey {
  readonly modelId: string;
  readonly runId: string;
  readonly step: Step;
  /** Of all that the step's result depends on. */
  readonly inputHash: string;
}

/** Remembers what was begun and what came out, so that a step done twice is done once. */
export interface Ledger {
  result(key: StepKey): Promise<unknown>;
  /** Also forgets the attempts. The first result stays: a later one is ignored unless `replace` is set. */
  record(key: StepKey, result: object, options?: { readonly replace?: boolean }): Promise<void>;
  /** Counts an attempt that begins; 1 for the first since the last result or `forgetAttempts`. */
  beginAttempt(key: StepKey): Promise<number>;
  forgetAttempts(key: StepKey): Promise<void>;
}

export interface TrainingJob {
  /** At most 63 of [a-zA-Z0-9-]; the same name is the same job: an existing one is attached to, never repeated. */
  readonly jobName: string;
  readonly modelId: string;
  readonly featureNames: readonly string[];
  readonly trainUri: string;
  readonly validationUri: string;
  readonly hyperParameters: Readonly<Record<string, number>>;
  readonly seed: number;
}

export interface TrainedModel {
  readonly trainer: "local" | "lambda" | "sagemaker";
  readonly model: ArtifactRef;
  readonly modelFormat: "xgboost-json" | "xgboost-ubj";
  readonly rounds: number;
  readonly seconds: number;
}

export interface Trainer {
  train(job: TrainingJob): Promise<TrainedModel>;
}

export type ApprovalStatus = "Approved" | "Rejected" | "PendingManualApproval";

/** A version and where its parts lie. Written once, never changed. */
export interface ModelRecord {
  readonly modelId: string;
  readonly version: string;
  readonly runId: string;
  readonly asOf: string;
  readonly status: ApprovalStatus;
  readonly modelUri: string;
  readonly modelSha256: string;
  readonly featureNames: readonly string[];
  readonly baselineUri: string;
  readonly evaluationUri: string;
  readonly lineage: Readonly<Record<string, string | number>>;
  readonly card: string;
}

export interface ModelRegistry {
  /** Where the record lies. The same model under the same version is fine and changes nothing.
   *  @throws `RegistryConflictError` when the version exists with another model */
  register(record: ModelRecord): Promise<{ readonly recordUri: string }>;
  find(modelId: string, version: string): Promise<ModelRecord | undefined>;
  versions(modelId: string): Promise<readonly string[]>;
}

/** What answers for a model: enough to serve it and to compare a challenger with it. */
export interface ServingVersion {
  readonly version: string;
  readonly modelUri: string;
  readonly modelSha256: string;
  readonly baselineUri: string;
  readonly featureNames: readonly string[];
}

export interface Aliases {
  readonly champion?: ServingVersion;
  readonly previous?: ServingVersion;
}

export interface AliasStore {
  read(modelId: string): Promise<Aliases>;
  /** The models that have a champion, in the order of their ids. */
  champions(): Promise<readonly string[]>;
  /** Writes when `champion` still is the expected version.
   *  @throws `EndpointBusy` when another deployment was faster */
  move(modelId: string, expectedChampion: string | undefined, aliases: Aliases): Promise<void>;
}

export type ScoreRow = readonly (number | null)[];

export interface Scored {
  readonly scores: readonly number[];
  /** What the answer said of itself (`x-model-version`). */
  readonly modelVersion: string;
}

export interface EndpointHost {
  /** Loads a version beside the one that serves; it answers only those who name it. */
  stage(modelId: string, serving: ServingVersion): Promise<StagedModel>;
  /** The version that answers callers now. */
  score(modelId: string, rows: readonly ScoreRow[]): Promise<Scored>;
}

export interface StagedModel {
  score(rows: readonly ScoreRow[]): Promise<Scored>;
  /** Callers get this version from now on. */
  promote(): Promise<void>;
  discard(): Promise<void>;
}

export interface Notification {
  /** The same key is sent once. */
  readonly key: string;
  readonly subject: string;
  readonly detail: object;
}

export interface Notifier {
  notify(notification: Notification): Promise<{ readonly sent: boolean }>;
}

export interface Clock {
  nowEpochMs(): number;
}
