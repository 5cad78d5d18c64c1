/** What the checks know about the definition in hand, and how they say what is wrong with it. */
import type { JsonObject } from "../json.ts";
import type { Place } from "../place.ts";
import type { WalkedGraph, WalkedState } from "../walk.ts";
import type { DiagnosticCode } from "./codes.ts";

export interface Finding {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** `undefined` is the definition itself; `null` when AWS prints no location. */
  readonly place: Place | undefined | null;
}

export type Report = (code: DiagnosticCode, message: string, place: Place | undefined | null) => void;

export interface ValidateOptions {
  /** Express machines may not wait for jobs, tokens or activities. `STANDARD` when absent. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** `ERROR` leaves the warnings out. `WARNING` when absent. */
  readonly severity?: "ERROR" | "WARNING";
  /** How many items a Map state will get, by its name; for the warning about the history's limit. */
  readonly expectedItems?: Readonly<Record<string, number>>;
}

interface Subject {
  readonly definition: JsonObject;
  /** Outer graphs first. */
  readonly graphs: readonly WalkedGraph[];
  /** In the order of the text, outer states first. */
  readonly states: readonly WalkedState[];
  readonly options: ValidateOptions;
}

/** One rule: looks at the whole and reports what it finds, in the order of the text. */
export type Rule = (subject: Subject, report: Report) => void;
