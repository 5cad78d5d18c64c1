/** What the loading thread is asked and what it answers. */
import type { SourceLocation } from "@stepwright/asl";
import type { CodegenErrorCode } from "../codegen-error.ts";
import type { LoadedMachine, LoadedTask } from "./loaded-project.ts";

export type LoadRequest = LoadConfigRequest | LoadMachinesRequest;

export interface LoadConfigRequest extends OwnFiles {
  readonly want: "config";
  readonly bundle: string;
}

export interface LoadMachinesRequest extends OwnFiles {
  readonly want: "machines";
  readonly rootDir: string;
  readonly bundles: readonly { readonly module: string; readonly bundle: string }[];
}

/** Imports packages before anybody waits for them; there is no reply. */
export interface WarmRequest {
  readonly want: "warm";
  readonly packages: readonly string[];
}

interface OwnFiles {
  /** Absolute paths of the author's files in the bundles: where an error may be said to come from. */
  readonly ownFiles: readonly string[];
}

export interface LoadReply {
  readonly failure?: LoadFailure;
  readonly config?: unknown;
  readonly machines?: readonly LoadedMachine[];
  readonly tasks?: readonly LoadedTask[];
}

export interface LoadFailure {
  readonly code: CodegenErrorCode;
  readonly message: string;
  readonly module?: string;
  readonly source?: SourceLocation;
}
