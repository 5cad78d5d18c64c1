import type { JsonValue } from "@stepwright/asl";

export type Outcome =
  | { readonly status: "SUCCEEDED"; readonly output: JsonValue }
  | {
      readonly status: "FAILED" | "TIMED_OUT" | "ABORTED";
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };
