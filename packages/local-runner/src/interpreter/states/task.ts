/** The Task state: one attempt from `…Scheduled` to its reply, timeout, or token. */
import { EvaluationFailure, isJsonObject, printJson } from "@stepwright/asl";
import type { JsonValue, TaskState } from "@stepwright/asl";
import type { HistoryEventType } from "../../history/event-type.ts";
import type { ExecutionEventDetails } from "../../history/execution-event.ts";
import { localRegion } from "../../local-arn.ts";
import { parseTaskTarget } from "../../tasks/task-target.ts";
import type { TaskFailed, TaskReply, TaskTarget } from "../../tasks/task-invoker.ts";
import { parameterAdder } from "../added-parameters.ts";
import type { Complete } from "../data-flow.ts";
import { effectiveInput } from "../effective-input.ts";
import type { AnswerEvent, TokenReply } from "../event.ts";
import { evaluateFields } from "../evaluators.ts";
import { dataLimitExceeded } from "../state-failure.ts";
import type { CompiledState, ExecutionOps, RunningTask, Thread } from "../thread.ts";
import type { StateRun, StateSurroundings } from "../state-compiler.ts";
import { heartbeatMissed, runtimeError, timedOut } from "../state-failure.ts";
import type { StateFailure } from "../state-failure.ts";
import { StateScope } from "../state-scope.ts";

interface TaskPlan {
  readonly resource: string;
  readonly target: TaskTarget;
  readonly events: TaskEvents;
  /** What every event of the task but those of Lambda and activities carries. */
  readonly names: ExecutionEventDetails | undefined;
  /** Of `…Scheduled`, without what the settings add. */
  readonly scheduled: ExecutionEventDetails;
  readonly complete: Complete;
  readonly next: CompiledState | undefined;
}

export function compileTask(state: TaskState, { language, name, next }: StateSurroundings): StateRun {
  const resource = state.Resource;
  const target = parseTaskTarget(resource);
  if (target === undefined) {
    throw new Error(
      `State "${name}" has the Resource ${JSON.stringify(resource)}; wanted the ARN of a Lambda function, an activity or a service integration, or a placeholder such as "\${NameFunctionArn}".`,
    );
  }
  const inputPath = language.input(state);
  const fields = [
    language.argument(state),
    language.dynamic("TimeoutSeconds", state.TimeoutSeconds, state.TimeoutSecondsPath, "number"),
    language.dynamic("HeartbeatSeconds", state.HeartbeatSeconds, state.HeartbeatSecondsPath, "number"),
    language.template("Credentials", state.Credentials),
  ];
  const names =
    target.kind === "integration" ? { resourceType: target.resourceType, resource: target.resource } : undefined;
  const plan: TaskPlan = {
    resource,
    target,
    events: taskEvents[target.kind],
    names,
    scheduled: names === undefined ? { resource } : { ...names, region: localRegion },
    complete: language.complete(state, true),
    next,
  };
  const takesToken =
    target.kind === "activity" || (target.kind === "integration" && target.pattern !== "requestResponse");
  const activityArn = target.kind === "activity" ? resource : undefined;
  const addParameters = parameterAdder(target);
  const isPlain = !takesToken && fields.every((field) => field === undefined);
  return (execution, thread) => {
    const input = effectiveInput(execution, thread, inputPath);
    if (input instanceof EvaluationFailure) return execution.failEvaluation(thread, input);
    if (isPlain) return new TaskRun(thread, plan, noSettings).schedule(execution, input);
    const taskToken = takesToken ? execution.newTaskToken(activityArn) : undefined;
    const scope = new StateScope(execution, thread, input, undefined, { taskToken });
    evaluateFields(execution, thread, fields, scope, ([argument = input, timeout, heartbeat, credentials]) => {
      const settings = settingsOf(taskToken, timeout, heartbeat, credentials);
      if (settings instanceof EvaluationFailure) return execution.failEvaluation(thread, settings);
      new TaskRun(thread, plan, settings).schedule(execution, addParameters?.(argument) ?? argument);
    });
  };
}

/** What may differ from attempt to attempt. */
interface TaskSettings {
  readonly taskToken: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly roleArn: string | undefined;
}

const noSettings: TaskSettings = {
  taskToken: undefined,
  timeoutSeconds: undefined,
  heartbeatSeconds: undefined,
  roleArn: undefined,
};

function settingsOf(
  taskToken: string | undefined,
  timeout: JsonValue | undefined,
  heartbeat: JsonValue | undefined,
  credentials: JsonValue | undefined,
): TaskSettings | EvaluationFailure {
  const timeoutSeconds = secondsOf("TimeoutSeconds", timeout);
  if (timeoutSeconds instanceof EvaluationFailure) return timeoutSeconds;
  const heartbeatSeconds = secondsOf("HeartbeatSeconds", heartbeat);
  if (heartbeatSeconds instanceof EvaluationFailure) return heartbeatSeconds;
  const roleArn = isJsonObject(credentials) ? credentials["RoleArn"] : undefined;
  return { taskToken, timeoutSeconds, heartbeatSeconds, roleArn: typeof roleArn === "string" ? roleArn : undefined };
}

function secondsOf(field: string, value: JsonValue | undefined): number | undefined | EvaluationFailure {
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  // Not recorded: the words are ours.
  return new EvaluationFailure(
    runtimeError,
    `The ${field} of the state must be a positive integer, but was: ${printJson(value)}`,
  );
}

type FailedStage = Exclude<NonNullable<TaskFailed["stage"]>, "lookup">;

interface TaskEvents {
  readonly scheduled: HistoryEventType;
  readonly started: HistoryEventType;
  readonly succeeded: HistoryEventType;
  readonly timedOut: HistoryEventType;
  readonly failed: Readonly<Record<FailedStage, HistoryEventType>>;
}

const taskEvents: Readonly<Record<TaskTarget["kind"], TaskEvents>> = {
  lambda: {
    scheduled: "LambdaFunctionScheduled",
    started: "LambdaFunctionStarted",
    succeeded: "LambdaFunctionSucceeded",
    timedOut: "LambdaFunctionTimedOut",
    failed: {
      schedule: "LambdaFunctionScheduleFailed",
      start: "LambdaFunctionStartFailed",
      submit: "LambdaFunctionFailed",
      run: "LambdaFunctionFailed",
    },
  },
  activity: {
    scheduled: "ActivityScheduled",
    started: "ActivityStarted",
    succeeded: "ActivitySucceeded",
    timedOut: "ActivityTimedOut",
    failed: {
      schedule: "ActivityScheduleFailed",
      start: "ActivityFailed",
      submit: "ActivityFailed",
      run: "ActivityFailed",
    },
  },
  integration: {
    scheduled: "TaskScheduled",
    started: "TaskStarted",
    succeeded: "TaskSucceeded",
    timedOut: "TaskTimedOut",
    failed: {
      schedule: "TaskStartFailed",
      start: "TaskStartFailed",
      submit: "TaskSubmitFailed",
      run: "TaskFailed",
    },
  },
};

class TaskRun implements RunningTask {
  readonly kind = "task";
  readonly thread: Thread;
  readonly #plan: TaskPlan;
  readonly #settings: TaskSettings;
  #input: JsonValue = null;
  #taskId = 0;
  #timeoutTimer = 0;
  #heartbeatTimer = 0;
  #isScheduled = false;
  #isStarted = false;
  #isSubmitted = false;
  #isReplied = false;

  constructor(thread: Thread, plan: TaskPlan, settings: TaskSettings) {
    this.thread = thread;
    this.#plan = plan;
    this.#settings = settings;
  }

  schedule(execution: ExecutionOps, input: JsonValue): void {
    const { thread } = this;
    const { resource, target } = this.#plan;
    const { timeoutSeconds, heartbeatSeconds, taskToken } = this.#settings;
    this.#input = input;
    // Whether there is such an activity, only who is asked to do it knows.
    if (target.kind !== "activity") this.#scheduled(execution);
    this.#taskId = execution.invoke(this, {
      executionArn: execution.settings.executionArn,
      resource,
      target,
      stateName: thread.state.name,
      input,
      attempt: thread.retryCount,
      place: thread.place,
      timeoutSeconds,
      heartbeatSeconds,
      taskToken,
    });
  }

  told(execution: ExecutionOps, event: AnswerEvent): void {
    if (event.type === "taskReplied") this.#replied(execution, event.reply);
    else if (event.type === "taskStarted") this.#started(execution, event.workerName);
    else if (event.type === "taskOffered") this.#scheduled(execution);
    else if (event.type === "taskSubmitted") this.#submitted(execution, event.output);
    else if (event.type === "tokenAnswered") this.#tokenAnswered(execution, event.reply);
    else if (event.type === "tokenHeartbeat") this.#heartbeat(execution);
  }

  #scheduled(execution: ExecutionOps): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const { events, scheduled } = this.#plan;
    const { timeoutSeconds, heartbeatSeconds, roleArn } = this.#settings;
    const details =
      this.#settings === noSettings
        ? scheduled
        : {
            ...scheduled,
            timeoutInSeconds: timeoutSeconds,
            heartbeatInSeconds: heartbeatSeconds,
            taskRoleArn: roleArn,
          };
    execution.record(this.thread, events.scheduled, this.#input, details);
  }

  #started(execution: ExecutionOps, workerName: string | undefined): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#scheduled(execution);
    const { events, names } = this.#plan;
    execution.record(this.thread, events.started, undefined, workerName === undefined ? names : { workerName });
    const { timeoutSeconds } = this.#settings;
    if (timeoutSeconds !== undefined) {
      this.#timeoutTimer = this.#timeOutAfter(execution, timeoutSeconds, timedOut);
    }
    this.#heartbeat(execution);
  }

  #heartbeat(execution: ExecutionOps): void {
    const { heartbeatSeconds } = this.#settings;
    if (heartbeatSeconds === undefined) return;
    execution.cancelTimer(this.#heartbeatTimer);
    this.#heartbeatTimer = this.#timeOutAfter(execution, heartbeatSeconds, heartbeatMissed);
  }

  #timeOutAfter(execution: ExecutionOps, seconds: number, failure: StateFailure): number {
    const atEpochMs = execution.nowEpochMs + seconds * 1000;
    return execution.setTimer(atEpochMs, () => this.#end(execution, this.#plan.events.timedOut, failure));
  }

  #replied(execution: ExecutionOps, reply: TaskReply): void {
    if (reply.status === "failed" && reply.stage === "lookup") return this.#fail(execution, reply);
    this.#scheduled(execution);
    if (reply.status === "failed" && (reply.stage === "schedule" || reply.stage === "start")) {
      return this.#fail(execution, reply);
    }
    this.#started(execution, "workerName" in reply ? reply.workerName : undefined);
    this.#isReplied = reply.status !== "unanswered";
    if (reply.status === "submitted") return this.#submitted(execution, reply.output);
    if (reply.submittedOutput !== undefined) this.#submitted(execution, reply.submittedOutput);
    if (reply.status === "succeeded") this.#succeed(execution, reply.output);
    else if (reply.status === "failed") this.#fail(execution, reply);
  }

  #tokenAnswered(execution: ExecutionOps, reply: TokenReply): void {
    this.#started(execution, undefined);
    if (reply.status === "succeeded") this.#succeed(execution, reply.output);
    else this.#fail(execution, reply);
  }

  #submitted(execution: ExecutionOps, output: JsonValue): void {
    if (this.#isSubmitted) return;
    this.#isSubmitted = true;
    this.#started(execution, undefined);
    execution.record(this.thread, "TaskSubmitted", output, this.#plan.names);
  }

  #succeed(execution: ExecutionOps, output: JsonValue): void {
    const { thread } = this;
    const { complete, events, names, next, resource, target } = this.#plan;
    if (execution.measure(output, thread.state.name) > execution.settings.maxPayloadBytes) {
      return this.#end(
        execution,
        events.failed.run,
        dataLimitExceeded(target.kind === "integration" ? target.resourceType : resource),
      );
    }
    this.release(execution);
    execution.record(thread, events.succeeded, output, names);
    complete(execution, thread, output, next);
  }

  #fail(execution: ExecutionOps, { error, cause, stage = "run" }: Pick<TaskFailed, "error" | "cause" | "stage">): void {
    if (stage === "lookup") {
      this.release(execution);
      return execution.failEvaluation(this.thread, new EvaluationFailure(runtimeError, cause ?? ""));
    }
    this.#end(execution, this.#plan.events.failed[stage], { error, cause });
  }

  #end(execution: ExecutionOps, type: HistoryEventType, failure: StateFailure): void {
    this.release(execution);
    const { error, cause } = failure;
    execution.record(this.thread, type, undefined, { ...this.#plan.names, error, cause });
    execution.fail(this.thread, failure);
  }

  release(execution: ExecutionOps): void {
    execution.cancelTimer(this.#timeoutTimer);
    execution.cancelTimer(this.#heartbeatTimer);
    execution.endTask(this.#taskId, this, this.#settings.taskToken, !this.#isReplied);
  }
}
