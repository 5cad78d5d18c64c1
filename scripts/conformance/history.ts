/**
 * Our history against a recorded one. Where only one thread runs, event by event; where several run, the recording
 * shows one interleaving of many, and the chains of `previousEventId` are compared.
 */
import type { Difference } from "./case.ts";
import { differencesBetween } from "./compare.ts";
import type { ExecutionCase, RecordedEvent } from "./execution-case.ts";

export function historyDifferences(
  actual: readonly RecordedEvent[],
  recorded: readonly RecordedEvent[],
  conformanceCase: ExecutionCase,
): readonly Difference[] {
  const aligned = actual.map((event, position) => alignScalars(event, recorded[position]) as RecordedEvent);
  if (JSON.stringify(conformanceCase.notes ?? "").includes("SfnNoneRecursiveParallelTransformer")) {
    return unorderedDifferences(aligned, recorded, conformanceCase);
  }
  const differences = differencesBetween(aligned, recorded, conformanceCase);
  const isConcurrent = recorded.some(({ type }) => type === "MapIterationStarted" || type === "ParallelStateStarted");
  const found =
    differences.length > 0 && isConcurrent ? chainDifferences(aligned, recorded, conformanceCase) : differences;
  return found.map(({ path, expected, actual: answered }) => ({
    path: path.replace("$", "$.history"),
    expected,
    actual: answered,
  }));
}

/** Some recordings hold a number where the event has its text. */
function alignScalars(found: unknown, expected: unknown): unknown {
  if (typeof found === "string" && (typeof expected === "number" || typeof expected === "boolean")) {
    return found === String(expected) ? expected : found;
  }
  if (typeof found !== "object" || found === null || typeof expected !== "object" || expected === null) return found;
  if (Array.isArray(found)) return found.map((item, index) => alignScalars(item, (expected as unknown[])[index]));
  return Object.fromEntries(
    Object.entries(found).map(([key, member]) => [
      key,
      alignScalars(member, (expected as Record<string, unknown>)[key]),
    ]),
  );
}

/** Without what depends on the interleaving. */
function bare({ id: _id, previousEventId: _previous, timestamp: _timestamp, ...event }: RecordedEvent): unknown {
  return JSON.parse(JSON.stringify(event).replaceAll(/event id #\d+/g, "event id #N"));
}

function followersIn(events: readonly RecordedEvent[]): ReadonlyMap<number, readonly RecordedEvent[]> {
  return Map.groupBy(events, ({ previousEventId }) => previousEventId);
}

function chainDifferences(
  actual: readonly RecordedEvent[],
  recorded: readonly RecordedEvent[],
  conformanceCase: ExecutionCase,
): readonly Difference[] {
  const found = followersIn(actual);
  const wanted = followersIn(recorded);
  const differences: Difference[] = [];
  const pending: (readonly [foundId: number, wantedId: number])[] = [[0, 0]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const candidates = [...(found.get(pair[0]) ?? [])];
    for (const event of wanted.get(pair[1]) ?? []) {
      const match = candidates.findIndex(
        (candidate) => differencesBetween(bare(candidate), bare(event), conformanceCase).length === 0,
      );
      if (match === -1) {
        const actualEvent = candidates.find(({ type }) => type === event.type);
        differences.push({ path: `$ after event ${pair[1]}`, expected: event, actual: actualEvent });
      } else {
        const [same] = candidates.splice(match, 1);
        pending.push([same!.id, event.id]);
      }
    }
    for (const event of candidates) {
      differences.push({ path: `$ after event ${pair[1]}`, expected: undefined, actual: event });
    }
  }
  return differences;
}

/**
 * Recordings whose ids inside Parallel were lost, and with them each event that then looked like another one:
 * every recorded event must be among ours.
 */
function unorderedDifferences(
  actual: readonly RecordedEvent[],
  recorded: readonly RecordedEvent[],
  conformanceCase: ExecutionCase,
): readonly Difference[] {
  const left = actual.map(bare);
  return recorded.flatMap((event) => {
    const match = left.findIndex(
      (candidate) => differencesBetween(candidate, bare(event), conformanceCase).length === 0,
    );
    if (match === -1) return [{ path: "$.history", expected: event, actual: undefined }];
    left.splice(match, 1);
    return [];
  });
}
