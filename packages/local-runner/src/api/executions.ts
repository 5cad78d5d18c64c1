/** The executions under way: started, told what comes from outside, and written down when they end. */
import { parseJson, printJson } from "@stepwright/asl";
import type { JsonValue, StateMachineDefinition } from "@stepwright/asl";
import { Drive } from "../drivers/drive.ts";
import type { ExecutionEvent } from "../history/execution-event.ts";
import type { InterpreterEvent, MapRunChange } from "../interpreter/event.ts";
import type { CompiledMachine } from "../interpreter/compile-machine.ts";
import type { OwnMapRun } from "../interpreter/thread.ts";
import type { Journal, RecordedEnd } from "../journal/journal.ts";
import { KeyedRandom } from "../journal/keyed-random.ts";
import { RecordedExecution } from "../journal/recorded-execution.ts";
import type { ObjectStore } from "../map-run/object-store.ts";
import { compileDefinition } from "../run-definition.ts";
import type { TaskInvoker } from "../tasks/task-invoker.ts";
import { executionInput } from "./execution-input.ts";
import { optionalText } from "./request-members.ts";
import type { EventOwner, ExecutionRecord, MachineRevision, Payload, RecordedRun } from "./records.ts";

export interface ExecutionsOptions {
  readonly journal: Journal;
  /** Who does an execution's tasks. */
  readonly invokerOf: (record: ExecutionRecord) => TaskInvoker;
  readonly time: "real" | "virtual";
  readonly objects: ObjectStore | undefined;
  readonly substitutions: Readonly<Record<string, string>>;
  /** Called for each event as it is recorded, and once when an execution has ended. */
  readonly onEvent: (owner: EventOwner, event: ExecutionEvent) => void;
  readonly onEnded: (record: ExecutionRecord) => void;
}

interface Running {
  readonly drive: Drive;
  readonly ended: Promise<void>;
}

/** AWS's quotas. See https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const maxHistoryEvents = 25_000;
const maxPayloadBytes = 262_144;
const expressTimeoutSeconds = 300;

const recentHistories = 1000;

export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #running = new Map<string, Running>();
  #isAbandoned = false;
  /** Ended executions whose histories are at hand; those of older ones are in the journal only. */
  readonly #recent: ExecutionRecord[] = [];
  /** Of tasks that wait: which execution a token belongs to. */
  readonly #tokens = new Map<string, string>();
  /** A revision never changes, so that it is compiled once. */
  readonly #compiled = new WeakMap<MachineRevision, CompiledMachine>();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /** Begins an execution, or goes on with one that the journal knows. */
  launch(record: ExecutionRecord): void {
    if (!this.#running.has(record.arn)) this.#drive(record, this.#executionOf(record), { type: "started" });
  }

  /** Goes on with an execution that has ended unsuccessfully. */
  redrive(record: ExecutionRecord): void {
    const run = this.runOf(record);
    const execution = run instanceof RecordedExecution ? run : this.#recall(record);
    this.#drive(record, execution, { type: "redriven", redrivenAtEpochMs: record.redrivenAtEpochMs! });
  }

  #drive(record: ExecutionRecord, execution: RecordedExecution, first: InterpreterEvent): void {
    const { invokerOf, objects, onEvent, time } = this.#options;
    record.run = execution;
    record.payload = this.payloadOf(record);
    const drive = new Drive({
      execution,
      invoker: invokerOf(record),
      time,
      onEvent: (event) => {
        // What ends it then is this process, not the execution.
        if (event.id > execution.eventsBefore && !this.#isAbandoned) onEvent(record, event);
      },
      onChildEnded: undefined,
      objects,
      closed: false,
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(record.arn, { drive, ended: promise });
    void this.#finish(record, drive, execution, first).then(resolve);
  }

  /** Resolves when the execution has ended; at once when it does not run. */
  async ended(executionArn: string): Promise<void> {
    await this.#running.get(executionArn)?.ended;
  }

  /** Leaves every execution as the journal has it: nothing more is recorded, and nothing goes on in this process. */
  abandon(): void {
    this.#isAbandoned = true;
    for (const { drive } of this.#running.values()) drive.send({ type: "stopped" });
  }

  stop(record: ExecutionRecord, error: string | undefined, cause: string | undefined): void {
    this.#tell(rootArnOf(record), {
      type: "stopped",
      executionArn: record.arn,
      ...(error === undefined ? undefined : { error }),
      ...(cause === undefined ? undefined : { cause }),
    });
  }

  /** The next step of those that run will be their last. */
  machineDeleted(records: readonly ExecutionRecord[]): void {
    for (const { arn } of records) this.#tell(arn, { type: "machineDeleted" });
  }

  /** @param record whose Map Run it is */
  updateMapRun(record: ExecutionRecord, mapRunArn: string, change: MapRunChange): void {
    this.#tell(rootArnOf(record), { type: "mapRunUpdated", mapRunArn, ...change });
  }

  isWaitingFor(taskToken: string): boolean {
    return this.#tokens.has(taskToken);
  }

  /** @param event a token's answer or heartbeat; nothing happens when nobody waits for it */
  answer(taskToken: string, event: Extract<InterpreterEvent, { type: "tokenAnswered" | "tokenHeartbeat" }>): void {
    const executionArn = this.#tokens.get(taskToken);
    if (executionArn !== undefined) this.#tell(executionArn, event);
  }

  /** What an execution has done; of one that the journal alone knows, what its events tell again. */
  runOf(record: ExecutionRecord): RecordedRun {
    if (record.run !== undefined) return record.run;
    record.run = this.#recall(record);
    this.#leaveToJournal(record);
    return record.run;
  }

  payloadOf(record: ExecutionRecord): Payload {
    return record.payload ?? this.#payloadInJournal(record);
  }

  #payloadInJournal({ arn, endPlace, startPlace }: ExecutionRecord): Payload {
    const { journal } = this.#options;
    const start = startPlace === undefined ? undefined : journal.entryAt(startPlace);
    const end = endPlace === undefined ? undefined : journal.entryAt(endPlace);
    if (start?.kind !== "call") throw new Error(`The journal has no start of the execution ${arn}.`);
    const output = end?.kind === "end" ? end.end.output : undefined;
    return {
      inputText: executionInput(optionalText(start.call.input, "input")),
      output: output === undefined ? undefined : parsed(output),
    };
  }

  #recall(record: ExecutionRecord): RecordedExecution {
    const execution = this.#executionOf(record);
    // Its last command was given long ago.
    execution.apply({ type: "started" }, record.startedAtEpochMs);
    return execution;
  }

  #tell(executionArn: string, event: InterpreterEvent): void {
    this.#running.get(executionArn)?.drive.send(event);
  }

  async #finish(
    record: ExecutionRecord,
    drive: Drive,
    execution: RecordedExecution,
    first: InterpreterEvent,
  ): Promise<void> {
    try {
      await drive.start(first);
    } catch (reason) {
      // A bug of ours or of an invoker: the service goes on.
      const cause = reason instanceof Error ? reason.message : String(reason);
      // So that its history has an end, from which it can be redriven.
      execution.apply({ type: "broken", cause }, Date.now());
    }
    settle(record, execution);
    this.#running.delete(record.arn);
    if (this.#isAbandoned) return;
    if (record.type === "STANDARD") {
      record.endPlace = this.#options.journal.appendEnd(endOf(record));
      this.#leaveToJournal(record);
    }
    this.#options.onEnded(record);
  }

  /** So that memory does not grow with every history that there ever was. */
  #leaveToJournal(record: ExecutionRecord): void {
    if (!this.#options.journal.keeps) return;
    this.#recent.push(record);
    const oldest = this.#recent.length > recentHistories ? this.#recent.shift() : undefined;
    // One that was redriven is there again when it ends.
    if (oldest === undefined || oldest.status === "RUNNING") return;
    oldest.run = undefined;
    oldest.payload = undefined;
  }

  #executionOf(record: ExecutionRecord): RecordedExecution {
    const { journal } = this.#options;
    const isStandard = record.type === "STANDARD";
    const machine = this.compile(record.revision);
    const timeoutSeconds = isStandard
      ? machine.timeoutSeconds
      : Math.min(machine.timeoutSeconds ?? expressTimeoutSeconds, expressTimeoutSeconds);
    return new RecordedExecution(
      {
        startAt: machine.startAt,
        timeoutSeconds,
        input: parsed(this.payloadOf(record).inputText),
        name: record.name,
        executionArn: record.arn,
        redriveCount: isStandard ? 0 : undefined,
        stateMachineName: record.machineName,
        stateMachineArn: record.machineArn,
        roleArn: record.revision.roleArn,
        stateMachineAliasArn: record.aliasArn,
        stateMachineVersionArn: record.versionArn,
        startTimeEpochMs: record.startedAtEpochMs,
        maxHistoryEvents,
        maxPayloadBytes,
        keepsChildren: isStandard,
      },
      {
        random: new KeyedRandom(`${journal.key}:${record.arn}`),
        key: journal.key,
        past: isStandard ? journal.events(record.arn) : [],
        append: (told) => {
          if (isStandard && !this.#isAbandoned) journal.appendEvent(record.arn, told);
        },
        onToken: (taskToken, isOpen) => {
          if (isOpen) this.#tokens.set(taskToken, record.arn);
          else this.#tokens.delete(taskToken);
        },
        onChildEvent: ({ redriveCount = 0, settings }, event) => {
          const owner = { arn: settings.executionArn, redriveCount, revision: record.revision };
          if (!this.#isAbandoned) this.#options.onEvent(owner, event);
        },
      },
    );
  }

  /** @throws Error when the values of its placeholders make of a definition what cannot run */
  compile(revision: MachineRevision): CompiledMachine {
    const known = this.#compiled.get(revision);
    if (known !== undefined) return known;
    const definition = parsed(revision.definition) as unknown as StateMachineDefinition;
    const machine = compileDefinition(definition, this.#options.substitutions);
    this.#compiled.set(revision, machine);
    return machine;
  }
}

/** Text that was checked when it came. */
function parsed(text: string): JsonValue {
  const { error, value } = parseJson(text);
  if (error !== undefined) throw new Error(`Text that was accepted before is no JSON: ${error.message}`);
  return value;
}

/** The execution that is told of what happens to another: itself, or the one above all Map Runs. */
function rootArnOf({ arn, childOf }: ExecutionRecord): string {
  return childOf?.rootArn ?? arn;
}

/** Those of the children too. */
function* mapRunArnsOf(mapRuns: readonly OwnMapRun[]): Generator<string> {
  for (const { children, mapRunArn } of mapRuns) {
    yield mapRunArn;
    for (const { execution } of children.values()) yield* mapRunArnsOf(execution.mapRuns);
  }
}

function settle(record: ExecutionRecord, execution: RecordedExecution): void {
  const { events, mapRuns, outcome, stoppedAtEpochMs } = execution;
  if (outcome === undefined) throw new Error(`The execution ${record.arn} stopped without an outcome.`);
  record.status = outcome.status;
  record.stoppedAtEpochMs = stoppedAtEpochMs;
  record.eventCount = events.length;
  record.mapRunArns = [...mapRunArnsOf(mapRuns)];
  if (outcome.status === "SUCCEEDED") {
    record.payload = { inputText: record.payload!.inputText, output: outcome.output };
    // It is not redriven: what can be looked at is enough.
    record.run = { events, mapRuns };
  } else {
    record.error = outcome.error;
    record.cause = outcome.cause;
  }
}

function endOf(record: ExecutionRecord): RecordedEnd {
  const { arn, cause, error, eventCount, mapRunArns, payload, status, stoppedAtEpochMs } = record;
  return {
    executionArn: arn,
    status: status as RecordedEnd["status"],
    stoppedAtEpochMs: stoppedAtEpochMs!,
    output: payload?.output === undefined ? undefined : printJson(payload.output),
    error,
    cause,
    eventCount,
    mapRunArns,
  };
}
