import type { MonthlyStart } from "./monthly-start.ts";

/** What starting needs of the world; `SFN` and `S3` of the AWS SDK behind two functions. */
export interface StarterPorts {
  readonly writeObject: (place: { readonly bucket: string; readonly key: string }, text: string) => Promise<void>;
  readonly startExecution: (request: {
    readonly stateMachineArn: string;
    readonly name: string;
    readonly input: string;
  }) => Promise<unknown>;
}

/** The aliases of both pipelines: a start gets the version that is live. */
export type StarterTargets = Readonly<Record<MonthlyStart["kind"], string>>;

/** @returns whether this call started it; a delivery that comes twice did not */
export async function startMonthly(
  start: MonthlyStart,
  targets: StarterTargets,
  { startExecution, writeObject }: StarterPorts,
): Promise<"started" | "was there"> {
  if (start.kind === "manifest") {
    await writeObject(start.input.manifest, start.manifest);
  }
  try {
    await startExecution({
      stateMachineArn: targets[start.kind],
      name: start.name,
      input: JSON.stringify(start.input),
    });
    return "started";
  } catch (error) {
    if (error instanceof Error && error.name === "ExecutionAlreadyExists") return "was there";
    throw error;
  }
}
